#pragma once

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

using TotalSums = rollup::Sums<Int128>;

/// A process that does something near a boundary that is not a whole hour.
struct EdgeProcess {
  std::size_t group = 0;
  meter::Contribution contribution;  ///< as the question believes it
  ProcessCurve curve;
};

/// What every group adds up to before one instant. A window is the difference of two of these.
struct Boundary {
  std::int64_t at_ms = 0;
  bool whole_hour = false;
  std::vector<TotalSums> sums;                  ///< by group
  std::vector<store::RolledProcess> processes;  ///< those around it; none at a whole hour
  std::vector<EdgeProcess> edges;               ///< of them, those with readings
};

/// Reads the rollups of a store from one boundary to the next.
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

  /// The sums before a boundary of the window's cells; to be asked of all of them, in order.
  [[nodiscard]] Boundary at(std::int64_t at_ms);

  /// The groups that were met so far, as facts of a process that have nothing but the group.
  [[nodiscard]] const std::vector<model::ProcessFacts>& groups() const { return groups_; }

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
            std::int64_t sign, std::vector<TotalSums>& out);
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
  std::unordered_map<rollup::Group, std::optional<std::size_t>, rollup::GroupHash> numbers_;
  std::vector<model::ProcessFacts> groups_;
  std::map<std::int64_t, Running> running_;  ///< by process_key
  std::vector<TotalSums> before_day_;        ///< before `day_`
  std::optional<std::int64_t> day_;
  std::vector<TotalSums> whole_;  ///< before `hour_`, not before `day_`
  std::int64_t hour_ = 0;
};

/// What a contribution, apart from its curve, adds to the sums before an instant.
[[nodiscard]] TotalSums sums_before(const meter::Contribution& contribution, std::int64_t at_ms);

}  // namespace fleetmeter::ask
