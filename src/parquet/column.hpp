#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"

namespace fleetmeter::parquet {

/// What a file's footer says of one chunk: the values of one column in one group of rows.
struct Chunk {
  std::int64_t values = 0;  ///< with those that are NULL
  std::int64_t nulls = 0;
  std::int64_t unpacked_bytes = 0;  ///< with the header of its page
  std::int64_t packed_bytes = 0;    ///< the same, as it lies in the file
  std::int64_t offset = 0;          ///< in the file
  struct Range {
    std::int64_t least = 0;
    std::int64_t greatest = 0;
  };
  std::optional<Range> range;  ///< of a column of integers that has any
};

/// One column: gathers the values of a group of rows and packs them as one page.
///
/// What a column holds is what its answer says of it, and otherwise what the first group shows: a
/// column of integers may turn out to be of sums or decimals. Once values are packed, their kind
/// and how many digits stand behind the point are settled.
class Column {
 public:
  Column(std::string name, CellKind kind) : name_(std::move(name)), kind_(kind) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  /// Of which nothing but NULL came, that it is text.
  [[nodiscard]] CellKind kind() const {
    return kind_ == CellKind::unknown ? CellKind::text : kind_;
  }
  /// Digits behind the point of a column of decimals.
  [[nodiscard]] int scale() const { return scale_; }

  /// Takes one more value. Throws Error(usage) when the file cannot hold it beside those before it.
  void add(const Cell& cell);

  /// About how much memory the values take that are not packed yet.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  /// Appends the values to `out` as a page with its header, and forgets them.
  [[nodiscard]] Chunk pack(std::string& out);

 private:
  void widen(const Cell& cell);
  [[noreturn]] void refuse(const std::string& why) const;
  [[nodiscard]] std::string plain_values() const;
  [[nodiscard]] std::optional<Chunk::Range> range() const;
  void append(const Cell& cell, std::string& out) const;
  [[nodiscard]] Int128 unscaled(const Cell& cell) const;

  std::string name_;
  CellKind kind_;
  int scale_ = 0;
  bool is_settled_ = false;  ///< values of it are packed
  std::vector<Cell> cells_;
  std::size_t bytes_ = 0;
};

}  // namespace fleetmeter::parquet
