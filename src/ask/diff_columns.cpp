// The columns of what changed between two states of knowledge.

#include <algorithm>

#include "fleetmeter/diff.hpp"

namespace fleetmeter {

namespace {

/// What a number is called after `from_`, `to_` or `change_`, and where it is.
struct Number {
  const char* name;
  Int128 (*of)(const Measured& measured);
};

constexpr Number kNumbers[]{
    {"billable_ms", [](const Measured& m) { return m.billable_ms.point; }},
    {"billable_ms_lo", [](const Measured& m) { return m.billable_ms.lo; }},
    {"billable_ms_hi", [](const Measured& m) { return m.billable_ms.hi; }},
    {"egress_bytes", [](const Measured& m) { return m.egress_bytes.point; }},
    {"egress_bytes_lo", [](const Measured& m) { return m.egress_bytes.lo; }},
    {"egress_bytes_hi", [](const Measured& m) { return m.egress_bytes.hi; }},
    {"open_processes", [](const Measured& m) { return Int128{m.open_processes}; }},
    {"unmetered_processes", [](const Measured& m) { return Int128{m.unmetered_processes}; }}};

std::vector<std::string> names_of(const std::vector<GroupBy>& by) {
  std::vector<std::string> names;
  for (const GroupBy one : by) {
    names.emplace_back(column_name(one));
  }
  return names;
}

void add_names(std::vector<std::string>& names) {
  for (const Number& number : kNumbers) {
    for (const char* side : {"from_", "to_", "change_"}) {
      names.push_back(std::string(side) + number.name);
    }
  }
}

void add_cells(const Change& change, std::vector<Cell>& cells) {
  for (const Number& number : kNumbers) {
    const Int128 from = number.of(change.from);
    const Int128 to = number.of(change.to);
    cells.insert(cells.end(), {Cell(from), Cell(to), Cell(to - from)});
  }
}

}  // namespace

const char* cause_name(ChangeCause cause) {
  switch (cause) {
    case ChangeCause::new_process:
      return "new_process";
    case ChangeCause::corrected_time:
      return "corrected_time";
    case ChangeCause::new_final:
      return "new_final";
    case ChangeCause::gone:
      return "gone";
    case ChangeCause::restatement:
      return "restatement";
    case ChangeCause::late_snapshot:
      return "late_snapshot";
    case ChangeCause::as_of:
      break;
  }
  return "as_of";
}

void give_rows(const Difference& difference, RowSink& sink) {
  std::vector<std::string> names = names_of(difference.by);
  add_names(names);
  sink.columns(names);
  for (const ChangedGroup& row : difference.rows) {
    std::vector<Cell> cells(row.group.begin(), row.group.end());
    add_cells(row.change, cells);
    sink.row(cells);
  }
  sink.end();
}

void give_processes(const Difference& difference, RowSink& sink) {
  std::vector<std::string> names = names_of(difference.by);
  const bool by_process = std::find(difference.by.begin(), difference.by.end(), GroupBy::process) !=
                          difference.by.end();
  if (!by_process) {
    names.emplace_back("process_id");
  }
  names.insert(names.end(),
               {"cause", "evidence", "snapshot_seq", "source", "byte_offset", "byte_length"});
  add_names(names);
  sink.columns(names);
  for (const ChangedProcess& row : difference.processes) {
    std::vector<Cell> cells(row.group.begin(), row.group.end());
    if (!by_process) {
      cells.emplace_back(row.process_id);
    }
    cells.insert(cells.end(), {Cell(std::string(cause_name(row.cause))), Cell(row.evidence)});
    if (row.from) {
      cells.insert(cells.end(), {Cell(row.from->snapshot_seq), Cell(row.from->source),
                                 Cell(row.from->byte_offset), Cell(row.from->byte_length)});
    } else {
      cells.insert(cells.end(), 4, Cell(nullptr));
    }
    add_cells(row.change, cells);
    sink.row(cells);
  }
  sink.end();
}

void give_causes(const Difference& difference, RowSink& sink) {
  std::vector<std::string> names{"cause", "processes"};
  add_names(names);
  sink.columns(names);
  for (const CauseOfChange& row : difference.causes) {
    std::vector<Cell> cells{Cell(std::string(cause_name(row.cause))), Cell(row.processes)};
    add_cells(row.change, cells);
    sink.row(cells);
  }
  sink.end();
}

}  // namespace fleetmeter
