#include "store/suspects.hpp"

#include <algorithm>

#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;

constexpr std::int64_t kKeysAhead = 4096;

}  // namespace

Suspects::Suspects(SQLite::Database& db) : list_(db, ask::list_suspects) {
  Statement row(db, ask::list_restated_instants);
  while (row.next()) {
    restated_at_ms_.push_back(row.integer(0));
  }
}

void Suspects::look_ahead(std::int64_t process_key) {
  from_key_ = process_key;
  to_key_ = process_key + kKeysAhead;
  process_keys_.clear();
  list_.bind(":from_key", from_key_).bind(":to_key", to_key_);
  while (list_.next()) {
    process_keys_.push_back(list_.integer(0));
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
