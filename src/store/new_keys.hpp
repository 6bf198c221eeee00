#pragma once

#include <optional>

#include "normalise/rows.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Keys for rows that wait to be written: each is one more than the largest, as SQLite gives them.
/// `Last` asks for the largest key of a table.
template <class Last>
class NewKeys {
 public:
  explicit NewKeys(SQLite::Database& db) : ask_(db) {}

  [[nodiscard]] normalise::Key next() {
    if (!last_) {
      const auto [key] = ask_.first().value();
      last_ = number_below(kMostNumbered, "the largest key of a table", key);
    }
    return ++*last_;
  }

  /// Forgets the largest key, because the store changed beneath it.
  void forget() { last_.reset(); }

 private:
  Query<Last> ask_;
  std::optional<normalise::Key> last_;
};

}  // namespace fleetmeter::store
