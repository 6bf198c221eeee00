#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "normalise/rows.hpp"
#include "store/bulk_insert.hpp"
#include "store/labels.hpp"
#include "store/new_keys.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// The texts that rooms are configured with, while writing. Some fleets configure all rooms alike,
/// others each room in its own words, which no index could be kept for cheaply: so a text that was
/// met lately is found in memory, and any other gets a row, though an older row may say the same.
class RoomConfigs {
 public:
  explicit RoomConfigs(SQLite::Database& db);

  [[nodiscard]] normalise::OptionalKey key_of(const std::optional<std::string>& text);

  /// After this the new texts are in the store.
  void flush() { add_.flush(); }

  /// Forgets what memory holds, because the store changed beneath it.
  void forget();

 private:
  void recall();
  void keep(std::string_view text, normalise::Key key);

  NewKeys<ingest::LastRoomConfigKey> keys_;
  Query<ingest::ListLateRoomConfigs> list_late_;
  BulkInsert<ingest::AddRoomConfig> add_;
  TextMap<normalise::Key> known_;
  std::size_t known_bytes_ = 0;
  bool is_recalled_ = false;  ///< those that were written last are in memory
};

}  // namespace fleetmeter::store
