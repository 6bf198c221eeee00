#pragma once

#include <optional>

#include "meter/egress_track.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// How far the curve of a process has come, from a row that bears those columns of process_meter;
/// nothing when it has no reading.
template <class Row>
[[nodiscard]] std::optional<meter::EgressTrack> track_of(const Row& row) {
  if (!row.first_reading_ms) {
    return std::nullopt;
  }
  meter::EgressTrack track;
  track.first_reading_ms = *row.first_reading_ms;
  track.rise_ms = row.rise_ms;
  track.top_ms = held("top_ms", row.top_ms);
  track.last_ms = held("last_reading_ms", row.last_reading_ms);
  track.bytes = held("egress_bytes", row.egress_bytes);
  track.below = row.below != 0;
  track.plain = row.plain != 0;
  return track;
}

}  // namespace fleetmeter::store
