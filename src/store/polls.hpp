#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <optional>

namespace fleetmeter::store {

/// An instant at which processes of one app and region were seen.
struct Poll {
  std::optional<std::int64_t> app_key;
  std::optional<std::int64_t> region_key;
  std::int64_t observed_at_ms = 0;
  bool capped = false;  ///< some list of this instant was cut
};

/// Calls `use` for every app, region and instant in [from_ms, to_ms], in this order. Reads every
/// observation once; memory is a bit for each snapshot of each app and region.
void each_poll(SQLite::Database& db, std::int64_t from_ms, std::int64_t to_ms,
               std::int64_t known_seq, const std::function<void(const Poll&)>& use);

}  // namespace fleetmeter::store
