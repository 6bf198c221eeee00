#include <ostream>

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
    for (std::size_t i = 0; i < names.size(); ++i) {
      put(i, names[i], true);  // a name may be the user's own words
    }
    out_ << '\n';
  }

  void row(const std::vector<Cell>& cells) override {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      put(i, exact_text(cells[i]), !is_number(cells[i]));
    }
    out_ << '\n';
  }

 private:
  void put(std::size_t index, std::string text, bool is_data_text) {
    if (index > 0) {
      out_ << separator_;
    }
    if (safe_ && is_data_text && !text.empty() &&
        std::string("=+-@\t\r\n").find(text.front()) != std::string::npos) {
      text.insert(0, 1, '\'');
    }
    if (separator_ == '\t') {
      put_escaped(text);
    } else if (text.find_first_of(",\"\n\r") == std::string::npos) {
      out_ << text;
    } else {
      put_quoted(text);
    }
  }

  void put_quoted(const std::string& text) {
    out_ << '"';
    for (const char c : text) {
      out_ << (c == '"' ? "\"\"" : std::string(1, c));
    }
    out_ << '"';
  }

  void put_escaped(const std::string& text) {
    for (const char c : text) {
      switch (c) {
        case '\t':
          out_ << "\\t";
          break;
        case '\n':
          out_ << "\\n";
          break;
        case '\r':
          out_ << "\\r";
          break;
        case '\\':
          out_ << "\\\\";
          break;
        default:
          out_ << c;
      }
    }
  }

  std::ostream& out_;
  char separator_;
  bool safe_;
};

}  // namespace

std::unique_ptr<RowSink> make_delimited(std::ostream& out, char separator, bool safe) {
  return std::make_unique<DelimitedWriter>(out, separator, safe);
}

}  // namespace fleetmeter::format
