#include "format/collected.hpp"

#include <algorithm>

#include "base/text_width.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"

namespace fleetmeter::format {

namespace {

constexpr std::size_t kMostBytes = 256 * 1024 * 1024;

std::size_t size_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return sizeof(Cell) + (text == nullptr ? 0 : text->size());
}

}  // namespace

void Collected::row(const std::vector<Cell>& cells) {
  for (const Cell& cell : cells) {
    bytes_ += size_of(cell);
  }
  if (bytes_ > kMostBytes) {
    throw Error(ErrorKind::usage,
                spelled(Term::format) +
                    ": too many rows for a table, whose widths need all of them; use csv or "
                    "ndjson");
  }
  rows_.push_back(cells);
}

void Collected::total(const std::vector<Cell>& cells) {
  row(cells);
  has_total_ = true;
}

std::string padded(const std::string& text, std::size_t width, bool is_number) {
  const std::size_t taken = std::min(base::width_of(text), width);
  const std::string space(width - taken, ' ');
  return is_number ? space + text : text + space;
}

}  // namespace fleetmeter::format
