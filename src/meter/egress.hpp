#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "meter/life.hpp"

namespace fleetmeter::meter {

using model::Reading;

/// Bytes that left in a window. `hi` holds only what was seen where the process is open.
struct EgressBytes {
  Bounded<std::int64_t> bytes;
  bool open = false;
};

/// What was found in the readings of one process.
struct EgressFlags {
  bool wrap32 = false;         ///< a value in [-2^31, -1] was repaired by adding 2^32
  bool unknown_start = false;  ///< no zero anchor: the first value cannot be dated
  bool stale_read = false;     ///< a dip that recovered
  bool counter_break = false;  ///< the last value lies below the maximum
  bool clamped32 = false;      ///< the last two values are exactly 2147483647
  bool late_final = false;     ///< a reading made after the end counts as made at the end
};

/// Where a process's curve begins and where it must end.
struct EgressStart {
  std::int64_t first_ms = 0;  ///< the first reading
  Instant zero_ms;            ///< when the counter was surely 0; absent: the first value is a step
  std::int64_t upper_is_zero_until_ms = 0;
  Instant end_ms;  ///< a reading made later counts as made then
};

/// Of a process that was first read at `first_reading_ms`.
[[nodiscard]] EgressStart egress_start(const Life& life, std::int64_t first_reading_ms,
                                       std::int64_t max_lifespan_ms);

/// The anchors of a curve on both sides of an instant.
struct Neighbours {
  std::optional<Reading> before;  ///< the last one at or before it
  std::optional<Reading> after;   ///< the first one after it
};

/// What a curve is at an instant; nothing of it matters but its start and its anchors there.
[[nodiscard]] Bounded<std::int64_t> values_at(std::int64_t at_ms, const Neighbours& anchors,
                                              const EgressStart& start);

/// A reading of an int32 that wrapped, put right.
[[nodiscard]] std::int64_t repaired(std::int64_t bytes);

/// floor((v1 - v0) * elapsed / span): what of a growth lies in the first part of its time.
[[nodiscard]] std::int64_t share(std::int64_t bytes, std::int64_t elapsed_ms, std::int64_t span_ms);

/// A process's egress as a cumulative function of time, with its lower and upper such function.
///
/// Built once from the readings; then every window is a difference of two evaluations, so that the
/// parts of any partition sum exactly to the whole.
class EgressCurve {
 public:
  /// `readings` need not be sorted; several may stand at one instant. Empty: unmetered.
  EgressCurve(std::vector<Reading> readings, const Life& life, const Belief& belief);

  [[nodiscard]] bool metered() const { return !anchors_.empty(); }
  [[nodiscard]] const EgressFlags& flags() const { return flags_; }

  /// G(B), L(B), U(B): the bytes that had left before instant B, at least, at most.
  [[nodiscard]] Bounded<std::int64_t> at(std::int64_t at_ms) const;
  [[nodiscard]] EgressBytes in(const Window& window) const;

  /// Outside [quiet_before, quiet_from) no window has bytes and none is open.
  [[nodiscard]] std::int64_t quiet_before_ms() const { return start_.upper_is_zero_until_ms; }
  [[nodiscard]] std::int64_t quiet_from_ms() const;

  /// The cleaned readings in time order: what the curve passes through.
  [[nodiscard]] const std::vector<Reading>& anchors() const { return anchors_; }
  /// The instant at which the counter was surely 0; absent with unknown_start.
  [[nodiscard]] Instant zero_ms() const { return start_.zero_ms; }
  [[nodiscard]] const EgressStart& start() const { return start_; }
  /// Whether nothing bounds what was sent after the last reading.
  [[nodiscard]] bool open_ended() const { return open_ended_; }
  [[nodiscard]] std::int64_t death_ms() const { return death_ms_; }

 private:
  void repair(std::vector<Reading>& readings);
  void clamp_to_end(std::vector<Reading>& readings);
  void clean(const std::vector<Reading>& readings);

  std::vector<Reading> anchors_;
  EgressStart start_;
  std::int64_t death_ms_ = 0;
  bool open_ended_ = false;
  EgressFlags flags_;
};

/// Whether a process without any reading overlaps a window: then its egress is unknown there.
[[nodiscard]] bool unmetered_in(const Life& life, const Belief& belief, const Window& window);

}  // namespace fleetmeter::meter
