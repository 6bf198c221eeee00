#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"
#include "format/shown.hpp"

namespace fleetmeter::format {

/// Rows kept until the end, because a table's widths depend on all of them.
class Collected : public RowSink {
 public:
  Collected(std::ostream& out, const FormatOptions& options) : out_(out), options_(options) {}

  void columns(const std::vector<std::string>& names) override { names_ = names; }
  /// Throws Error(usage) when the rows take more memory than a table is worth.
  void row(const std::vector<Cell>& cells) override;
  void total(const std::vector<Cell>& cells) override;

 protected:
  [[nodiscard]] std::vector<Shown> shown() const { return show(names_, rows_, options_.exact); }
  [[nodiscard]] std::size_t row_count() const { return rows_.size(); }
  /// Whether a row holds the total of the others.
  [[nodiscard]] bool is_total(std::size_t row) const {
    return has_total_ && row + 1 == rows_.size();
  }
  [[nodiscard]] std::ostream& out() { return out_; }
  [[nodiscard]] const FormatOptions& options() const { return options_; }

 private:
  std::ostream& out_;
  FormatOptions options_;
  std::vector<std::string> names_;
  std::vector<std::vector<Cell>> rows_;
  bool has_total_ = false;
  std::size_t bytes_ = 0;
};

/// A text with spaces that fill a column: before a number, behind anything else.
[[nodiscard]] std::string padded(const std::string& text, std::size_t width, bool is_number);

}  // namespace fleetmeter::format
