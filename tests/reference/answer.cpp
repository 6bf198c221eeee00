#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "billing.hpp"
#include "civil.hpp"
#include "egress.hpp"
#include "process.hpp"
#include "reference.hpp"

namespace fleetmeter::reference {
namespace {

/// One window of the answer, with the starts of the hour, day and month it belongs to.
struct Cell {
  Window window;
  std::map<std::string, CivilStart> civil;  // by "hour", "day", "month"
};

/// A grouping value: time columns sort by time, the others as bytes.
using Key = std::vector<std::pair<Millis, std::string>>;

/// The measures of one row in the order of the columns.
using Measures = std::vector<Wide>;

/// The measures of one process in one window.
using Measure = std::vector<Wide> (*)(const Process&, const Counter&, const Assumptions&,
                                      const Window&);

/// "as_of: default the greatest observed_at in the store; never the wall clock."
std::optional<Millis> as_of(const Archive& archive, const Question& question) {
  if (question.as_of_ms) {
    return question.as_of_ms;
  }
  std::optional<Millis> latest;
  for (const Millis instant : archive.snapshot_instants()) {
    latest = std::max(instant, latest.value_or(instant));
  }
  return latest;
}

/// "A question without bounds runs from 1 ms before the earliest startingAt, startedAt or
/// observed_at in the store to A."
Millis earliest_bound(const Archive& archive, Millis none) {
  std::optional<Millis> earliest;
  for (const Millis observed_at_ms : archive.snapshot_instants()) {
    earliest = std::min(observed_at_ms, earliest.value_or(observed_at_ms));
  }
  for (const Observation& seen : archive.observations()) {
    for (const std::optional<Millis>& t : {seen.record.starting_at_ms, seen.record.started_at_ms}) {
      if (t) {
        earliest = std::min(*t, earliest.value_or(*t));
      }
    }
  }
  return earliest ? *earliest - 1 : none;
}

/// The asked window, clipped: "to = min(to, A)".
Window asked_window(const Archive& archive, const Question& question, Millis as_of) {
  if (question.day) {
    const Window day = day_window(question.tz, *question.day);
    return {day.from, std::min(day.to, as_of)};
  }
  if (question.month) {
    const Window month = month_window(question.tz, *question.month);
    return {month.from, std::min(month.to, as_of)};
  }
  if (question.from_ms && question.to_ms && *question.from_ms >= *question.to_ms) {
    throw Error("the window is empty: from is not before to");
  }
  return {question.from_ms.value_or(earliest_bound(archive, as_of)),
          std::min(question.to_ms.value_or(as_of), as_of)};
}

std::vector<CivilStart> starts_of(const std::string& unit, const Question& question,
                                  const Window& window) {
  return unit == "hour"  ? hour_starts(question.tz, window.from, window.to)
         : unit == "day" ? day_starts(question.tz, window.from, window.to)
                         : month_starts(question.tz, window.from, window.to);
}

/// The last start at or before t; the look-back of the starts sees to it that there is one.
CivilStart start_in_force(const std::vector<CivilStart>& starts, Millis t) {
  const auto after =
      std::upper_bound(starts.begin(), starts.end(), t,
                       [](Millis instant, const CivilStart& start) { return instant < start.at; });
  return after == starts.begin() ? CivilStart{} : *std::prev(after);
}

/// The asked window, cut at every start of every time unit of --by.
std::vector<Cell> cells_of(const Question& question, const Window& whole) {
  if (whole.from >= whole.to) {
    return {};
  }
  std::map<std::string, std::vector<CivilStart>> starts;
  std::set<Millis> cuts = {whole.from, whole.to};
  for (const std::string& column : question.by) {
    if (column == "month" || column == "day" || column == "hour") {
      starts[column] = starts_of(column, question, whole);
      for (const CivilStart& start : starts[column]) {
        if (start.at > whole.from && start.at < whole.to) {
          cuts.insert(start.at);
        }
      }
    }
  }
  std::vector<Cell> cells;
  for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
    Cell cell{{*cut, *std::next(cut)}, {}};
    for (const auto& [unit, of_unit] : starts) {
      cell.civil[unit] = start_in_force(of_unit, *cut);
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

std::string attribute(const Process& process, const std::string& column) {
  return column == "app"          ? process.app_id.value_or("")
         : column == "deployment" ? process.deployment_id.value_or("")
         : column == "region"     ? process.region.value_or("")
                                  : process.process_id;
}

Key key_of(const Question& question, const Process& process, const Cell& cell) {
  Key key;
  for (const std::string& column : question.by) {
    const auto civil = cell.civil.find(column);
    if (civil != cell.civil.end()) {
      key.emplace_back(civil->second.at, civil->second.label);
    } else {
      key.emplace_back(0, attribute(process, column));
    }
  }
  return key;
}

bool passes(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool is_asked_for(const Question& question, const Process& process) {
  return passes(question.apps, attribute(process, "app")) &&
         passes(question.regions, attribute(process, "region")) &&
         passes(question.deployments, attribute(process, "deployment")) &&
         passes(question.processes, process.process_id);
}

/// processes, billable_ms, billable_ms_lo, billable_ms_hi
Measures billing_measures(const Process& process, const Counter&, const Assumptions& assumptions,
                          const Window& window) {
  const Billable intervals = billable(process, assumptions);
  const Wide hi = overlap(intervals.hi, window);
  return {hi > 0 ? 1 : 0, overlap(intervals.point, window), overlap(intervals.lo, window), hi};
}

/// processes, egress_bytes, egress_bytes_lo, egress_bytes_hi, open_processes, unmetered_processes
Measures egress_measures(const Process& process, const Counter& counter,
                         const Assumptions& assumptions, const Window& window) {
  const Millis death = death_bound(process, assumptions);
  // Rule 7: "A process without any egressedBytes is unmetered: it adds 0 and is counted."
  if (counter.readings.empty()) {
    return {0, 0, 0, 0, 0, is_alive_in(process, death, window) ? 1 : 0};
  }
  const auto [a, b] = window;
  // "A window is a difference, E[a,b) = G(b) − G(a)."
  const Wide point = used_before(counter, b) - used_before(counter, a);
  // Rule 6: "lo = max(0, L(b) − U(a)), hi = U(b) − L(a)".
  const Wide lo = std::max<Wide>(0, least_used(counter, b) - most_used(counter, a));
  const Wide hi = most_used(counter, b) - least_used(counter, a);
  const bool open = is_open(counter, death, window);
  // "A process counts in a row's `processes` when its hi there is greater than 0, or it is open."
  return {hi > 0 || open ? 1 : 0, point, lo, hi, open ? 1 : 0, 0};
}

/// A row collects its measures; a process counts once in a row, however many cells it spans.
using Rows = std::map<Key, Measures>;

Rows rows_of(const Archive& archive, const Question& question, Measure measure, std::size_t width) {
  Rows rows;
  if (question.by.empty()) {
    rows[{}] = Measures(width, 0);
  }
  const std::optional<Millis> now = as_of(archive, question);
  if (!now) {
    return rows;
  }
  const Assumptions assumptions{*now, question.grace_ms, question.max_lifespan_ms,
                                question.trusts_absence};
  const std::vector<Cell> cells = cells_of(question, asked_window(archive, question, *now));
  for (const Process& process : processes_of(archive)) {
    if (!is_asked_for(question, process)) {
      continue;
    }
    const Counter counter = counter_of(process, assumptions);
    for (const Cell& cell : cells) {
      const Measures added = measure(process, counter, assumptions, cell.window);
      // "Rows that are all zero are left out."
      if (std::count(added.begin(), added.end(), 0) == static_cast<std::ptrdiff_t>(width)) {
        continue;
      }
      Measures& row = rows.try_emplace(key_of(question, process, cell), width, 0).first->second;
      for (std::size_t i = 0; i < width; ++i) {
        row[i] += added[i];
      }
    }
  }
  return rows;
}

std::string digits(Wide value) {
  std::string text;
  const bool negative = value < 0;
  do {
    const auto digit = static_cast<int>(value % 10);
    text.insert(text.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    value /= 10;
  } while (value != 0);
  return negative ? "-" + text : text;
}

/// RFC 4180: only what needs quotes gets them.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + '"';
}

std::string header(const Question& question, const std::string& measures) {
  static const std::map<std::string, std::string> columns = {
      {"month", "month"},       {"day", "day"},       {"hour", "hour"},
      {"app", "app_id"},        {"region", "region"}, {"deployment", "deployment_id"},
      {"process", "process_id"}};
  std::string line;
  std::set<std::string> seen;
  for (const std::string& column : question.by) {
    const auto name = columns.find(column);
    if (name == columns.end() || !seen.insert(column).second) {
      throw Error("not a grouping column, or given twice: " + column);
    }
    line += name->second + ",";
  }
  return line + measures + "\n";
}

std::string csv(const std::string& header_line, const Rows& rows) {
  std::string out = header_line;
  for (const auto& [key, measures] : rows) {
    for (const auto& [at, label] : key) {
      out += csv_field(label) + ",";
    }
    for (std::size_t i = 0; i < measures.size(); ++i) {
      out += (i == 0 ? "" : ",") + digits(measures[i]);
    }
    out += "\n";
  }
  return out;
}

}  // namespace

std::string billing_csv(const Archive& archive, const Question& question) {
  const std::string line = header(question, "processes,billable_ms,billable_ms_lo,billable_ms_hi");
  return csv(line, rows_of(archive, question, billing_measures, 4));
}

std::string egress_csv(const Archive& archive, const Question& question) {
  const std::string line = header(question,
                                  "processes,egress_bytes,egress_bytes_lo,egress_bytes_hi,"
                                  "open_processes,unmetered_processes");
  return csv(line, rows_of(archive, question, egress_measures, 6));
}

}  // namespace fleetmeter::reference
