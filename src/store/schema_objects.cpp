#include "store/schema_objects.hpp"

#include <algorithm>
#include <string_view>

#include "sql/catalog.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::string_view kSpace = " \t\n";

bool joins_without_space(char c) {
  return c == '(' || c == ')' || c == ',';
}

/// The end of what begins at `begin`: white space, a comment with its line, a quoted text, or else
/// one character.
std::size_t end_of_token(std::string_view text, std::size_t begin) {
  if (kSpace.find(text[begin]) != std::string_view::npos) {
    return std::min(text.find_first_not_of(kSpace, begin), text.size());
  }
  if (text.substr(begin, 2) == "--") {
    return std::min(text.find('\n', begin), text.size());
  }
  if (text[begin] == '\'' || text[begin] == '"') {
    return std::min(text.find(text[begin], begin + 1), text.size() - 1) + 1;
  }
  return begin + 1;
}

/// A statement without its comments, and with one space where white space matters.
std::string without_layout(std::string_view text) {
  std::string out;
  bool is_apart = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_token(text, at);
    const std::string_view token = text.substr(at, end - at);
    at = end;
    if (kSpace.find(token.front()) != std::string_view::npos || token.substr(0, 2) == "--") {
      is_apart = true;
      continue;
    }
    const bool needs_space = is_apart && !out.empty() && !joins_without_space(out.back()) &&
                             !joins_without_space(token.front());
    out += needs_space ? " " : "";
    out += token;
    is_apart = false;
  }
  return out;
}

}  // namespace

SchemaObjects schema_of(SQLite::Database& db) {
  SchemaObjects objects;
  Query<ask::ListSchema> schema(db);
  for (const auto& row : schema.rows()) {
    objects[{row.type, row.name}] = without_layout(row.made_by.value_or(""));
  }
  return objects;
}

void make_schema(SQLite::Database& db) {
  for (const sql::SqlText* file : sql::all_schema) {
    db.exec(std::string(file->text));
  }
}

SchemaObjects schema_at(std::int64_t version) {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
  for (std::int64_t i = 0; i < version; ++i) {
    db.exec(std::string(sql::all_migrations.at(static_cast<std::size_t>(i))->text));
  }
  return schema_of(db);
}

std::optional<std::int64_t> version_with(const SchemaObjects& schema) {
  for (auto version = static_cast<std::int64_t>(sql::all_migrations.size()); version > 0;
       --version) {
    if (schema == schema_at(version)) {
      return version;
    }
  }
  return std::nullopt;
}

}  // namespace fleetmeter::store
