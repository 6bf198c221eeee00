#pragma once

// Questions that are asked before and after observations are moved to files, and what they answer.

#include <cstdint>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"
#include "sim/adversarial.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/askings.hpp"
#include "support/list_archives.hpp"

namespace fleetmeter::test {

/// Files of an archive by their names.
using Archive = std::map<std::string, std::string>;

inline constexpr std::int64_t kFleetStart_ms = 1'730'419'200'000;  // 2024-11-01T00:00:00Z

/// A fleet that ran for some days, polled by the hour.
inline Archive fleet_of_days(std::uint64_t seed, int days, std::int64_t start_ms = kFleetStart_ms) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.seed = seed;
  options.fleet.start_ms = start_ms;
  options.fleet.duration_ms = std::int64_t{days} * 86'400'000;
  options.fleet.processes_alive = 3;
  options.fleet.lifetime_minutes = 240;
  options.poll_s = 3600;
  options.api = seed % 2 == 0 ? std::optional(sim::Api::v1_rooms) : std::nullopt;
  options.running_only = seed % 3 == 0;
  options.by_region = seed % 3 == 0;
  options.lost_finals = 200;
  Archive archive;
  sim::emit_archive(options, [&](const sim::Document& document) {
    const std::string number = std::to_string(10'000 + archive.size());
    archive["poll" + number + ".json"] = std::string(document.text);
  });
  return archive;
}

inline Archive adversarial_files(std::uint64_t seed) {
  Archive archive;
  for (const auto& document : sim::adversarial_archive(seed)) {
    archive[document.file_name] += document.text + '\n';
  }
  return archive;
}

inline Archive running_lists(std::uint64_t seed) {
  Archive archive;
  for (const ListDocument& document : list_archives(seed, 3)) {
    if (document.tells_its_time) {
      archive["list" + std::to_string(archive.size()) + ".json"] = document.text;
    }
  }
  return archive;
}

/// What a question is answered: rows as CSV, or what the error says.
struct Answered {
  std::string text;
  bool is_refused = false;  ///< because observations were moved

  friend bool operator==(const Answered&, const Answered&) = default;
};

inline Answered answer_of(const Store& store, const Question& question, const Asking& asking) {
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  try {
    asking(store, question, *writer);
  } catch (const Error& error) {
    const std::string what = error.what();
    return {what, what.find("were pruned") != std::string::npos};
  }
  return {out.str(), false};
}

/// Questions about a window, by name.
inline Askings questions_of_windows() {
  Askings all;
  add_meters({{"", [](Question&) {}},
              {" --absence ignore", [](Question& one) { one.absence = Absence::ignore; }},
              {" --scan", [](Question& one) { one.scan = true; }},
              {" --max-lifespan", [](Question& one) { one.max_lifespan_ms = 100'000'000; }},
              {" --tz", [](Question& one) { one.tz = "Asia/Kolkata"; }}},
             all);
  all["anomalies"] = [](const Store& store, const Question& question, RowSink& sink) {
    give(store.anomalies(question), sink);
  };
  all["coverage"] = [](const Store& store, const Question& question, RowSink& sink) {
    give(store.coverage(question).places, sink);
  };
  all["advise"] = [](const Store& store, const Question& question, RowSink& sink) {
    give(store.advise(question), sink);
  };
  all["billing shares"] = [](const Store& store, const Question& question, RowSink& sink) {
    give(store.billing_shares(question), sink);
  };
  all["egress shares"] = [](const Store& store, const Question& question, RowSink& sink) {
    give(store.egress_shares(question), sink);
  };
  add_named_queries("1", "2024-11-02T12:00:00Z", all);
  return all;
}

/// All rows of all tables, in the order of their keys.
inline std::string dump_of(const Store& store) {
  Table names;
  store.sql("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", names);
  std::ostringstream out;
  for (const auto& row : names.rows) {
    const auto& name = std::get<std::string>(row.front());
    out << name << '\n';
    const auto writer = make_writer(Format::csv, out);
    store.sql("SELECT * FROM " + name, *writer);
  }
  return out.str();
}

}  // namespace fleetmeter::test
