#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace fleetmeter::sql {

/// SQLite's `application_id` of a store, by which it is told from other databases.
inline constexpr std::int64_t kApplicationId = 0x464C544D;  // "FLTM"

/// What stands at one place of a file.
struct Piece {
  std::size_t offset;
  std::string_view bytes;
};

/// The file of a store that holds nothing. The build makes it of schema/ (sqlc/empty_store);
/// between the pieces, and after the last of them, it has zeros.
struct EmptyStore {
  std::size_t size;
  std::span<const Piece> pieces;
};
extern const EmptyStore empty_store;

}  // namespace fleetmeter::sql
