#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>
#include <string_view>

#include "format/people.hpp"
#include "format/writers.hpp"

namespace fleetmeter::format {

namespace {

/// RFC 4180 with LF line ends; with tabs for TSV, where tabs and line ends in data are escaped.
class DelimitedWriter final : public RowSink {
 public:
  DelimitedWriter(std::ostream& out, char separator, bool safe)
      : out_(out), separator_(separator), safe_(safe) {}

  void columns(const std::vector<std::string>& names) override {
    for (const std::string& name : names) {
      separate();
      put_text(name);  // a name may be the user's own words
    }
    end_line();
  }

  void row(const std::vector<Cell>& cells) override {
    for (const Cell& cell : cells) {
      separate();
      put(cell);
    }
    end_line();
  }

 private:
  void separate() {
    if (!first_) {
      line_ += separator_;
    }
    first_ = false;
  }

  void end_line() {
    line_ += '\n';
    out_.write(line_.data(), static_cast<std::streamsize>(line_.size()));
    line_.clear();
    first_ = true;
  }

  void put(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
      put_text(*text);
    } else if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
      put_integer(*integer);
    } else if (is_number(cell)) {
      line_ += exact_text(cell);
    } else {
      put_text(exact_text(cell));
    }
  }

  void put_integer(std::int64_t value) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    line_.append(digits.data(), end.ptr);
  }

  void put_text(std::string_view text) {
    if (safe_ && !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != kNowhere) {
      put_whole("'" + std::string(text));
    } else {
      put_whole(text);
    }
  }

  void put_whole(std::string_view text) {
    if (separator_ == '\t') {
      put_escaped(text);
    } else if (std::none_of(text.begin(), text.end(), is_special)) {
      line_ += text;
    } else {
      put_quoted(text);
    }
  }

  static bool is_special(char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; }

  void put_quoted(std::string_view text) {
    line_ += '"';
    for (const char c : text) {
      line_.append(c == '"' ? 2 : 1, c);
    }
    line_ += '"';
  }

  void put_escaped(std::string_view text) {
    for (const char c : text) {
      switch (c) {
        case '\t':
          line_ += "\\t";
          break;
        case '\n':
          line_ += "\\n";
          break;
        case '\r':
          line_ += "\\r";
          break;
        case '\\':
          line_ += "\\\\";
          break;
        default:
          line_ += c;
      }
    }
  }

  static constexpr std::size_t kNowhere = std::string_view::npos;

  std::ostream& out_;
  char separator_;
  bool safe_;
  bool first_ = true;
  std::string line_;  // handed over whole: the stream asks much of every piece
};

}  // namespace

std::unique_ptr<RowSink> make_delimited(std::ostream& out, char separator, bool safe) {
  return std::make_unique<DelimitedWriter>(out, separator, safe);
}

}  // namespace fleetmeter::format
