#include "settle/compare.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "ask/evidence.hpp"
#include "ask/meters.hpp"
#include "ask/window.hpp"
#include "base/ratio.hpp"
#include "base/said_period.hpp"
#include "decode/byte_source.hpp"
#include "decode/json_tree.hpp"
#include "decode/money_fields.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "reconcile/line_check.hpp"
#include "reconcile/units.hpp"

namespace fleetmeter::settle {

namespace {

using base::Ratio;
using Status = ComparedCell::Status;

constexpr int kMeteredDigits = 6;
constexpr std::int64_t kHour_ms = 3'600'000;
constexpr std::int64_t kGigabyte = 1'000'000'000;
constexpr std::size_t kMostBytes = 64 * 1024 * 1024;

/// A column that holds a quantity: so many hours, or gigabytes, is one of it.
struct Measured {
  std::string name;
  bool is_time = false;
  Ratio unit;  ///< in ms, or in bytes
};

std::string read_file(const std::string& path) {
  const auto source = decode::open_source(path);
  std::string bytes;
  std::array<char, 64 * 1024> piece{};
  while (const std::size_t size = source->read(piece.data(), piece.size())) {
    bytes.append(piece.data(), size);
    if (bytes.size() > kMostBytes) {
      throw Error(ErrorKind::data, path + ": over 64 MiB: not a table to compare");
    }
  }
  return bytes;
}

struct GroupColumn {
  const char* name;
  GroupBy by;
};
constexpr std::array<GroupColumn, 12> kGroupColumns{{{"month", GroupBy::month},
                                                     {"day", GroupBy::day},
                                                     {"date", GroupBy::day},
                                                     {"hour", GroupBy::hour},
                                                     {"app", GroupBy::app},
                                                     {"app_id", GroupBy::app},
                                                     {"deployment", GroupBy::deployment},
                                                     {"deployment_id", GroupBy::deployment},
                                                     {"region", GroupBy::region},
                                                     {"process", GroupBy::process},
                                                     {"process_id", GroupBy::process},
                                                     {"server_region", GroupBy::region}}};

std::optional<GroupBy> group_in(const std::string& name) {
  for (const GroupColumn& known : kGroupColumns) {
    if (decode::is_same_column(name, known.name)) {
      return known.by;
    }
  }
  return std::nullopt;
}

std::vector<std::string> group_columns() {
  std::vector<std::string> names;
  for (const GroupColumn& known : kGroupColumns) {
    names.emplace_back(known.name);
  }
  return names;
}

/// `billable_ms`, `hours`, `egress GB`: what the name says of its unit.
std::optional<Measured> measured_in(const std::string& name) {
  if (const auto hours = reconcile::factor(name, reconcile::Measure::active_hour)) {
    return Measured{name, true, *hours * Ratio(kHour_ms)};
  }
  if (const auto gigabytes = reconcile::factor(name, reconcile::Measure::gb)) {
    return Measured{name, false, *gigabytes * Ratio(kGigabyte)};
  }
  return std::nullopt;
}

/// Somebody's table: which of its columns are groups and which are quantities, and its rows.
class Theirs {
 public:
  Theirs(const std::string& path, ComparedTable& to) : path_(path), to_(to) {
    const std::string text = read_file(path);
    try {
      table_ = decode::read_csv(text);
    } catch (const Error& error) {
      throw Error(error.kind(), printable(path) + ": " + error.what());
    }
    if (table_.items.empty()) {
      throw Error(ErrorKind::data, path + ": no rows to compare");
    }
    for (const auto& [name, value] : table_.items.front().members) {
      take_column(name);
    }
    if (measured_.empty()) {
      throw Error(ErrorKind::data,
                  path + ": no column is a quantity, such as hours, billable_ms, bytes or GB");
    }
    to_.question.by = by_;
    const base::Zone zone(to_.question.tz);
    for (const decode::JsonTree& row : table_.items) {
      std::vector<std::string>& group = groups_.emplace_back();
      windows_.emplace_back();
      for (std::size_t i = 0; i < by_.size(); ++i) {
        group.push_back(group_of(row, i, zone));
      }
    }
  }

  /// Sets the window to the months, days or hours that the table names, where the user named none.
  void bound(Question& question) const {
    if (question.from_ms || question.to_ms || !window_) {
      return;
    }
    question.from_ms = window_->from_ms;
    question.to_ms = window_->to_ms;
  }

  [[nodiscard]] const std::vector<Measured>& measured() const { return measured_; }
  [[nodiscard]] const std::vector<std::string>& group(std::size_t row) const {
    return groups_[row];
  }

  /// Whether the time that a row is about, all of it or a month, a day or an hour, holds part of a
  /// span.
  [[nodiscard]] bool overlaps(std::size_t row, const std::vector<meter::Window>& spans) const {
    const std::optional<meter::Window>& own = windows_[row];
    return std::any_of(spans.begin(), spans.end(), [&](const meter::Window& span) {
      return !own || (span.from_ms < own->to_ms && span.to_ms > own->from_ms);
    });
  }
  [[nodiscard]] bool is_by_process() const {
    return std::find(by_.begin(), by_.end(), GroupBy::process) != by_.end();
  }

  /// Calls `use(row, line, measured, value)` for every cell that is a quantity.
  template <class Use>
  void each_cell(Use&& use) const {
    for (std::size_t i = 0; i < table_.items.size(); ++i) {
      const decode::JsonTree& row = table_.items[i];
      std::vector<decode::Problem> problems;
      for (const Measured& one : measured_) {
        decode::MoneyFields fields(row, "", problems);
        const std::optional<Decimal> value = fields.decimal({one.name});
        if (!problems.empty()) {
          throw Error(ErrorKind::data,
                      path_ + ": " + problems.front().place + ": " + problems.front().reason);
        }
        if (value) {
          use(i, line_of(row), one, *value);
        }
      }
    }
  }

 private:
  void take_column(const std::string& name) {
    if (const auto by = group_in(name)) {
      if (std::find(by_.begin(), by_.end(), *by) != by_.end()) {
        throw Error(ErrorKind::data,
                    path_ + ": two columns say the same (" + printable(name) + ")");
      }
      by_.push_back(*by);
      names_.push_back(name);
    } else if (const auto measured = measured_in(name)) {
      measured_.push_back(*measured);
    } else {
      to_.remarks.push_back("column " + printable(name) +
                            " is not compared: it is neither a group nor time or bytes in a unit" +
                            did_you_mean(name, group_columns()));
    }
  }

  /// The group of a row as answers write it, and the window with it.
  std::string group_of(const decode::JsonTree& row, std::size_t no, const base::Zone& zone) {
    std::string text = text_of(row, names_[no]);
    if (!ask::is_time(by_[no])) {
      return text;
    }
    const auto unit = by_[no] == GroupBy::month ? base::CivilUnit::month
                      : by_[no] == GroupBy::day ? base::CivilUnit::day
                                                : base::CivilUnit::hour;
    const auto period = base::said_period(unit, text, zone);
    if (!period) {
      throw Error(ErrorKind::data,
                  path_ + ": " + row.text + ": " + printable(names_[no]) + ": not " +
                      (unit == base::CivilUnit::month ? "a month like 2024-11"
                       : unit == base::CivilUnit::day ? "a day like 2024-11-03"
                                                      : "an hour like 2024-11-03T05:00:00Z") +
                      " (" + printable(text) + ")");
    }
    const meter::Window said{period->start_ms, period->end_ms};
    std::optional<meter::Window>& own = windows_.back();
    own =
        own ? meter::Window{std::max(own->from_ms, said.from_ms), std::min(own->to_ms, said.to_ms)}
            : said;
    window_ = window_.value_or(said);
    window_->from_ms = std::min(window_->from_ms, period->start_ms);
    window_->to_ms = std::max(window_->to_ms, period->end_ms);
    return period->label;
  }

  [[nodiscard]] static std::string text_of(const decode::JsonTree& row, const std::string& name) {
    const decode::JsonTree* const cell = row.find(name);
    return cell == nullptr ? "" : cell->text;
  }

  /// A row of a CSV says where it stands: `line 3`.
  [[nodiscard]] static std::int64_t line_of(const decode::JsonTree& row) {
    std::int64_t line = 0;
    for (const char c : row.text) {
      if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
        line = line * 10 + (c - '0');
      }
    }
    return line;
  }

  const std::string& path_;
  ComparedTable& to_;
  decode::JsonTree table_;
  std::vector<GroupBy> by_;
  std::vector<std::string> names_;                     ///< of the columns that are groups
  std::vector<std::vector<std::string>> groups_;       ///< of each row, as answers write them
  std::vector<std::optional<meter::Window>> windows_;  ///< of each row, where it names a period
  std::optional<meter::Window> window_;                ///< of all periods that are named
  std::vector<Measured> measured_;
};

/// What was metered of one group.
struct Metered {
  Bounded<Int128> ms;
  Bounded<Int128> bytes;
  bool is_open = false;  ///< nothing bounds its bytes
};

std::map<std::vector<std::string>, Metered> metered_by(const Question& question,
                                                       store::Reader& reader) {
  std::map<std::vector<std::string>, Metered> all;
  for (const BillingRow& row : ask::billing(question, reader)) {
    all[row.group].ms = row.billable_ms;
  }
  for (const EgressRow& row : ask::egress(question, reader)) {
    Metered& one = all[row.group];
    one.bytes = row.egress_bytes;
    one.is_open = row.open_processes + row.unmetered_processes > 0;
  }
  return all;
}

/// A cell of a table, and what it says about it.
ComparedCell cell_of(const std::vector<std::string>& group, const Measured& measured,
                     const std::optional<Decimal>& value, const Metered& known) {
  const Bounded<Int128>& exact = measured.is_time ? known.ms : known.bytes;
  const auto in_unit = [&](Int128 of) { return Ratio(of) / measured.unit; };
  ComparedCell cell;
  cell.group = group;
  cell.column = measured.name;
  cell.value = value;
  cell.metered = {in_unit(exact.point).round(kMeteredDigits),
                  in_unit(exact.lo).round(kMeteredDigits), in_unit(exact.hi).round(kMeteredDigits)};
  if (!value) {
    cell.status = Status::missing;
    cell.off = {-cell.metered.lo.digits(), cell.metered.lo.scale()};
    return cell;
  }
  // Whole milliseconds and bytes are exact; what else was printed was rounded in its last place.
  const bool is_exact = measured.unit == Ratio(1) && value->scale() == 0;
  const bool is_whole = value->scale() == 0 && value->digits() != 0;
  const Ratio error = is_exact   ? Ratio()
                      : is_whole ? Ratio(1, 2)
                                 : reconcile::printed_error(*value);
  const Ratio written(*value);
  const Ratio above = written - in_unit(exact.hi);
  const Ratio below = written - in_unit(exact.lo);
  const auto is_clear = [&](const Ratio& off) { return off > error; };
  if (above > Ratio() && is_clear(above)) {
    cell.status = !measured.is_time && known.is_open ? Status::open : Status::above;
    cell.off = above.round(kMeteredDigits);
  } else if (below < Ratio() && is_clear(Ratio() - below)) {
    cell.status = Status::below;
    cell.off = below.round(kMeteredDigits);
  }
  return cell;
}

}  // namespace

ComparedTable compare(const std::string& path, const Question& question, store::Reader& reader) {
  ComparedTable table;
  table.question = question;
  const Theirs theirs(path, table);
  theirs.bound(table.question);
  std::map<std::vector<std::string>, Metered> known = metered_by(table.question, reader);
  const std::vector<meter::Window> unseen = ask::unseen_or_to_come(table.question, reader);
  bool is_unseen = false;  // something that is above
  std::set<std::pair<std::vector<std::string>, std::string>> told;
  theirs.each_cell([&](std::size_t row, std::int64_t line, const Measured& measured,
                       const Decimal& value) {
    const std::vector<std::string>& group = theirs.group(row);
    const auto found = known.find(group);
    ComparedCell cell =
        cell_of(group, measured, value, found == known.end() ? Metered{} : found->second);
    // One process that was seen is no more for those that were not.
    const bool is_one_process = theirs.is_by_process() && found != known.end();
    is_unseen = is_unseen ||
                (cell.status == Status::above && !is_one_process && theirs.overlaps(row, unseen));
    cell.line = line;
    if (!told.emplace(group, measured.name).second) {
      cell.status = Status::repeated;
      cell.off = value;
    }
    table.cells.push_back(std::move(cell));
  });
  for (const auto& [group, metered] : known) {
    for (const Measured& measured : theirs.measured()) {
      const bool is_certain = (measured.is_time ? metered.ms.lo : metered.bytes.lo) > 0;
      if (is_certain && !told.contains({group, measured.name})) {
        table.cells.push_back(cell_of(group, measured, std::nullopt, metered));
      }
    }
  }
  if (is_unseen) {
    table.remarks.push_back(
        "what is above was not seen, and more may have run than anybody saw: of that time it is no "
        "proof against whoever counted (coverage tells when nobody looked)");
  }
  table.agrees = std::all_of(table.cells.begin(), table.cells.end(), [](const ComparedCell& cell) {
    return cell.status == Status::inside || cell.status == Status::open;
  });
  return table;
}

}  // namespace fleetmeter::settle
