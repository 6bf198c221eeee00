#include "store/control_sums.hpp"

#include <sqlite3.h>

#include <bit>
#include <cstring>
#include <vector>

namespace fleetmeter::store {

namespace {

// The types of cells, which tell a 1 from a '1'.
constexpr std::uint64_t kNull = 0;
constexpr std::uint64_t kInteger = 1;
constexpr std::uint64_t kReal = 2;
constexpr std::uint64_t kText = 3;
constexpr std::uint64_t kBlob = 4;

/// The finaliser of SplitMix64: each bit that goes in turns half of those that come out.
std::uint64_t mixed(std::uint64_t word) {
  word += 0x9e3779b97f4a7c15U;
  word = (word ^ (word >> 30U)) * 0xbf58476d1ce4e5b9U;
  word = (word ^ (word >> 27U)) * 0x94d049bb133111ebU;
  return word ^ (word >> 31U);
}

/// A cell as SQLite has it.
void take(sqlite3_value* cell, RowDigest& digest) {
  const auto bytes_of = [&](const void* begin) {
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(cell));
    return size == 0 ? std::string_view() : std::string_view(static_cast<const char*>(begin), size);
  };
  switch (sqlite3_value_type(cell)) {
    case SQLITE_INTEGER:
      return digest.take(std::int64_t{sqlite3_value_int64(cell)});
    case SQLITE_FLOAT:
      return digest.take(sqlite3_value_double(cell));
    case SQLITE_TEXT:
      return digest.take(bytes_of(sqlite3_value_text(cell)));
    case SQLITE_BLOB:
      return digest.take(sql::Blob{bytes_of(sqlite3_value_blob(cell))});
    default:
      return digest.take(nullptr);
  }
}

/// SQLite hands out zeros first, which is a sum of nothing.
std::uint64_t* sum_in(sqlite3_context* context) {
  return static_cast<std::uint64_t*>(
      sqlite3_aggregate_context(context, static_cast<int>(sizeof(std::uint64_t))));
}

void add_row(sqlite3_context* context, int cells, sqlite3_value** row) {
  RowDigest digest;
  for (int i = 0; i < cells; ++i) {
    take(row[i], digest);
  }
  if (std::uint64_t* const sum = sum_in(context)) {
    *sum += digest.value();
  } else {
    sqlite3_result_error_nomem(context);
  }
}

void give_sum(sqlite3_context* context) {
  const std::uint64_t* const sum = sum_in(context);
  sqlite3_result_int64(context, sum == nullptr ? 0 : std::bit_cast<std::int64_t>(*sum));
}

/// What the first tables of list_control_sums add up to. Those behind them are not read.
std::vector<ask::ListControlSums::Out> added_up(SQLite::Database& db,
                                                std::size_t tables = ControlSums::kAllTables) {
  add_row_sum(db);
  std::vector<ask::ListControlSums::Out> sums;
  Query<ask::ListControlSums> found(db);
  for (const auto& row : found.rows()) {
    sums.push_back(row);
    if (sums.size() == tables) {
      break;
    }
  }
  return sums;
}

}  // namespace

void add_row_sum(SQLite::Database& db) {
  db.createFunction("row_sum", -1, true, nullptr, nullptr, add_row, give_sum);
}

void RowDigest::take_word(std::uint64_t word) {
  state_ = mixed(state_ ^ word);
}

void RowDigest::take(std::nullptr_t /*null*/) {
  take_word(kNull);
}

void RowDigest::take(std::int64_t value) {
  take_word(kInteger);
  take_word(std::bit_cast<std::uint64_t>(value));
}

void RowDigest::take(double value) {
  take_word(kReal);
  take_word(std::bit_cast<std::uint64_t>(value));
}

void RowDigest::take(std::string_view text) {
  take_bytes(kText, text);
}

void RowDigest::take(sql::Blob blob) {
  take_bytes(kBlob, blob.bytes);
}

void RowDigest::take(const sql::ValueView& value) {
  std::visit([this](const auto& held) { take(held); }, value);
}

/// Eight bytes at a time, the first of them lowest; zeros follow the last.
void RowDigest::take_bytes(std::uint64_t type, std::string_view bytes) {
  take_word(type);
  take_word(bytes.size());
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::string_view part = bytes.substr(0, sizeof word);
    std::memcpy(&word, part.data(), part.size());
    take_word(word);
    bytes.remove_prefix(part.size());
  }
}

void ControlSums::flush() {
  for (auto& [table, added] : added_) {
    if (added.is_nothing()) {
      continue;
    }
    const auto before = find_.first({.table_name = table});
    const std::uint64_t sum =
        added.sum() + (before ? std::bit_cast<std::uint64_t>(before->row_sum) : 0);
    save_.run({.table_name = table,
               .row_count = added.rows() + (before ? before->row_count : 0),
               .row_sum = std::bit_cast<std::int64_t>(sum)});
    added = {};
  }
}

void ControlSums::forget() {
  for (auto& [table, added] : added_) {
    added = {};
  }
}

void ControlSums::rebuild(SQLite::Database& db, std::size_t tables) {
  Query<ingest::SaveControlSum> save(db);
  for (const auto& found : added_up(db, tables)) {
    if (found.row_count > 0) {
      save.run(
          {.table_name = found.table_name, .row_count = found.row_count, .row_sum = found.row_sum});
    }
  }
}

Checked check_control_sums(SQLite::Database& db) {
  Query<ingest::FindControlSum> kept(db);
  Checked checked;
  for (const auto& found : added_up(db)) {
    checked.count += found.row_count;
    const auto said = kept.first({.table_name = found.table_name});
    const std::int64_t rows = said ? said->row_count : 0;
    const std::int64_t sum = said ? said->row_sum : 0;
    if (!checked.first.empty()) {
      continue;
    }
    if (rows != found.row_count) {
      checked.first = found.table_name + ": " + std::to_string(rows) + " rows were written, " +
                      std::to_string(found.row_count) + " are there";
    } else if (sum != found.row_sum) {
      checked.first = found.table_name + ": some row is not as it was written";
    }
  }
  return checked;
}

}  // namespace fleetmeter::store
