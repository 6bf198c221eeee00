#include "store/suspects.hpp"

#include <algorithm>

namespace fleetmeter::store {

namespace {

constexpr std::int64_t kKeysAhead = 4096;

}  // namespace

Suspects::Suspects(SQLite::Database& db) : list_(db) {
  Query<ask::ListRestatedInstants> restated(db);
  for (const auto& row : restated.rows()) {
    restated_at_ms_.push_back(row.observed_at_ms);
  }
}

void Suspects::look_ahead(std::int64_t process_key) {
  from_key_ = process_key;
  to_key_ = process_key + kKeysAhead;
  process_keys_.clear();
  for (const auto& row : list_.rows({.from_key = from_key_, .to_key = to_key_})) {
    process_keys_.push_back(row.process_key);
  }
}

bool Suspects::holds(const model::ProcessFacts& facts) {
  const auto restated =
      std::lower_bound(restated_at_ms_.begin(), restated_at_ms_.end(), facts.life.first_seen_ms);
  if (restated != restated_at_ms_.end() && *restated <= facts.life.last_seen_ms) {
    return true;
  }
  if (facts.process_key < from_key_ || facts.process_key >= to_key_) {
    look_ahead(facts.process_key);
  }
  return std::binary_search(process_keys_.begin(), process_keys_.end(), facts.process_key);
}

}  // namespace fleetmeter::store
