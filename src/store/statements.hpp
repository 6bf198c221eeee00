#pragma once

#include <SQLiteCpp/Database.h>

#include <unordered_map>

#include "store/statement.hpp"

namespace fleetmeter::store {

/// Embedded SQL files, each compiled when it is first asked for: a question runs few of those that
/// its reader knows, and to compile one takes longer than to run it.
class Statements {
 public:
  explicit Statements(SQLite::Database& db) : db_(db) {}

  /// `source` is one of the catalogue's constants. The reference lasts as long as the statements.
  [[nodiscard]] Statement& of(const sql::SqlText& source) {
    return compiled_.try_emplace(&source, db_, source).first->second;
  }

 private:
  SQLite::Database& db_;
  std::unordered_map<const sql::SqlText*, Statement> compiled_;
};

}  // namespace fleetmeter::store
