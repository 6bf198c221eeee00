#pragma once

#include <cstdint>
#include <optional>

#include "model/record.hpp"

namespace fleetmeter::model {

/// What is known of one process's life. Every timestamp is the last one said of it.
struct Life {
  Instant starting_at_ms;
  Instant started_at_ms;
  Instant stopping_at_ms;
  Instant terminated_at_ms;
  std::int64_t first_seen_ms = 0;
  std::int64_t last_seen_ms = 0;
  Instant last_alive_ms;         ///< the last observation that had no terminated_at
  Instant scheduled_at_ms = {};  ///< read by billing clocks alone, as is the next
  Instant booted_at_ms = {};
  /// Without an end: the time of the first running list that ought to hold it and does not.
  Instant gone_ms = {};
};

/// One reading of a process's running total, as it came.
struct Reading {
  std::int64_t at_ms = 0;
  std::int64_t bytes = 0;
};

/// One process as questions see it.
struct ProcessFacts {
  std::int64_t process_key = 0;
  std::optional<std::int64_t> app_key;
  std::optional<std::int64_t> deployment_key;
  std::optional<std::int64_t> region_key;
  Life life;
  std::optional<std::int64_t> hosting_key = {};  ///< read by prices alone
};

}  // namespace fleetmeter::model
