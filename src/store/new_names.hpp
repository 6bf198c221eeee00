#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/name_filter.hpp"
#include "normalise/rows.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Says of a name that a table surely has none like it, without a look into an index that is larger
/// than the memory: in most archives nearly every name that is looked for is new. `List` gives all
/// names of the table.
///
/// A run that asks for a few names looks them up. Only when many were missing does it read them all
/// once, and from then on it knows which are there, its own with them.
template <class List>
class NewNames {
 public:
  explicit NewNames(SQLite::Database& db) : list_(db) {}

  [[nodiscard]] bool is_surely_new(std::string_view name) const {
    return knows_all_ && !filter_.may_hold(name);
  }

  /// A name that was not there was given a key, the largest so far.
  void note_added(std::string_view name, normalise::Key key) {
    const auto count = static_cast<std::size_t>(key);
    if (count > kMostNames) {
      forget();
      return;
    }
    filter_.add(name);
    if (!knows_all_ && ++looked_up_ * kLooksToRead >= count) {
      for (const auto& row : list_.rows()) {
        filter_.add(bytes_of(row.name));
      }
      knows_all_ = true;
    }
  }

  /// Forgets what memory holds, because the store changed beneath it.
  void forget() {
    filter_.clear();
    knows_all_ = false;
    looked_up_ = 0;
  }

 private:
  static std::string_view bytes_of(const std::string& text) { return text; }
  static std::string_view bytes_of(const sql::BlobBytes& blob) { return blob.bytes; }

  static constexpr std::size_t kMostNames = 4'000'000;
  static constexpr std::size_t kLooksToRead = 16;  // names are read in the time of one look-up

  Query<List> list_;
  base::NameFilter filter_;
  bool knows_all_ = false;
  std::size_t looked_up_ = 0;  ///< and were not there
};

}  // namespace fleetmeter::store
