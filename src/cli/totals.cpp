#include "cli/totals.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "cli/cells.hpp"

namespace fleetmeter::cli {

namespace {

/// A column whose values can be added up, by its name without `_lo` and `_hi`. A lower bound of a
/// sum is the sum of lower bounds, and an upper bound that of upper bounds.
struct Additive {
  std::string_view name;
  std::string_view unit;  ///< the column that says in what; "" when the name does
};

constexpr auto kAdditive = std::to_array<Additive>({
    {"adds", ""},
    {"adjustments", ""},
    {"amount", "currency"},
    {"amount_invoiced", "currency"},
    {"anomalies", ""},
    {"at_stake", "currency"},
    {"billable_ms", ""},
    {"bytes", ""},
    {"change", "unit"},
    {"duplicate", ""},
    {"egress_bytes", ""},
    {"from", "unit"},
    {"gap_ms", ""},
    {"gaps", ""},
    {"gaps_ms", ""},
    {"hole_ms", ""},
    {"holes", ""},
    {"idle_ms", ""},
    {"items", ""},
    {"lines", ""},
    {"made_good", ""},
    {"metered", "metered_unit"},
    {"new", ""},
    {"passed_over", ""},
    {"problems", ""},
    {"quantity", "unit"},
    {"rejected", ""},
    {"rejects", ""},
    {"restated", ""},
    {"room_ms", ""},
    {"rows", ""},
    {"set_aside", ""},
    {"snapshots", ""},
    {"to", "unit"},
    {"uncovered_ms", ""},
    {"unused_bytes", ""},
});

/// Counts of processes. A process stands in one row only, unless rows are of different times,
/// products or rooms.
constexpr auto kProcesses = std::to_array<std::string_view>(
    {"open", "open_processes", "orphan_processes", "processes", "undated_processes",
     "unlisted_processes", "unmetered", "unmetered_processes"});
constexpr auto kShared = std::to_array<std::string_view>(
    {"month", "day", "hour", "hour_at_ms", "product", "room_id", "cause"});

/// Columns that tell that rows are not parts of a whole: other ways of polling the same, days and
/// the months that they are in, stores that share processes beside the row of all.
constexpr auto kAlternatives =
    std::to_array<std::string_view>({"advice", "period", "shared_processes"});

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& all, std::string_view name) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

template <std::size_t size>
bool has_one_of(const std::array<std::string_view, size>& all,
                const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return is_one_of(all, name); });
}

/// `from_billable_ms_lo` without what says which side and which bound it is.
std::string_view core_of(std::string_view name) {
  if (name.ends_with("_lo") || name.ends_with("_hi")) {
    name.remove_suffix(3);
  }
  for (const std::string_view side : {"from_", "to_", "change_"}) {
    if (name.starts_with(side)) {
      return name.substr(side.size());
    }
  }
  return name;
}

std::optional<std::size_t> place_of(std::string_view name, const std::vector<std::string>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt
                              : std::optional(static_cast<std::size_t>(found - names.begin()));
}

/// Throws Error(usage) when the digits are too many to be exact.
Cell sum_of(const Cell& a, const Cell& b) {
  Decimal sum = exact_number(a).value_or(Decimal());
  sum += exact_number(b).value_or(Decimal());
  if (std::holds_alternative<Decimal>(a) || std::holds_alternative<Decimal>(b)) {
    return sum;
  }
  // What counts in 64 bits goes on to: the column keeps its kind.
  const bool is_small = std::holds_alternative<std::int64_t>(a) &&
                        std::holds_alternative<std::int64_t>(b) &&
                        sum.digits() >= std::numeric_limits<std::int64_t>::min() &&
                        sum.digits() <= std::numeric_limits<std::int64_t>::max();
  return is_small ? Cell(static_cast<std::int64_t>(sum.digits())) : Cell(sum.digits());
}

}  // namespace

Totals::Totals(const std::vector<std::string>& names) : sums_(names.size()) {
  const bool has_parts = !has_one_of(kAlternatives, names);
  for (std::size_t i = 0; i < names.size() && has_parts; ++i) {
    const std::string_view core = core_of(names[i]);
    const auto known = std::find_if(kAdditive.begin(), kAdditive.end(),
                                    [&](const Additive& one) { return one.name == core; });
    if (known != kAdditive.end()) {
      sums_[i].unit_column = place_of(known->unit, names);
      sums_[i].is_added = known->unit.empty() || sums_[i].unit_column;
    } else {
      sums_[i].is_added = is_one_of(kProcesses, core) && !has_one_of(kShared, names);
    }
  }
  if (std::none_of(sums_.begin(), sums_.end(), [](const Sum& sum) { return sum.is_added; })) {
    throw Error(ErrorKind::usage, "--total: no column of this answer can be added up");
  }
}

void Totals::add(const std::vector<Cell>& cells) {
  has_rows_ = true;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (sums_[i].is_added) {
      add_to(sums_[i], cells[i], cells);
    } else if (std::holds_alternative<std::string>(cells[i])) {
      label_ = std::min(label_.value_or(i), i);
    }
  }
}

void Totals::add_to(Sum& sum, const Cell& cell, const std::vector<Cell>& row) {
  if (!exact_number(cell)) {
    return;
  }
  if (sum.unit_column) {
    const Cell& unit = row[*sum.unit_column];
    sum.is_mixed = sum.is_mixed || (sum.unit && *sum.unit != unit);
    sum.unit = unit;
  }
  sum.value = std::holds_alternative<std::nullptr_t>(sum.value) ? cell : sum_of(sum.value, cell);
}

std::optional<std::vector<Cell>> Totals::row() const {
  if (!has_rows_) {
    return std::nullopt;
  }
  std::vector<Cell> cells;
  for (const Sum& sum : sums_) {
    cells.push_back(sum.is_mixed ? Cell(nullptr) : sum.value);
  }
  for (const Sum& sum : sums_) {
    if (sum.unit_column && sum.unit && !sum.is_mixed) {
      cells[*sum.unit_column] = *sum.unit;
    }
  }
  // Without a text among them, the first that is not added up says it.
  const auto unadded =
      std::find_if(sums_.begin(), sums_.end(), [](const Sum& sum) { return !sum.is_added; });
  if (label_ || unadded != sums_.end()) {
    cells[label_.value_or(static_cast<std::size_t>(unadded - sums_.begin()))] =
        std::string("total");
  }
  return cells;
}

}  // namespace fleetmeter::cli
