#include "api/check.hpp"

#include <string>

#include "api/meters.hpp"
#include "store/rollup_check.hpp"

namespace fleetmeter::api {

namespace {

using store::Checked;

template <class Row>
std::string name_of(const Row& row) {
  std::string name;
  for (const std::string& text : row.group) {
    name += (name.empty() ? "" : ", ") + text;
  }
  return name;
}

/// lo <= point <= hi in every row, and the rows sum to the total.
template <class Row>
Checked check_rows(const std::vector<Row>& rows, const Row& total, Int128 Row::*point,
                   Int128 Row::*lo, Int128 Row::*hi) {
  Checked checked;
  Int128 sum = 0;
  for (const Row& row : rows) {
    ++checked.count;
    sum += row.*point;
    if (checked.first.empty() && (row.*lo > row.*point || row.*point > row.*hi)) {
      checked.first = name_of(row) + ": " + to_text(row.*point) + " is not between " +
                      to_text(row.*lo) + " and " + to_text(row.*hi);
    }
  }
  if (checked.first.empty() && sum != total.*point) {
    checked.first = "the parts sum to " + to_text(sum) + ", the whole is " + to_text(total.*point);
  }
  return checked;
}

Question by(std::vector<GroupBy> groups) {
  Question question;
  question.by = std::move(groups);
  return question;
}

}  // namespace

Table ask_check(SQLite::Database& db, store::Reader& reader) {
  Table table;
  table.names = {"check", "status", "rows", "first_difference"};
  const auto add = [&](const char* name, const Checked& checked) {
    table.rows.push_back({std::string(name), std::string(checked.first.empty() ? "ok" : "differs"),
                          checked.count,
                          checked.first.empty() ? Cell(nullptr) : Cell(checked.first)});
  };
  add("integrity", store::check_integrity(db));
  add("control_totals", store::check_control_totals(db));
  const store::RollupCheck rollups(db, reader);
  add("processes", rollups.processes());
  add("process_meters", rollups.process_meters());
  add("rollups", rollups.rollups());
  add("gaps", rollups.gaps());
  add("sightings", store::check_sightings(db, reader));
  const Question parts = by({GroupBy::app, GroupBy::deployment, GroupBy::region, GroupBy::day});
  add("billing_laws", check_rows(ask_billing(parts, reader), ask_billing({}, reader).front(),
                                 &BillingRow::billable_ms, &BillingRow::billable_ms_lo,
                                 &BillingRow::billable_ms_hi));
  add("egress_laws", check_rows(ask_egress(parts, reader), ask_egress({}, reader).front(),
                                &EgressRow::egress_bytes, &EgressRow::egress_bytes_lo,
                                &EgressRow::egress_bytes_hi));
  return table;
}

}  // namespace fleetmeter::api
