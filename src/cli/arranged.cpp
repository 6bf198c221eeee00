#include "cli/arranged.hpp"

#include <algorithm>
#include <cctype>

#include "cli/cells.hpp"

namespace fleetmeter::cli {

namespace {

constexpr const char* kDirections[] = {":asc", ":desc"};

bool is_null(const Cell& cell) {
  return std::holds_alternative<std::nullptr_t>(cell);
}

/// A column's name as people may type it: as a table shows it, in any case, with any of three
/// characters between the words.
std::string loosely(const std::string& name) {
  std::string loose;
  for (const char c : name) {
    loose +=
        c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return loose;
}

/// The names by which a column can be called: its own, and the one that a table shows.
bool is_called(const std::string& column, const std::string& typed) {
  return loosely(column) == loosely(typed) || loosely(name_in_table(column)) == loosely(typed);
}

std::size_t column_called(const std::string& typed, const std::vector<std::string>& names) {
  auto found = std::find(names.begin(), names.end(), typed);
  if (found == names.end()) {
    found = std::find_if(names.begin(), names.end(),
                         [&](const std::string& name) { return is_called(name, typed); });
  }
  if (found != names.end()) {
    return static_cast<std::size_t>(found - names.begin());
  }
  if (const std::size_t colon = typed.rfind(':'); colon != std::string::npos) {
    throw Error(ErrorKind::usage, "--sort: behind the colon stands asc or desc, like " +
                                      printable(typed.substr(0, colon)) + ":desc (" +
                                      printable(typed) + ")");
  }
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "" : ", ") + printable(name);
  }
  throw Error(ErrorKind::usage, "--sort: the answer has no column " + printable(typed) +
                                    did_you_mean(loosely(typed), names) + "; it has " + list);
}

}  // namespace

Arrangement arrangement_of(const Options& options) {
  return {options.sort, options.limit, options.total};
}

void Arranged::columns(const std::vector<std::string>& names) {
  if (how_.sort) {
    std::string column = *how_.sort;
    const bool is_whole = std::find(names.begin(), names.end(), column) != names.end();
    for (const std::string_view direction : kDirections) {
      if (!is_whole && std::string_view(column).ends_with(direction)) {
        column.resize(column.size() - direction.size());
        is_descending_ = direction == ":desc";
        break;
      }
    }
    column_ = column_called(column, names);
  }
  if (how_.total) {
    totals_.emplace(names);
  }
  sink_.columns(names);
}

void Arranged::row(const std::vector<Cell>& cells) {
  if (totals_) {
    totals_->add(cells);
  }
  if (how_.sort) {
    kept_.push_back(cells);
  } else {
    hand_on(cells);
  }
}

void Arranged::hand_on(const std::vector<Cell>& cells) {
  if (!how_.limit || given_ < *how_.limit) {
    sink_.row(cells);
    ++given_;
  }
}

void Arranged::end() {
  std::stable_sort(kept_.begin(), kept_.end(), [&](const auto& a, const auto& b) {
    const Cell& x = a[column_];
    const Cell& y = b[column_];
    const bool is_known = !is_null(x) && !is_null(y);
    return is_descending_ && is_known ? is_before(y, x) : is_before(x, y);
  });
  for (const auto& cells : kept_) {
    hand_on(cells);
  }
  if (const auto total = totals_ ? totals_->row() : std::nullopt) {
    sink_.total(*total);
  }
  sink_.end();
}

}  // namespace fleetmeter::cli
