#include "report/html_table.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "base/time_text.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

constexpr std::size_t kMostRows = 50;  // of a table on a page; all stand in its CSV

constexpr std::size_t kLongestOnALine = 30;

/// A cell as people read it: instants and durations by the name of their column.
std::string text_of(const Cell& cell, const std::string& name) {
  const auto* const number = std::get_if<std::int64_t>(&cell);
  if (number != nullptr && name.ends_with("_at_ms")) {
    return base::format_utc(*number);
  }
  if (number != nullptr && name.ends_with("_ms")) {
    return base::format_duration(*number);
  }
  struct Text {
    std::string operator()(std::nullptr_t) const { return ""; }
    std::string operator()(std::int64_t value) const { return thousands(value); }
    std::string operator()(Int128 value) const { return thousands(value); }
    std::string operator()(const Decimal& value) const { return to_text(value); }
    std::string operator()(double) const { return ""; }  // no table of a letter has one
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const Bytes& value) const { return base::to_hex(value.bytes); }
  };
  return std::visit(Text(), cell);
}

bool is_number(const Cell& cell) {
  return !std::holds_alternative<std::string>(cell) &&
         !std::holds_alternative<std::nullptr_t>(cell);
}

/// `quantity_lo` → `quantity lo`: names break at words. Times have no unit on the page.
std::string heading(std::string name) {
  for (const std::string unit : {"_at_ms", "_ms"}) {
    if (name.ends_with(unit)) {
      name.resize(name.size() - unit.size());
    }
  }
  std::replace(name.begin(), name.end(), '_', ' ');
  return html(name);
}

}  // namespace

Table told(const Table& table) {
  Table shorter;
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    if (std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
          return row[i] != Cell(nullptr) && row[i] != Cell(std::string());
        })) {
      kept.push_back(i);
      shorter.names.push_back(table.names[i]);
    }
  }
  for (const auto& row : table.rows) {
    auto& cells = shorter.rows.emplace_back();
    for (const std::size_t i : kept) {
      cells.push_back(row[i]);
    }
  }
  return shorter;
}

Table picked(const Table& table, const std::vector<std::string>& names) {
  const Table all = told(table);
  Table some;
  std::vector<std::size_t> kept;
  for (const std::string& name : names) {
    const auto found = std::find(all.names.begin(), all.names.end(), name);
    if (found != all.names.end()) {
      kept.push_back(static_cast<std::size_t>(found - all.names.begin()));
      some.names.push_back(name);
    }
  }
  for (const auto& row : all.rows) {
    auto& cells = some.rows.emplace_back();
    for (const std::size_t i : kept) {
      cells.push_back(row[i]);
    }
  }
  return some;
}

std::string html_table(const Table& table, const std::string& file) {
  std::string out = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                    html(file) + "\"><table>\n<thead><tr>";
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const bool numbers = !table.rows.empty() && is_number(table.rows.front()[i]);
    out += std::string(numbers ? "<th class=\"n\">" : "<th>") + heading(table.names[i]) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < std::min(table.rows.size(), kMostRows); ++i) {
    out += "<tr>";
    for (std::size_t column = 0; column < table.names.size(); ++column) {
      const Cell& cell = table.rows[i][column];
      const std::string text = text_of(cell, table.names[column]);
      out += (is_number(cell)                 ? "<td class=\"n\">"
              : text.size() > kLongestOnALine ? "<td class=\"words\">"
                                              : "<td>") +
             html(text) + "</td>";
    }
    out += "</tr>\n";
  }
  out += "</tbody>\n</table></div>\n<p class=\"soft\">";
  if (table.rows.size() > kMostRows) {
    out += "The first " + std::to_string(kMostRows) + " of " +
           thousands(static_cast<std::int64_t>(table.rows.size())) + " rows. ";
  }
  return out + "All of it: <a href=\"" + file + "\">" + file + "</a></p>\n";
}

}  // namespace fleetmeter::report
