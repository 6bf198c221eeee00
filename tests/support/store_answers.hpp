#pragma once

// What stores answer, as one text, to be compared with what others answer.

#include <sstream>
#include <string>

#include "support/archive.hpp"

namespace fleetmeter::test {

/// Billable time and egress, of one store or of several.
template <class Asked>
[[nodiscard]] std::string answers(const Asked& asked, const Question& question) {
  std::ostringstream out;
  const auto write = [&](const auto& rows) {
    const auto writer = make_writer(Format::csv, out);
    give(question, rows, *writer);
  };
  try {
    write(asked.billing(question));
    write(asked.egress(question));
  } catch (const Error& error) {
    out << error.what();
  }
  return out.str();
}

/// All columns of a view.
inline std::string order_of(const Store& store, const std::string& view) {
  Table columns;
  store.sql("SELECT count(*) FROM pragma_table_info('" + view + "')", columns);
  std::string order = "1";
  for (std::int64_t column = 2; column <= std::get<std::int64_t>(columns.rows[0][0]); ++column) {
    order += ", " + std::to_string(column);
  }
  return order;
}

/// What one store answers that is not made of sums over processes.
[[nodiscard]] inline std::string other_answers(const Store& store, Question question) {
  question.by.clear();
  std::ostringstream out;
  const auto write = [&](const auto& give_rows) {
    try {
      const auto writer = make_writer(Format::csv, out);
      give_rows(*writer);
    } catch (const Error& error) {
      out << error.what();
    }
    out << '\n';
  };
  write([&](RowSink& sink) { give(store.coverage(question).places, sink); });
  write([&](RowSink& sink) { give(store.coverage(question).missing(), sink); });
  write([&](RowSink& sink) {
    std::vector<Anomaly> anomalies = store.anomalies(question);
    for (Anomaly& one : anomalies) {  // the numbers of documents are those of the store
      one.from = {};
      if (one.flag == Flag::restated) {
        one.evidence.clear();
      }
    }
    give(anomalies, sink);
  });
  for (const char* const name :
       {"peak_processes_by_hour", "polls_by_region", "room_time_by_region", "rooms_by_process",
        "identity_changes", "startup_time_by_region", "idle_time_by_deployment"}) {
    write([&](RowSink& sink) { store.query(name, {}, question, sink); });
  }
  write([&](RowSink& sink) { store.query("top_talkers", {{"top", "7"}}, question, sink); });
  for (const char* const view :
       {"process_latest", "process_history", "port_history", "room_on_process", "process_billing",
        "process_egress", "deployment_latest", "room_latest"}) {
    write([&](RowSink& sink) {
      store.sql(std::string("SELECT * FROM ") + view + " ORDER BY " + order_of(store, view), sink);
    });
  }
  return out.str();
}

}  // namespace fleetmeter::test
