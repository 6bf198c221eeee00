#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "model/life.hpp"
#include "rollup/deltas.hpp"

namespace fleetmeter::rollup {

/// The longest life that rollups believe in; questions that believe another are not answered from
/// them.
inline constexpr std::int64_t kMaxLifespan_ms = 72 * kHour_ms;
/// Likewise the grace that they believe in, by which a process that is gone counts longer than it
/// was seen.
inline constexpr std::int64_t kGrace_ms = 15 * 60'000;
inline constexpr meter::Belief kBelief{0, kGrace_ms, kMaxLifespan_ms};

/// A reading of a counter with its place in the order in which readings became known.
struct KnownReading {
  std::int64_t snapshot_seq = 0;
  std::int64_t restatement = 0;
  model::Reading reading;
};

/// One process before and after some snapshots came in.
struct Change {
  std::optional<model::ProcessFacts> before;  ///< absent: it was not observed yet
  model::ProcessFacts after;
  std::optional<meter::EgressTrack> track;  ///< as it was before; absent: it had no reading
  /// What was read of it meanwhile, in the order in which it became known.
  std::vector<KnownReading> fresh;
  /// All its readings in that order, the fresh ones too. Called only when they are needed.
  std::function<std::vector<KnownReading>()> all;
};

/// What a process adds to its group's sums from now on.
struct Account {
  Group group;
  std::optional<meter::EgressTrack> track;
  meter::Contribution contribution;
  /// When it started, while neither it nor a list says its end.
  model::Instant unended_ms;
  /// Its group is another one, or it is found elsewhere in time: its row has to be written anew.
  bool moved = true;
};

/// The extent by which a process is found in time: the class of how long all that it adds lasts.
[[nodiscard]] std::int64_t extent_of(const meter::Contribution& contribution);

[[nodiscard]] Group group_of(const model::ProcessFacts& facts);

/// Puts into `deltas` what the change does to the sums. When the readings came in order, this goes
/// on with the curve that is known. Otherwise it takes the old curve off and adds the new one.
[[nodiscard]] Account take(const Change& change, Deltas& deltas);

}  // namespace fleetmeter::rollup
