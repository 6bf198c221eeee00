#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>

#include "store/query.hpp"

namespace fleetmeter::store {

/// What is known of rooms on processes, as all documents that are stored say it.
class RoomStays {
 public:
  using Within = ask::ListStays::In;
  using Stay = ask::ListStays::Out;

  explicit RoomStays(SQLite::Database& db) : list_(db), tells_(db) {}

  /// The stays in a window, by process, then by the id of the room, then in time order.
  [[nodiscard]] Query<ask::ListStays>::Rows in(const Within& window) & {
    return list_.rows(window);
  }

  /// Whether it is known which rooms a process had; it may have had none.
  [[nodiscard]] bool are_known(std::int64_t process_key) {
    const auto row = tells_.first({.process_key = process_key});
    return row && row->is_told == 1;
  }

 private:
  Query<ask::ListStays> list_;
  Query<ask::TellsOfRooms> tells_;
};

}  // namespace fleetmeter::store
