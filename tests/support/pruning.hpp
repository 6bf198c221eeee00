#pragma once

// Questions that are asked before and after observations are moved to files, and what they answer.

#include <cstdint>
#include <functional>
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

using Asking = std::function<void(const Store&, const Question&, RowSink&)>;

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
inline std::map<std::string, Asking> questions_of_windows() {
  std::map<std::string, Asking> all;
  for (const char* by : {"", "process", "region,day", "app,deployment,hour"}) {
    for (const int way : {0, 1, 2, 3, 4}) {
      const auto asked = [by, way](Question question) {
        question.by = parse_group_by(by);
        question.absence = way == 1 ? Absence::ignore : Absence::trust;
        question.scan = way == 2;
        question.max_lifespan_ms = way == 3 ? 100'000'000 : question.max_lifespan_ms;
        question.tz = way == 4 ? "Asia/Kolkata" : "UTC";
        return question;
      };
      const std::string name =
          std::string(" --by ") + by +
          std::array{"", " --absence ignore", " --scan", " --max-lifespan", " --tz"}.at(
              static_cast<std::size_t>(way));
      all["billing" + name] = [asked](const Store& store, const Question& question, RowSink& sink) {
        give(asked(question), store.billing(asked(question)), sink);
      };
      all["egress" + name] = [asked](const Store& store, const Question& question, RowSink& sink) {
        give(asked(question), store.egress(asked(question)), sink);
      };
    }
  }
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
  for (const NamedQuery& query : named_queries()) {
    const bool has_window = query.sql.find(":from_ms") != std::string::npos;
    std::map<std::string, std::string> parameters;
    for (const QueryValue& one : query.parameters) {
      parameters[one.name] = one.name == "top"      ? "7"
                             : one.name == "gap_ms" ? "45m"
                             : one.name == "at_ms"  ? "2024-11-02T12:00:00Z"
                                                    : "1";
    }
    all[(has_window ? "query " : "whole query ") + query.name] =
        [name = query.name, parameters](const Store& store, const Question& question,
                                        RowSink& sink) {
          store.query(name, parameters, question, sink);
        };
  }
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
