#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fleetmeter/table.hpp"

namespace fleetmeter::parquet {

// The numbers by which Parquet calls things, as far as they are written here; see parquet.thrift in
// https://github.com/apache/parquet-format.

enum class Encoding : std::int32_t {
  plain = 0,
  rle = 3,
  delta_binary_packed = 5,
};

enum class PhysicalType : std::int32_t {
  int64 = 2,
  real = 5,
  byte_array = 6,
  fixed_byte_array = 7,
};

inline constexpr std::string_view kMagic = "PAR1";
inline constexpr std::int32_t kZstd = 6;
inline constexpr std::int64_t kMostRows = 65'536;  ///< of a group

// Differences are packed in blocks, and these in parts that have a width of their own each.
inline constexpr std::size_t kBlock = 128;
inline constexpr std::size_t kMiniblocks = 4;
inline constexpr std::size_t kMiniblock = kBlock / kMiniblocks;

inline constexpr int kDecimalBytes = 16;
inline constexpr int kDecimalDigits = 38;  ///< as many as sixteen bytes hold

[[nodiscard]] inline Encoding encoding_of(CellKind kind) {
  return kind == CellKind::integer ? Encoding::delta_binary_packed : Encoding::plain;
}

[[nodiscard]] inline PhysicalType type_of(CellKind kind) {
  switch (kind) {
    case CellKind::integer:
      return PhysicalType::int64;
    case CellKind::sum:
    case CellKind::decimal:
      return PhysicalType::fixed_byte_array;
    case CellKind::real:
      return PhysicalType::real;
    default:
      return PhysicalType::byte_array;
  }
}

}  // namespace fleetmeter::parquet
