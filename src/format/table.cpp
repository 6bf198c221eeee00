#include <algorithm>
#include <ostream>

#include "base/text_width.hpp"
#include "format/collected.hpp"
#include "format/fit.hpp"
#include "format/writers.hpp"

namespace fleetmeter::format {

namespace {

constexpr const char* kBold = "\x1b[1m";
constexpr const char* kDim = "\x1b[2m";
constexpr const char* kPlain = "";
constexpr const char* kEnd = "\x1b[0m";

/// A line that is put together piece by piece. It has no spaces at its end.
class Line {
 public:
  explicit Line(bool color) : color_(color) {}

  void add(const std::string& text, const char* style) {
    const std::size_t end = text.find_last_not_of(' ') + 1;
    if (end > 0) {
      const std::size_t begin = text.find_first_not_of(' ');
      const bool is_styled = color_ && *style != '\0';
      line_ += spaces_ + text.substr(0, begin) + (is_styled ? style : "") +
               text.substr(begin, end - begin) + (is_styled ? kEnd : "");
      spaces_.clear();
    }
    spaces_ += text.substr(end);
  }

  void put(std::ostream& out) const { out << line_ << '\n'; }

 private:
  bool color_;
  std::string line_;
  std::string spaces_;  // that something must follow to be put
};

class TableWriter final : public Collected {
 public:
  using Collected::Collected;

  void end() override {
    const std::vector<Shown> columns = shown();
    std::vector<Shown> shortened = columns;
    const auto layout = options().upright ? std::nullopt : fit(shortened, options().width);
    const bool has_broken_names =
        layout && std::any_of(layout->columns.begin(), layout->columns.end(),
                              [](const Fitted& one) { return one.head.size() > 1; });
    if (row_count() == 0 && (!layout || has_broken_names)) {
      out() << "no rows\n";
    } else if (layout) {
      put_table(shortened, *layout);
    } else {
      put_blocks(columns);
    }
  }

 private:
  void put_table(const std::vector<Shown>& columns, const Layout& layout) {
    std::size_t lines = 1;
    for (const Fitted& one : layout.columns) {
      lines = std::max(lines, one.head.size());
    }
    for (std::size_t line = 0; line < lines; ++line) {
      put_line(columns, layout, [&](const Fitted& one) {
        const std::size_t above = lines - one.head.size();
        return Piece{line < above ? "" : one.head[line - above], kBold};
      });
    }
    for (std::size_t row = 0; row < row_count(); ++row) {
      put_row(columns, layout, row);
    }
  }

  /// One row, in as many lines as its longest sentence needs.
  void put_row(const std::vector<Shown>& columns, const Layout& layout, std::size_t row) {
    std::vector<std::vector<std::string>> texts(columns.size());
    std::size_t lines = 1;
    for (const Fitted& one : layout.columns) {
      const std::string& text = columns[one.column].texts[row];
      texts[one.column] =
          one.wraps ? base::wrap(text, one.width) : std::vector{base::cut_to(text, one.width)};
      lines = std::max(lines, texts[one.column].size());
    }
    for (std::size_t line = 0; line < lines; ++line) {
      put_line(columns, layout, [&](const Fitted& one) {
        const auto& of_column = texts[one.column];
        return Piece{line < of_column.size() ? of_column[line] : "", style(columns, one, row)};
      });
    }
  }

  struct Piece {
    std::string text;
    const char* style;
  };

  template <class PieceOf>
  void put_line(const std::vector<Shown>& columns, const Layout& layout, PieceOf&& piece_of) {
    Line line(options().color);
    for (const Fitted& one : layout.columns) {
      const Piece piece = piece_of(one);
      const bool is_first = &one == &layout.columns.front();
      line.add(std::string(is_first ? 0 : layout.gap, ' '), kPlain);
      line.add(padded(piece.text, one.width, columns[one.column].is_number), piece.style);
    }
    line.put(out());
  }

  [[nodiscard]] const char* style(const std::vector<Shown>& columns, const Fitted& one,
                                  std::size_t row) const {
    return is_total(row) ? kBold : columns[one.column].is_bound ? kDim : kPlain;
  }

  /// A line for each value, and an empty one between two rows. What a row does not hold is left
  /// out; so is what no row holds.
  void put_blocks(const std::vector<Shown>& columns) {
    std::size_t names_width = 0;
    for (const Shown& column : columns) {
      names_width = std::max(names_width, base::width_of(column.name));
    }
    const std::size_t begin = names_width + 2;
    const std::size_t room =
        options().width > begin + kLeastRoom ? options().width - begin : options().width;
    for (std::size_t row = 0; row < row_count(); ++row) {
      out() << (row == 0 ? "" : "\n");
      for (const Shown& column : columns) {
        put_value(column, row, begin, room);
      }
    }
  }

  void put_value(const Shown& column, std::size_t row, std::size_t begin, std::size_t room) {
    if (column.texts[row].empty()) {
      return;
    }
    std::string name = padded(column.name, begin, false);
    for (const std::string& part : base::wrap(column.texts[row], column.is_number ? 0 : room)) {
      Line line(options().color);
      line.add(name, kBold);
      line.add(part, column.is_bound ? kDim : kPlain);
      line.put(out());
      name.assign(begin, ' ');
    }
  }

  static constexpr std::size_t kLeastRoom = 12;  // for a value; else the terminal breaks lines
};

}  // namespace

std::unique_ptr<RowSink> make_table(std::ostream& out, const FormatOptions& options) {
  return std::make_unique<TableWriter>(out, options);
}

}  // namespace fleetmeter::format
