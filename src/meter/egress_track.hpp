#pragma once

#include <cstdint>

#include "meter/egress.hpp"

namespace fleetmeter::meter {

/// How far the curve of one process has come: enough to go on without its readings, and to say
/// when it begins, stands still and ends.
struct EgressTrack {
  std::int64_t first_reading_ms = 0;  ///< as it was observed, even if that was after the end
  Instant rise_ms;           ///< U is 0 up to this instant and more after it; absent: 0 bytes
  std::int64_t top_ms = 0;   ///< when the total first reached `bytes`
  std::int64_t last_ms = 0;  ///< the last anchor
  std::int64_t bytes = 0;    ///< the cleaned total
  bool below = false;        ///< the last reading lies below the total
  /// Readings came in time order, each once, none negative or below the one before it: nothing was
  /// repaired, stale or restated. (Several after the end that say the same are as good as one.)
  bool plain = true;
  bool unsummed = false;  ///< sums by the hour do not hold it: some growth took too long for them

  friend bool operator==(const EgressTrack&, const EgressTrack&) = default;
};

/// Whether nothing bounds what was sent after the last reading.
[[nodiscard]] bool is_open_ended(const EgressTrack& track, const Life& life);

}  // namespace fleetmeter::meter
