#include "store/suspects.hpp"

#include <algorithm>

#include "sql/catalog.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

namespace {

std::vector<std::int64_t> integers(SQLite::Database& db, const sql::SqlText& text) {
  std::vector<std::int64_t> all;
  Statement row(db, text);
  while (row.next()) {
    all.push_back(row.integer(0));
  }
  return all;
}

}  // namespace

Suspects::Suspects(SQLite::Database& db)
    : process_keys_(integers(db, sql::queries::ask::list_suspects)),
      restated_at_ms_(integers(db, sql::queries::ask::list_restated_instants)) {}

bool Suspects::holds(const model::ProcessFacts& facts) const {
  const auto restated =
      std::lower_bound(restated_at_ms_.begin(), restated_at_ms_.end(), facts.life.first_seen_ms);
  return (restated != restated_at_ms_.end() && *restated <= facts.life.last_seen_ms) ||
         std::binary_search(process_keys_.begin(), process_keys_.end(), facts.process_key);
}

}  // namespace fleetmeter::store
