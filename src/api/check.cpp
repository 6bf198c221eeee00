#include "api/check.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "ask/meters.hpp"
#include "fleetmeter/error.hpp"
#include "seal/verify.hpp"
#include "settle/money_check.hpp"
#include "store/connection.hpp"
#include "store/control_sums.hpp"
#include "store/list_check.hpp"
#include "store/rollup_check.hpp"
#include "store/span_check.hpp"
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
Checked check_rows(const std::vector<Row>& rows, const Row& total, Bounded<Int128> Row::*value) {
  Checked checked;
  Int128 sum = 0;
  for (const Row& row : rows) {
    const Bounded<Int128>& one = row.*value;
    ++checked.count;
    sum += one.point;
    if (checked.first.empty() && (one.lo > one.point || one.point > one.hi)) {
      checked.first = name_of(row) + ": " + to_text(one.point) + " is not between " +
                      to_text(one.lo) + " and " + to_text(one.hi);
    }
  }
  const Int128 whole = (total.*value).point;
  if (checked.first.empty() && sum != whole) {
    checked.first = "the parts sum to " + to_text(sum) + ", the whole is " + to_text(whole);
  }
  return checked;
}

Question by(std::vector<GroupBy> groups) {
  Question question;
  question.by = std::move(groups);
  return question;
}

/// The rows of the answer. What cannot be compared, because the store is too damaged to be read, is
/// a finding too.
class Findings {
 public:
  template <class Compare>
  void add(const char* name, const Compare& compare) {
    const Checked checked = attempt(compare);
    Finding& found = findings_.emplace_back();
    found.check = name;
    found.rows = checked.count;
    if (!checked.first.empty()) {
      found.status = Finding::Status::differs;
      found.first_difference = checked.first;
    }
  }
  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }

 private:
  template <class Compare>
  [[nodiscard]] static Checked attempt(const Compare& compare) {
    try {
      return store::guarded("the store", compare);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::foreign_store) {
        throw;
      }
      return {0, error.what()};
    }
  }

  std::vector<Finding> findings_;
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

/// The sums of the parts are the whole, and bounds hold what they bound. Where observations were
/// moved to files, that is asked of the time from which on none of them is needed.
void add_laws(store::Reader& reader, Findings& findings) {
  Question parts = by({GroupBy::app, GroupBy::deployment, GroupBy::region, GroupBy::day});
  Question whole;
  parts.from_ms = whole.from_ms = reader.pruned().before_ms();
  findings.add("billing_laws", [&] {
    return check_rows(ask::billing(parts, reader), ask::billing(whole, reader).front(),
                      &BillingRow::billable_ms);
  });
  findings.add("egress_laws", [&] {
    return check_rows(ask::egress(parts, reader), ask::egress(whole, reader).front(),
                      &EgressRow::egress_bytes);
  });
}

}  // namespace

std::vector<Finding> check(SQLite::Database& db, store::Reader& reader) {
  Findings findings;
  findings.add("integrity", [&] { return store::check_integrity(db); });
  findings.add("schema", [&] { return store::check_schema(db); });
  findings.add("references", [&] { return store::check_references(db); });
  findings.add("control_totals", [&] { return store::check_control_totals(db); });
  findings.add("control_sums", [&] { return store::check_control_sums(db); });
  findings.add("pruned", [&] { return store::check_pruned(db); });
  add_rollups(db, reader, findings);
  findings.add("touches", [&] { return store::check_touches(db); });
  findings.add("last_said", [&] { return store::check_last_said(db); });
  findings.add("blocks", [&] { return store::check_blocks(db); });
  findings.add("spans", [&] { return store::check_spans(db); });
  findings.add("room_spans", [&] { return store::check_room_spans(db); });
  findings.add("span", [&] { return store::check_span(db); });
  findings.add("sightings", [&] { return store::check_sightings(db, reader); });
  findings.add("lists", [&] { return store::check_lists(db, reader); });
  findings.add("money", [&] { return settle::check_money(db); });
  findings.add("seals", [&] { return seal::check_seals(db); });
  add_laws(reader, findings);
  return findings.take();
}

}  // namespace fleetmeter::api

namespace fleetmeter {

bool is_sound(const std::vector<Finding>& findings) {
  return std::all_of(findings.begin(), findings.end(),
                     [](const Finding& one) { return one.status == Finding::Status::ok; });
}

const std::vector<Column<Finding>>& Finding::columns() {
  using Row = Finding;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::check>{"check", "what was compared"},
      {"status", "ok or differs",
       [](const Row& row) -> Cell {
         return std::string(row.status == Status::ok ? "ok" : "differs");
       }},
      Field<&Row::rows>{"rows", "how many were compared"},
      Field<&Row::first_difference>{"first_difference", "a sentence; empty when there is none"},
  };
  return kColumns;
}

}  // namespace fleetmeter
