#pragma once

#include <optional>

#include "normalise/rows.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

/// Keys for rows that wait to be written: each is one more than the largest, as SQLite gives them.
class NewKeys {
 public:
  /// `last` asks for the largest key of a table.
  NewKeys(SQLite::Database& db, const sql::SqlText& last) : ask_(db, last) {}

  [[nodiscard]] normalise::Key next() {
    if (!last_) {
      static_cast<void>(ask_.next());
      last_ = ask_.integer(0);
      ask_.reset();
    }
    return ++*last_;
  }

  /// Forgets the largest key, because the store changed beneath it.
  void forget() { last_.reset(); }

 private:
  Statement ask_;
  std::optional<normalise::Key> last_;
};

}  // namespace fleetmeter::store
