#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/text.hpp"
#include "decode/json_tree.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::string_view kSeparators = ",;\t|";

/// What spreadsheets call the characters that part cells.
std::string name_of(char separator) {
  return separator == '\t' ? "a tab" : std::string("`") + separator + '`';
}

bool is_blank(const std::string& cell) {
  return cell.find_first_not_of(" \t\r\n") == std::string::npos;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos
             ? ""
             : text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// What parts the cells of a header: the character that stands in it most often, outside quotes.
/// Absent when two do equally often.
std::optional<char> separator_of(std::string_view header) {
  std::array<std::size_t, kSeparators.size()> counts{};
  bool is_quoted = false;
  for (const char c : header) {
    is_quoted = is_quoted != (c == '"');
    const std::size_t at = kSeparators.find(c);
    if (!is_quoted && at != std::string_view::npos) {
      ++counts[at];
    }
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  if (*most > 0 && std::count(counts.begin(), counts.end(), *most) > 1) {
    return std::nullopt;
  }
  return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

/// Takes rows off the front of a text.
class CsvRows {
 public:
  explicit CsvRows(std::string_view bytes) : rest_(bytes) {
    constexpr std::string_view kSaysIt = "sep=";  // Excel's own first line
    if (rest_.substr(0, kSaysIt.size()) == kSaysIt && rest_.size() > kSaysIt.size()) {
      separator_ = rest_[kSaysIt.size()];
      rest_.remove_prefix(std::min(rest_.find_first_of("\r\n"), rest_.size()));
      return;
    }
    const std::size_t begin = std::min(rest_.find_first_not_of("\r\n"), rest_.size());
    const std::string_view header = rest_.substr(begin, rest_.find_first_of("\r\n", begin) - begin);
    const auto found = separator_of(header);
    if (!found) {
      row_line_ = 1;
      refuse(
          "the header has as many commas, semicolons, tabs or bars of one kind as of another: "
          "which of them parts its cells cannot be told");
    }
    separator_ = *found;
  }

  [[nodiscard]] char separator() const { return separator_; }

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
    } while (take_separator());
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
  bool take_separator() {
    if (rest_.empty() || rest_.front() != separator_) {
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
    const std::array<char, 3> ends{separator_, '\r', '\n'};
    const std::size_t end =
        std::min(rest_.find_first_of(std::string_view(ends.data(), ends.size())), rest_.size());
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
    if (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\r' &&
        rest_.front() != '\n') {
      refuse("text behind a quoted cell");
    }
    return cell;
  }

  std::string_view rest_;
  char separator_ = ',';
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
};

/// The names of the columns. Empty ones at the end, as spreadsheets leave them, are none.
std::vector<std::string> read_header(CsvRows& rows) {
  std::vector<std::string> header;
  do {
    if (!rows.next(header)) {
      rows.refuse("no header");
    }
    std::transform(header.begin(), header.end(), header.begin(), trimmed);
    while (!header.empty() && header.back().empty()) {
      header.pop_back();
    }
  } while (header.empty());
  return header;
}

void refuse_twins(const std::vector<std::string>& header, const CsvRows& rows) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto same = [&](const std::string& other) { return is_same_column(other, header[i]); };
    if (std::any_of(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(i), same)) {
      rows.refuse("a column stands twice (" + printable(header[i]) + ")");
    }
  }
}

JsonTree tree_of(std::vector<std::string>& cells, const std::vector<std::string>& header,
                 std::size_t line) {
  JsonTree row;
  row.kind = JsonTree::Kind::object;
  row.text = "line " + std::to_string(line);
  for (std::size_t i = 0; i < header.size(); ++i) {
    JsonTree cell;
    cell.kind = is_blank(cells[i]) ? JsonTree::Kind::null : JsonTree::Kind::text;
    cell.text = std::move(cells[i]);
    row.members.push_back({header[i], std::move(cell)});
  }
  return row;
}

/// Refuses a table that has numbers with a decimal comma, and one with a point and three digits
/// behind it: there the point may part thousands.
void refuse_mixed_numbers(const JsonTree& table) {
  const auto is_number_with = [](const std::string& text, char mark, bool three) {
    const std::size_t at = text.find(mark);
    return at != std::string::npos && at > 0 && text.find_first_not_of("-0123456789") == at &&
           text.find_first_not_of("0123456789", at + 1) == std::string::npos &&
           at + 1 < text.size() && (text.size() - at - 1 == 3) == three;
  };
  const auto find = [&](char mark, bool three) -> std::pair<std::string, std::string> {
    for (const JsonTree& row : table.items) {
      for (const auto& [name, cell] : row.members) {
        if (is_number_with(cell.text, mark, three)) {
          return {row.text, cell.text};
        }
      }
    }
    return {};
  };
  const auto [place, unclear] = find('.', true);
  if (!place.empty() && !find(',', false).first.empty()) {
    throw Error(ErrorKind::data, place + ": " + unclear +
                                     " may be a thousand times more, since other numbers have a "
                                     "decimal comma; write it without the point");
  }
}

void refuse_other_encodings(std::string_view bytes) {
  const std::size_t at = base::find_invalid_utf8(bytes);
  if (at < bytes.size()) {
    const auto line =
        std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    throw Error(ErrorKind::data, "line " + std::to_string(line + 1) +
                                     ": not UTF-8; save it as UTF-8, or `iconv -f WINDOWS-1252 -t "
                                     "UTF-8` makes it that");
  }
}

}  // namespace

bool is_same_column(std::string_view a, std::string_view b) {
  const auto skip = [](std::string_view& text) {
    const auto is_part = [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return std::isalnum(byte) != 0 || byte >= 0x80;
    };
    while (!text.empty() && !is_part(text.front())) {
      text.remove_prefix(1);
    }
  };
  for (;;) {
    skip(a);
    skip(b);
    if (a.empty() || b.empty()) {
      return a.empty() && b.empty();
    }
    if (std::tolower(static_cast<unsigned char>(a.front())) !=
        std::tolower(static_cast<unsigned char>(b.front()))) {
      return false;
    }
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
}

std::string_view without_byte_order_mark(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  return bytes.substr(bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
}

JsonTree read_csv(std::string_view bytes) {
  bytes = without_byte_order_mark(bytes);
  refuse_other_encodings(bytes);
  CsvRows rows(bytes);
  const std::vector<std::string> header = read_header(rows);
  JsonTree table;
  table.kind = JsonTree::Kind::array;
  for (std::vector<std::string> cells; rows.next(cells);) {
    if (std::all_of(cells.begin(), cells.end(), is_blank)) {
      continue;  // spreadsheets leave such rows at the end
    }
    while (cells.size() > header.size() && is_blank(cells.back())) {
      cells.pop_back();
    }
    if (cells.size() != header.size()) {
      rows.refuse(std::to_string(cells.size()) + " cells where the header has " +
                  std::to_string(header.size()) +
                  (rows.separator() == ',' ? "" : ", parted by " + name_of(rows.separator())));
    }
    if (table.items.empty()) {
      refuse_twins(header, rows);
    }
    table.items.push_back(tree_of(cells, header, rows.line()));
  }
  if (rows.separator() == ';') {
    refuse_mixed_numbers(table);
  }
  return table;
}

}  // namespace fleetmeter::decode
