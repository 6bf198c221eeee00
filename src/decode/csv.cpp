#include <algorithm>

#include "decode/json_tree.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::decode {

namespace {

/// Takes rows off the front of a text.
class CsvRows {
 public:
  explicit CsvRows(std::string_view bytes) : rest_(bytes) {}

  /// The cells of the next row that is not empty; false at the end.
  bool next(std::vector<std::string>& cells) {
    while (!rest_.empty() && (rest_.front() == '\n' || rest_.front() == '\r')) {
      take_line_end();
    }
    cells.clear();
    row_line_ = line_;
    if (rest_.empty()) {
      return false;
    }
    do {
      cells.push_back(!rest_.empty() && rest_.front() == '"' ? quoted() : plain());
    } while (take_comma());
    if (!rest_.empty()) {
      take_line_end();
    }
    return true;
  }

  /// The line on which the last row began, from 1.
  [[nodiscard]] std::size_t line() const { return row_line_; }

  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorKind::data, "line " + std::to_string(row_line_) + ": " + why);
  }

 private:
  bool take_comma() {
    if (rest_.empty() || rest_.front() != ',') {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  void take_line_end() {
    line_ += rest_.front() == '\n' ? 1U : 0U;
    rest_.remove_prefix(1);
  }

  std::string plain() {
    const std::size_t end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    std::string cell(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return cell;
  }

  std::string quoted() {
    std::string cell;
    rest_.remove_prefix(1);
    for (;;) {
      const std::size_t end = rest_.find('"');
      if (end == std::string_view::npos) {
        refuse("a quoted cell has no end");
      }
      const std::string_view part = rest_.substr(0, end);
      line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
      cell += part;
      rest_.remove_prefix(end + 1);
      if (rest_.empty() || rest_.front() != '"') {
        break;
      }
      cell += '"';
      rest_.remove_prefix(1);
    }
    if (!rest_.empty() && std::string_view(",\r\n").find(rest_.front()) == std::string_view::npos) {
      refuse("text behind a quoted cell");
    }
    return cell;
  }

  std::string_view rest_;
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
};

}  // namespace

JsonTree read_csv(std::string_view bytes) {
  CsvRows rows(bytes);
  std::vector<std::string> header;
  if (!rows.next(header)) {
    rows.refuse("no header");
  }
  JsonTree table;
  table.kind = JsonTree::Kind::array;
  for (std::vector<std::string> cells; rows.next(cells);) {
    if (cells.size() != header.size()) {
      rows.refuse(std::to_string(cells.size()) + " cells where the header has " +
                  std::to_string(header.size()));
    }
    JsonTree row;
    row.kind = JsonTree::Kind::object;
    row.text = "line " + std::to_string(rows.line());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      JsonTree cell;
      cell.kind = cells[i].empty() ? JsonTree::Kind::null : JsonTree::Kind::text;
      cell.text = std::move(cells[i]);
      if (std::find(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(i), header[i]) !=
          header.begin() + static_cast<std::ptrdiff_t>(i)) {
        rows.refuse("a column stands twice (" + printable(header[i]) + ")");
      }
      row.members.emplace_back(header[i], std::move(cell));
    }
    table.items.push_back(std::move(row));
  }
  return table;
}

}  // namespace fleetmeter::decode
