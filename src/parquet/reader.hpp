#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"

namespace fleetmeter::parquet {

/// Reads a Parquet file as make_writer writes it, of columns of integers and of texts. Anything
/// else in it is an Error(data) that says where it stands and what it is: the reader knows what we
/// write, and no more.
class Reader {
 public:
  /// Gives so many bytes from an offset on; it may throw.
  using ReadAt = std::function<std::string(std::int64_t offset, std::int64_t size)>;

  struct Column {
    std::string name;
    CellKind kind = CellKind::unknown;  ///< integer or text
  };

  /// Reads the footer. `size` is that of the whole file.
  Reader(ReadAt read_at, std::int64_t size);

  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] std::int64_t rows() const;
  [[nodiscard]] std::size_t groups() const { return groups_.size(); }
  [[nodiscard]] std::int64_t rows_of(std::size_t group) const { return groups_.at(group).rows; }

  /// The values of each column in a group of rows, as many as it has rows.
  [[nodiscard]] std::vector<std::vector<Cell>> group(std::size_t number) const;

 private:
  struct Chunk {
    std::int64_t offset = 0;
    std::int64_t bytes = 0;
  };
  struct Group {
    std::int64_t rows = 0;
    std::vector<Chunk> chunks;  ///< one for each column
  };

  void read_footer(const std::string& footer);
  [[nodiscard]] std::vector<Cell> chunk(const Chunk& place, CellKind kind, std::int64_t rows) const;

  ReadAt read_at_;
  std::int64_t size_;
  std::vector<Column> columns_;
  std::vector<Group> groups_;
};

}  // namespace fleetmeter::parquet
