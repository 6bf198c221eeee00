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
/// What many texts have in common, their form, is written once.
class RoomConfigs {
 public:
  RoomConfigs(SQLite::Database& db, ControlSums& sums);

  [[nodiscard]] normalise::OptionalKey key_of(const std::optional<std::string>& text);

  /// After this the new texts are in the store.
  void flush() { add_.flush(); }

  /// Forgets what memory holds, because the store changed beneath it.
  void forget();

 private:
  void recall();
  void keep(std::string_view text, normalise::Key key);
  void add(normalise::Key key, std::string_view text);
  [[nodiscard]] normalise::OptionalKey form_key_of(const std::string& form);

  NewKeys<ingest::LastRoomConfigKey> keys_;
  Query<ingest::ListLateRoomConfigs> list_late_;
  BulkInsert<ingest::AddRoomConfig> add_;
  Query<ingest::LastRoomConfigFormKey> last_form_;
  Query<ingest::FindRoomConfigForm> find_form_;
  Query<ingest::AddRoomConfigForm> add_form_;
  ControlSum& form_sum_;
  TextMap<normalise::Key> known_;
  std::size_t known_bytes_ = 0;
  bool is_recalled_ = false;       ///< those that were written last are in memory
  TextMap<normalise::Key> forms_;  ///< those that were asked for
};

}  // namespace fleetmeter::store
