#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/totals.hpp"

namespace fleetmeter::cli {

/// In which order rows come, how many of them, and what they come to: --sort, --limit, --total.
struct Arrangement {
  std::optional<std::string> sort;  ///< `COLUMN`, `COLUMN:asc` or `COLUMN:desc`
  std::optional<std::size_t> limit;
  bool total = false;

  [[nodiscard]] bool changes_anything() const { return sort || limit || total; }
};

[[nodiscard]] Arrangement arrangement_of(const Options& options);

/// Hands an answer on as it was asked to be arranged. Rows that compare equal keep their order;
/// what is not known (NULL) comes last, whatever the direction. The total is that of all rows, also
/// of those that a limit leaves out. Only a sort keeps rows in memory.
class Arranged final : public RowSink {
 public:
  Arranged(RowSink& sink, Arrangement how) : sink_(sink), how_(std::move(how)) {}

  void kinds(const std::vector<CellKind>& of_columns) override { sink_.kinds(of_columns); }
  /// Throws Error(usage) when no column is called as --sort says.
  void columns(const std::vector<std::string>& names) override;
  void row(const std::vector<Cell>& cells) override;
  void end() override;

 private:
  void hand_on(const std::vector<Cell>& cells);

  RowSink& sink_;
  Arrangement how_;
  std::size_t column_ = 0;  ///< by which rows are sorted
  bool is_descending_ = false;
  std::optional<Totals> totals_;
  std::vector<std::vector<Cell>> kept_;
  std::size_t given_ = 0;
};

}  // namespace fleetmeter::cli
