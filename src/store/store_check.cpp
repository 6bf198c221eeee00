#include "store/store_check.hpp"

#include <limits>

#include "base/time_text.hpp"
#include "sql/catalog.hpp"
#include "store/connection.hpp"
#include "store/schema_objects.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;

std::string shown(const std::optional<std::int64_t>& at_ms) {
  return at_ms ? base::format_utc(*at_ms) : "none";
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
  Statement kept(db, ask::store_span);
  Statement said(db, ask::known_span);
  said.bind(":known_seq", std::numeric_limits<std::int64_t>::max());
  Checked checked;
  if (kept.next() && said.next()) {
    checked.count = 1;
    const auto kept_ms = kept.maybe_integer(0);
    const auto said_ms = said.maybe_integer(0);
    if (kept_ms != said_ms) {
      checked.first = "earliest_ms is " + shown(kept_ms) + ", the records say " + shown(said_ms);
    }
  }
  return checked;
}

Checked check_references(SQLite::Database& db) {
  Checked checked;
  Statement row(db, ask::count_references);
  while (row.next()) {
    checked.count += row.integer(2);
    if (row.integer(3) != 0 && checked.first.empty()) {
      checked.first = row.text(0) + ": " + std::to_string(row.integer(3)) + " refer to rows of " +
                      row.text(1) + " that are missing; the first is of key " +
                      std::to_string(row.maybe_integer(4).value_or(0));
    }
  }
  return checked;
}

}  // namespace fleetmeter::store
