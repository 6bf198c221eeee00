#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>

#include "meter/contribution.hpp"
#include "meter/egress_track.hpp"
#include "rollup/sums.hpp"

namespace fleetmeter::rollup {

/// Collects by how much processes change the buckets and gaps of a store. Nothing is written here:
/// the sums of many processes go into a bucket at once.
class Deltas {
 public:
  /// What is given from here on is of this process. `sign` says whether it is added (1) or taken
  /// off (-1).
  void start(const Group& group, std::int64_t process_key, int sign);

  /// Takes in all that a process adds to its group but the curve of its egress.
  void add(const meter::Contribution& contribution);

  /// Takes in the curve up to its first reading, which counts as made at `start.first_ms`. Gives
  /// the track to go on with.
  [[nodiscard]] meter::EgressTrack begin_curve(const meter::EgressStart& start,
                                               std::int64_t first_reading_ms, std::int64_t bytes);
  /// Takes in the curve from its last reading on to the next one, which is not earlier; `read` is
  /// what the counter said.
  void advance_curve(meter::EgressTrack& track, std::int64_t at_ms, std::int64_t read);

  /// The buckets of every level whose sums change, and by how much, in the order of their keys.
  [[nodiscard]] std::map<BucketKey, Sums<std::int64_t>> buckets() const;
  /// The gaps that appear (1), that go (-1), and that went and appeared again (0).
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
