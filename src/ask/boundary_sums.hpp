#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "ask/answer.hpp"
#include "ask/process_curve.hpp"
#include "fleetmeter/int128.hpp"
#include "meter/contribution.hpp"
#include "rollup/sums.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// The sums of one meter: those of billing, or those of egress. A question asks one of them, so
/// both share the places, and a fleet with many groups takes half the memory.
struct TotalSums {
  static constexpr std::size_t kMost =
      std::max(rollup::kBillingSums, rollup::kSums - rollup::kBillingSums);

  Int128& operator[](rollup::Sum sum) { return values_[place_of(sum)]; }
  const Int128& operator[](rollup::Sum sum) const { return values_[place_of(sum)]; }

  TotalSums& operator+=(const TotalSums& other);
  TotalSums& operator-=(const TotalSums& other);

 private:
  static constexpr std::size_t place_of(rollup::Sum sum) {
    const auto place = static_cast<std::size_t>(sum);
    return place < rollup::kBillingSums ? place : place - rollup::kBillingSums;
  }

  std::array<Int128, kMost> values_{};
};

/// The sums of those groups that have any, by the numbers of the groups.
class SparseSums {
 public:
  [[nodiscard]] TotalSums& operator[](std::size_t group);
  /// Zeros where a group has none.
  [[nodiscard]] const TotalSums& at(std::size_t group) const;

  SparseSums& operator+=(const SparseSums& other);
  SparseSums& operator-=(const SparseSums& other);

 private:
  std::vector<std::uint32_t> place_of_;  ///< by group: one more than its place; 0 where it has none
  std::vector<std::uint32_t> groups_;    ///< by place
  std::vector<TotalSums> sums_;          ///< likewise
};

/// A process that does something near a boundary that is not a whole hour.
struct EdgeProcess {
  std::size_t group = 0;
  meter::Contribution contribution;  ///< as the question believes it
  ProcessCurve curve;
};

/// An instant at which a window begins or ends.
struct Boundary {
  std::int64_t at_ms = 0;
  bool whole_hour = false;
  SparseSums beside;  ///< what is to be added to the sums before the nearest whole hour
  std::vector<store::RolledProcess> processes;  ///< those around it; none at a whole hour
  std::vector<EdgeProcess> edges;               ///< of them, those with readings
};

/// What a group adds up to before both ends of a window, which is the difference of them.
struct Ends {
  TotalSums from;
  TotalSums to;
};

/// Reads the rollups of a store from one boundary to the next. Of the groups of a large fleet it
/// holds the sums before one boundary, and how those grow up to the next one.
///
/// Of a state of knowledge that ended long before the last boundary, most processes that by now
/// have begun were not known. With a horizon, sums are read up to it alone, and beyond it only
/// those processes are looked at that the horizon does not leave out.
///
/// In its sums `billed_ms` counts from 1970: billable time before B is count * B - billed_ms.
class BoundarySums {
 public:
  /// `curves`: whether egress is asked, and not only billable time.
  BoundarySums(store::Reader& reader, Filter& filter, const ResolvedWindow& window,
               const store::Horizon& horizon, bool curves);

  /// Goes on to a boundary of the window's cells; to be asked of all of them, in order.
  [[nodiscard]] Boundary at(std::int64_t at_ms);

  /// The sums of a group before the last two boundaries that were asked for.
  [[nodiscard]] Ends ends(std::size_t group, const Boundary& from, const Boundary& to) const;

  /// How many groups were met so far.
  [[nodiscard]] std::size_t groups() const { return groups_.size(); }
  /// Facts of a process that have nothing but a group.
  [[nodiscard]] model::ProcessFacts facts_of(std::size_t group) const;

  /// Calls `use(group, bytes)` for every gap that holds a whole window, when the window lies on
  /// whole hours. See rollup::Gap.
  void each_gap(const meter::Window& window,
                const std::function<void(std::size_t, std::int64_t)>& use);

 private:
  struct Running {
    std::size_t group = 0;
    std::int64_t last_seen_ms = 0;
    meter::Contribution lost;
    meter::Contribution running;
  };

  /// The number of a group, or nothing when the question is not about it.
  [[nodiscard]] std::optional<std::size_t> number_of(const rollup::Group& group);
  void add_boundary(std::int64_t at_ms);
  /// The whole hour, since 1970, up to which the rollups are read for a boundary.
  [[nodiscard]] std::int64_t whole_hour_for(std::int64_t at_ms) const;
  void find_running();
  void look_ahead();
  void expect_readings(const std::vector<store::RolledProcess>& processes, std::int64_t at_ms);
  void advance_to(std::int64_t hour);
  void advance_to_day(std::int64_t day);
  /// Adds buckets (`sign` 1) or takes them off (-1).
  void read(rollup::Level level, std::int64_t from_bucket, std::int64_t to_bucket,
            std::int64_t sign, SparseSums& out);
  void add_edges(std::int64_t whole_ms, Boundary& boundary);

  store::Reader& reader_;
  Filter& filter_;
  const ResolvedWindow& window_;
  const store::Horizon horizon_;
  const model::Instant earliest_ms_;  ///< that the store speaks of
  bool curves_;
  std::vector<store::SumsBefore> boundaries_;
  std::size_t next_boundary_ = 0;                         ///< the first that is not in `active_`
  std::deque<std::vector<store::RolledProcess>> active_;  ///< around the next that need them
  std::unordered_map<rollup::Group, std::optional<std::uint32_t>, rollup::GroupHash> numbers_;
  std::vector<const rollup::Group*> groups_;  ///< by their numbers; they live in numbers_
  std::map<std::int64_t, Running> running_;   ///< by process_key
  SparseSums before_;  ///< before the whole hour of the last boundary but one
  SparseSums growth_;  ///< from there to `hour_`, that of the last
  std::optional<std::int64_t> day_;
  SparseSums since_day_;  ///< the growth from `day_` to `hour_`; less than nothing if it is earlier
  std::int64_t hour_ = 0;
};

}  // namespace fleetmeter::ask
