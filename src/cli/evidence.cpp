#include <algorithm>
#include <sstream>

#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

/// A single row set upright: one line per column.
Table upright(const Table& wide) {
  Table tall;
  tall.names = {"what", "value"};
  for (std::size_t i = 0; i < wide.names.size(); ++i) {
    Table one;
    one.names = {wide.names[i]};
    one.rows = {{wide.rows.front()[i]}};
    std::ostringstream text;
    one.give_to(*make_writer(Format::table, text));
    std::string shown = text.str().substr(text.str().find('\n') + 1);
    shown.erase(0, std::min(shown.find_first_not_of(' '), shown.size()));
    shown.resize(shown.find_last_not_of('\n') + 1);
    tall.rows.push_back({wide.names[i], shown});
  }
  return tall;
}

/// The rows of one section, without the columns that are empty in all of them.
Table section_of(const Table& table, const std::string& section) {
  Table part;
  std::vector<const std::vector<Cell>*> rows;
  for (const auto& row : table.rows) {
    if (std::get<std::string>(row[0]) == section) {
      rows.push_back(&row);
    }
  }
  part.rows.resize(rows.size());
  for (std::size_t i = 1; i < table.names.size(); ++i) {
    const bool used = std::any_of(rows.begin(), rows.end(), [&](const std::vector<Cell>* row) {
      return !std::holds_alternative<std::nullptr_t>((*row)[i]);
    });
    // The document behind a snapshot number stands once, under `snapshot`.
    const bool provenance = i > table.names.size() - 5;
    if (!used || (provenance && section != "snapshot")) {
      continue;
    }
    const bool is_time = section == "billable" && table.names[i].substr(0, 5) == "value";
    const bool is_bytes = !is_time && table.names[i].substr(0, 5) == "value";
    part.names.push_back(table.names[i] == "at_ms" || table.names[i] == "to_ms"
                             ? table.names[i]
                             : (is_time    ? "billable" + table.names[i].substr(5) + "_ms"
                                : is_bytes ? "egress" + table.names[i].substr(5) + "_bytes"
                                           : table.names[i]));
    for (std::size_t r = 0; r < rows.size(); ++r) {
      part.rows[r].push_back((*rows[r])[i]);
    }
  }
  return part;
}

std::string explained(const Table& table, const Options& options) {
  std::ostringstream out;
  std::vector<std::string> done;
  for (const auto& row : table.rows) {
    const auto& section = std::get<std::string>(row[0]);
    if (std::find(done.begin(), done.end(), section) == done.end()) {
      done.push_back(section);
      out << (done.size() == 1 ? "" : "\n") << section << '\n';
      section_of(table, section)
          .give_to(*make_writer(Format::table, out, {options.exact, false, false}));
    }
  }
  return out.str();
}

void keep_flags(Table& table, const std::vector<std::string>& flags) {
  if (flags.empty()) {
    return;
  }
  std::erase_if(table.rows, [&](const std::vector<Cell>& row) {
    return std::find(flags.begin(), flags.end(), std::get<std::string>(row[1])) == flags.end();
  });
}

}  // namespace

int run_status(const Options& options) {
  if (options.sizes) {
    const Table sizes = Store::open(options.db).sizes();
    write_answer(options, [&](RowSink& sink) { sizes.give_to(sink); });
    return 0;
  }
  const Table table = Store::open(options.db).status();
  const bool for_people = format_of(options) == Format::table;
  write_answer(options, [&](RowSink& sink) {
    (for_people && !options.exact ? upright(table) : table).give_to(sink);
  });
  return 0;
}

int run_explain(const Options& options) {
  const Table table = Store::open(options.db).explain(options.process_id, question_of(options));
  if (format_of(options) == Format::table) {
    write_text(options, explained(table, options));
  } else {
    write_answer(options, [&](RowSink& sink) { table.give_to(sink); });
  }
  return 0;
}

int run_anomalies(const Options& options) {
  static const std::vector<std::string> kFlags{"ahead_of_snapshot",
                                               "clamped32",
                                               "counter_break",
                                               "identity_change",
                                               "inverted",
                                               "long_life",
                                               "never_started",
                                               "no_stop_order",
                                               "open",
                                               "orphan",
                                               "restated",
                                               "running",
                                               "stale_read",
                                               "starting",
                                               "unknown_start",
                                               "unmetered",
                                               "wrap32"};
  for (const std::string& flag : options.flags) {
    if (std::find(kFlags.begin(), kFlags.end(), flag) == kFlags.end()) {
      throw Error(ErrorKind::usage,
                  "--flag: no such flag (" + printable(flag) + ")" + did_you_mean(flag, kFlags));
    }
  }
  Table table = Store::open(options.db).anomalies(question_of(options));
  keep_flags(table, options.flags);
  write_answer(options, [&](RowSink& sink) { table.give_to(sink); });
  return 0;
}

int run_migrate(const Options& options) {
  const Migration done = Store::migrate(options.db);
  write_answer(options, [&](RowSink& sink) {
    sink.columns({"store", "schema_version_before", "schema_version"});
    sink.row({options.db, done.from, done.to});
    sink.end();
  });
  return 0;
}

int run_check(const Options& options) {
  const Table table = Store::open(options.db).check();
  write_answer(options, [&](RowSink& sink) { table.give_to(sink); });
  const bool differs = std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) {
    return std::get<std::string>(row[1]) != "ok";
  });
  return differs ? 1 : 0;
}

int run_coverage(const Options& options) {
  const std::int64_t gap_ms = options.gap.empty() ? 0 : parse_duration("--gap", options.gap);
  const Table table =
      Store::open(options.db).coverage(question_of(options), gap_ms, options.each_gap);
  write_answer(options, [&](RowSink& sink) { table.give_to(sink); });
  return 0;
}

}  // namespace fleetmeter::cli
