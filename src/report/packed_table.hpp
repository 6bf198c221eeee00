#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "fleetmeter/table.hpp"

namespace fleetmeter::report {

/// An answer held in little memory, to be written out later. The rows of a large fleet are millions
/// and repeat the same texts: each text is held once, and numbers in as few bytes as they need. It
/// may be given in several parts that have the same columns.
class PackedTable final : public RowSink {
 public:
  PackedTable() = default;
  PackedTable(PackedTable&&) = default;  // texts stay where they are; a copy's would not
  PackedTable& operator=(PackedTable&&) = default;
  PackedTable(const PackedTable&) = delete;
  PackedTable& operator=(const PackedTable&) = delete;
  ~PackedTable() override = default;

  void columns(const std::vector<std::string>& names) override { names_ = names; }
  void row(const std::vector<Cell>& cells) override;

  /// Hands everything to another sink, as it came.
  void give_to(RowSink& sink) const;

 private:
  void put(const Cell& cell);
  void put_number(std::uint64_t value);
  [[nodiscard]] Cell take(std::size_t& at) const;
  [[nodiscard]] std::uint64_t take_number(std::size_t& at) const;

  std::vector<std::string> names_;
  std::string bytes_;  ///< the cells, one after another
  std::unordered_map<std::string, std::uint64_t> number_of_;
  std::vector<const std::string*> texts_;  ///< by their numbers; they live in number_of_
  std::vector<Cell> others_;               ///< rare kinds, as they came
};

}  // namespace fleetmeter::report
