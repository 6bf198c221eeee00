#include "fleetmeter/table.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "format/fit.hpp"
#include "format/people.hpp"
#include "format/writers.hpp"
#include "parquet/writer.hpp"

namespace fleetmeter::format {

namespace {

constexpr std::size_t kMostBytes = 256 * 1024 * 1024;

/// Rows kept until the end, because a table's widths depend on all of them.
class Collected : public RowSink {
 public:
  Collected(std::ostream& out, const FormatOptions& options) : out_(out), options_(options) {}

  void columns(const std::vector<std::string>& names) override {
    for (const std::string& name : names) {
      units_.push_back(options_.exact ? Unit::none : unit_of(name));
      bounds_.push_back(is_bound(name));
      names_.push_back(escape(base::printable(name, 1000)));
      widths_.push_back(base::width_of(names_.back()));
    }
    right_.assign(names.size(), false);
  }

  void row(const std::vector<Cell>& cells) override {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      texts.push_back(escape(people_text(cells[i], units_[i])));
      bytes_ += texts.back().size() + sizeof(std::string);
      widths_[i] = std::max(widths_[i], base::width_of(texts.back()));
      right_[i] = right_[i] || is_number(cells[i]);
    }
    if (bytes_ > kMostBytes) {
      throw Error(ErrorKind::usage,
                  spelled(Term::format) +
                      ": too many rows for a table, whose widths need all of them; use csv or "
                      "ndjson");
    }
    rows_.push_back(std::move(texts));
  }

 protected:
  [[nodiscard]] virtual std::string escape(std::string text) const { return text; }

  [[nodiscard]] std::string padded(std::size_t column, const std::string& text,
                                   bool last = false) const {
    const std::string space(widths_[column] - base::width_of(text), ' ');
    if (right_[column]) {
      return space + text;
    }
    return last ? text : text + space;
  }

  std::ostream& out_;
  FormatOptions options_;
  std::vector<std::string> names_;
  std::vector<Unit> units_;
  std::vector<bool> bounds_;
  std::vector<std::size_t> widths_;
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
  std::size_t bytes_ = 0;
};

class TableWriter final : public Collected {
 public:
  using Collected::Collected;

  void end() override {
    const std::vector<Fitted> fitted = layout();
    std::size_t lines = 1;
    for (std::size_t i = 0; i < fitted.size(); ++i) {
      widths_[i] = fitted[i].width;
      lines = std::max(lines, fitted[i].head.size());
    }
    for (std::size_t line = 0; line < lines; ++line) {
      std::vector<std::string> heads;
      for (const Fitted& one : fitted) {
        const std::size_t above = lines - one.head.size();
        heads.push_back(line < above ? "" : one.head[line - above]);
      }
      put_row(heads, true);
    }
    for (const auto& row : rows_) {
      put_row(row, false);
    }
  }

 private:
  [[nodiscard]] std::vector<Fitted> layout() const {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      columns.push_back({names_[i], 0, !right_[i] && units_[i] == Unit::none});
      for (const auto& row : rows_) {
        columns.back().width = std::max(columns.back().width, base::width_of(row[i]));
      }
    }
    return fit(columns, options_.width);
  }

  void put_row(const std::vector<std::string>& texts, bool is_head) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string text = padded(i, base::cut_to(texts[i], widths_[i]), i + 1 == texts.size());
      const char* style = !options_.color ? "" : is_head ? "\x1b[1m" : bounds_[i] ? "\x1b[2m" : "";
      out_ << (i == 0 ? "" : "  ") << style << text << (*style == '\0' ? "" : "\x1b[0m");
    }
    out_ << '\n';
  }
};

/// Whether a program that shows Markdown may make a link of a text on its own: an address of the
/// web or of mail, or the name of a user. A backslash does not keep all programs from it.
bool could_link(const std::string& text) {
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<const char*, 5> kBegins{"://", "www.", "@", "mailto:", "xmpp:"};
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](const char* begin) { return lower.find(begin) != std::string::npos; });
}

/// A text as a code span, in which nothing is live. Its fence is longer than any run of backticks
/// in it. A bar would end the cell; a backslash before one would undo its escape.
std::string as_code(const std::string& text) {
  std::string code;
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    if (c == '|') {
      code += !code.empty() && code.back() == '\\' ? " \\" : "\\";
    }
    code += c;
  }
  const std::string fence(longest + 1, '`');
  const char* const space = longest > 0 ? " " : "";  // keeps a backtick at an end apart
  return fence + space + code + space + fence;
}

class MarkdownWriter final : public Collected {
 public:
  using Collected::Collected;

  void end() override {
    put_row(names_);
    out_ << '|';
    for (std::size_t i = 0; i < names_.size(); ++i) {
      out_ << ' ' << std::string(widths_[i], '-') << (right_[i] ? ":|" : " |");
    }
    out_ << '\n';
    for (const auto& row : rows_) {
      put_row(row);
    }
  }

 protected:
  [[nodiscard]] std::string escape(std::string text) const override {
    if (could_link(text)) {
      return as_code(text);
    }
    for (std::size_t at = 0; (at = text.find_first_of("|\\<[", at)) != std::string::npos; at += 2) {
      text.insert(at, 1, '\\');
    }
    return text;
  }

 private:
  void put_row(const std::vector<std::string>& texts) {
    out_ << '|';
    for (std::size_t i = 0; i < texts.size(); ++i) {
      out_ << ' ' << padded(i, texts[i]) << " |";
    }
    out_ << '\n';
  }
};

}  // namespace

std::unique_ptr<RowSink> make_table(std::ostream& out, const FormatOptions& options) {
  return std::make_unique<TableWriter>(out, options);
}

std::unique_ptr<RowSink> make_markdown(std::ostream& out, const FormatOptions& options) {
  return std::make_unique<MarkdownWriter>(out, options);
}

}  // namespace fleetmeter::format

namespace fleetmeter {

namespace {

constexpr std::array<std::pair<Format, const char*>, 7> kFormats{{{Format::table, "table"},
                                                                  {Format::csv, "csv"},
                                                                  {Format::tsv, "tsv"},
                                                                  {Format::json, "json"},
                                                                  {Format::ndjson, "ndjson"},
                                                                  {Format::markdown, "markdown"},
                                                                  {Format::parquet, "parquet"}}};

}  // namespace

void Table::give_to(RowSink& sink) const {
  if (!column_kinds.empty()) {
    sink.kinds(column_kinds);
  }
  sink.columns(names);
  for (const auto& cells : rows) {
    sink.row(cells);
  }
  sink.end();
}

std::unique_ptr<RowSink> make_writer(Format format, std::ostream& out,
                                     const FormatOptions& options) {
  switch (format) {
    case Format::table:
      return format::make_table(out, options);
    case Format::csv:
      return format::make_delimited(out, ',', options.csv_safe);
    case Format::tsv:
      return format::make_delimited(out, '\t', options.csv_safe);
    case Format::json:
      return format::make_json(out, false);
    case Format::ndjson:
      return format::make_json(out, true);
    case Format::parquet:
      return parquet::make_writer(out);
    case Format::markdown:
      break;
  }
  return format::make_markdown(out, options);
}

void write_sections(Format format, std::ostream& out, const std::vector<Section>& sections,
                    const FormatOptions& options) {
  const bool is_json = format == Format::json;
  bool first = true;
  for (const Section& one : sections) {
    if (is_json) {
      out << (first ? "{\n\"" : ",\n\"") << one.name << "\":\n";
    } else {
      out << (first ? "" : "\n") << (format == Format::markdown ? "## " : "") << one.name
          << (format == Format::markdown ? "\n\n" : "\n");
    }
    first = false;
    one.table.give_to(*make_writer(format, out, options));
  }
  out << (is_json ? "}\n" : "");
}

Format parse_format(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [format, known] : kFormats) {
    if (name == known) {
      return format;
    }
    names.emplace_back(known);
  }
  throw Error(ErrorKind::usage, spelled(Term::format) + ": no such format (" +
                                    base::printable(name) + ")" + base::did_you_mean(name, names) +
                                    "; there are table, csv, tsv, json, ndjson, markdown, parquet");
}

}  // namespace fleetmeter
