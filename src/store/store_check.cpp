#include "store/store_check.hpp"

#include <limits>

#include "base/time_text.hpp"
#include "fleetmeter/text.hpp"
#include "store/connection.hpp"
#include "store/query.hpp"
#include "store/schema_objects.hpp"

namespace fleetmeter::store {

namespace {

std::string shown(const std::optional<std::int64_t>& at_ms) {
  return at_ms ? base::format_utc(*at_ms) : "none";
}

/// Counts rows that are compared, and names the first at fault by what `name` makes of it.
template <class Q, class Name>
Checked checked_rows(SQLite::Database& db, const Name& name, const char* what) {
  Checked checked;
  Query<Q> compared(db);
  for (const auto& row : compared.rows()) {
    ++checked.count;
    if (row.is_fault != 0 && checked.first.empty()) {
      checked.first = name(row) + ": " + what;
    }
  }
  return checked;
}

template <class Row>
std::string name_of_process(const Row& row) {
  return "process " + printable(row.process_id);
}

}  // namespace

Checked check_schema(SQLite::Database& db) {
  Checked checked;
  const SchemaObjects kept = schema_of(db);
  const SchemaObjects made = schema_at(schema_version());
  const auto note = [&](const SchemaObjects::value_type& object, const char* what) {
    if (checked.first.empty()) {
      checked.first = object.first.first + ' ' + object.first.second + ": " + what;
    }
  };
  for (const auto& object : made) {
    ++checked.count;
    const auto found = kept.find(object.first);
    if (found == kept.end()) {
      note(object, "is missing");
    } else if (found->second != object.second) {
      note(object, "is not as the migrations make it");
    }
  }
  for (const auto& object : kept) {
    if (made.count(object.first) == 0) {
      note(object, "is none of ours");
    }
  }
  return checked;
}

Checked check_span(SQLite::Database& db) {
  const auto kept = Query<ask::StoreSpan>(db).first();
  const auto said =
      Query<ask::KnownEarliest>(db).first({.known_seq = std::numeric_limits<std::int64_t>::max()});
  Checked checked;
  if (kept && said) {
    checked.count = 1;
    if (kept->earliest_ms != said->earliest_ms) {
      checked.first = "earliest_ms is " + shown(kept->earliest_ms) + ", the records say " +
                      shown(said->earliest_ms);
    }
  }
  return checked;
}

Checked check_touches(SQLite::Database& db) {
  return checked_rows<ask::ListTouches>(
      db, name_of_process<ask::ListTouches::Out>,
      "named_seq or touched_seq is not what the observations say");
}

Checked check_last_said(SQLite::Database& db) {
  return checked_rows<ask::ListLastSaid>(
      db, name_of_process<ask::ListLastSaid::Out>,
      "scheduled_at_ms, booted_at_ms or latest_activity_no is not what was said last");
}

Checked check_blocks(SQLite::Database& db) {
  return checked_rows<ask::ListBlocks>(
      db, [](const ask::ListBlocks::Out& row) { return "block " + std::to_string(row.block_no); },
      "a process of it begins before");
}

Checked check_references(SQLite::Database& db) {
  Checked checked;
  Query<ask::CountReferences> references(db);
  for (const auto& row : references.rows()) {
    checked.count += row.row_count;
    if (row.lost_count != 0 && checked.first.empty()) {
      checked.first = row.referring + ": " + std::to_string(row.lost_count) + " refer to rows of " +
                      row.referred + " that are missing; the first is of key " +
                      std::to_string(row.first_key.value_or(0));
    }
  }
  return checked;
}

}  // namespace fleetmeter::store
