#include "api/check.hpp"

#include <optional>
#include <string>

#include "ask/meters.hpp"
#include "fleetmeter/error.hpp"
#include "settle/money_check.hpp"
#include "store/rollup_check.hpp"
#include "store/store_check.hpp"

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

namespace {

/// The rows of the answer. What cannot be compared, because the store is too damaged to be read, is
/// a finding too.
class Findings {
 public:
  Findings() { table_.names = {"check", "status", "rows", "first_difference"}; }

  template <class Compare>
  void add(const char* name, const Compare& compare) {
    const Checked checked = attempt(compare);
    table_.rows.push_back({std::string(name), std::string(checked.first.empty() ? "ok" : "differs"),
                           checked.count,
                           checked.first.empty() ? Cell(nullptr) : Cell(checked.first)});
  }
  [[nodiscard]] Table take() { return std::move(table_); }

 private:
  template <class Compare>
  static Checked attempt(const Compare& compare) {
    try {
      return compare();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::foreign_store) {
        throw;
      }
      return {0, error.what()};
    }
  }

  Table table_;
};

/// What is kept for speed, all of it found on one way through the observations.
void add_rollups(SQLite::Database& db, store::Reader& reader, Findings& findings) {
  std::optional<store::RollupCheck> rollups;
  const auto of = [&](const Checked& (store::RollupCheck::*part)() const) {
    return [&rollups, &db, &reader, part] {
      if (!rollups) {
        rollups.emplace(db, reader);
      }
      return ((*rollups).*part)();
    };
  };
  findings.add("processes", of(&store::RollupCheck::processes));
  findings.add("process_meters", of(&store::RollupCheck::process_meters));
  findings.add("rollups", of(&store::RollupCheck::rollups));
  findings.add("gaps", of(&store::RollupCheck::gaps));
}

/// The sums of the parts are the whole, and bounds hold what they bound.
void add_laws(store::Reader& reader, Findings& findings) {
  const Question parts = by({GroupBy::app, GroupBy::deployment, GroupBy::region, GroupBy::day});
  findings.add("billing_laws", [&] {
    return check_rows(ask::billing(parts, reader), ask::billing({}, reader).front(),
                      &BillingRow::billable_ms, &BillingRow::billable_ms_lo,
                      &BillingRow::billable_ms_hi);
  });
  findings.add("egress_laws", [&] {
    return check_rows(ask::egress(parts, reader), ask::egress({}, reader).front(),
                      &EgressRow::egress_bytes, &EgressRow::egress_bytes_lo,
                      &EgressRow::egress_bytes_hi);
  });
}

}  // namespace

Table check(SQLite::Database& db, store::Reader& reader) {
  Findings findings;
  findings.add("integrity", [&] { return store::check_integrity(db); });
  findings.add("schema", [&] { return store::check_schema(db); });
  findings.add("references", [&] { return store::check_references(db); });
  findings.add("control_totals", [&] { return store::check_control_totals(db); });
  add_rollups(db, reader, findings);
  findings.add("span", [&] { return store::check_span(db); });
  findings.add("sightings", [&] { return store::check_sightings(db, reader); });
  findings.add("money", [&] { return settle::check_money(db); });
  add_laws(reader, findings);
  return findings.take();
}

}  // namespace fleetmeter::api
