#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>

#include "meter/contribution.hpp"
#include "meter/egress_track.hpp"
#include "rollup/sums.hpp"

namespace fleetmeter::rollup {

/// Collects what processes add to, or take from, the buckets and gaps of a store.
class Deltas {
 public:
  /// From here on everything is of this process, and is added (1) or taken off (-1).
  void start(const Group& group, std::int64_t process_key, int sign);

  /// Everything but the curve.
  void add(const meter::Contribution& contribution);

  /// The curve up to its first reading, made at `start.first_ms`; gives the track to go on with.
  [[nodiscard]] meter::EgressTrack begin_curve(const meter::EgressStart& start,
                                               std::int64_t first_reading_ms, std::int64_t bytes);
  /// The curve on to its next reading, not earlier than the last; `bytes` as it was read.
  void advance_curve(meter::EgressTrack& track, std::int64_t at_ms, std::int64_t bytes);

  /// Buckets of every level whose sums change, in their order.
  [[nodiscard]] std::map<BucketKey, Sums<std::int64_t>> buckets() const;
  /// Gaps that appear (1) or go (-1); 0 for what does neither.
  [[nodiscard]] const std::map<Gap, int>& gaps() const { return gaps_; }

  void clear();

 private:
  struct HourKey {
    std::int64_t hour = 0;
    Group group;
    friend bool operator==(const HourKey&, const HourKey&) = default;
  };
  struct HourHash {
    std::size_t operator()(const HourKey& key) const;
  };

  [[nodiscard]] Sums<std::int64_t>& hour(std::int64_t hour);
  void add_at(std::int64_t hour, Sum sum, std::int64_t value);
  void add_ramp(const std::optional<meter::Span>& span, Sum count, Sum offset);
  void add_count(const std::optional<meter::Span>& span, Sum begin, Sum end);
  void grow(std::int64_t from_ms, std::int64_t to_ms, std::int64_t bytes);
  void add_gap(std::int64_t first_ms, std::int64_t last_ms, std::int64_t bytes);

  Group group_;
  std::int64_t process_key_ = 0;
  int sign_ = 1;
  std::unordered_map<HourKey, Sums<std::int64_t>, HourHash> hours_;
  std::map<Gap, int> gaps_;
  Sums<std::int64_t>* last_ = nullptr;  ///< the bucket that was added to last
  HourKey last_key_;
};

}  // namespace fleetmeter::rollup
