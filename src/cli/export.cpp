#include "cli/asked_store.hpp"
#include "cli/known_names.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/store_paths.hpp"

namespace fleetmeter::cli {

namespace {

int export_focus(const Options& options) {
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  const Pricing pricing{options.rates, options.policy, options.tz};
  const FocusExport dataset =
      store.focus(with_known_names(question_of(options, store.zone_of(pricing)), store), pricing,
                  options.focus);
  for (const std::string& remark : dataset.remarks) {
    say(remark);
  }
  Options csv = options;
  if (!csv.format && !csv.output) {
    csv.format = "csv";  // on a terminal, too: nobody reads fifty columns
  }
  write_answer(csv, [&](RowSink& sink) { dataset.table.give_to(sink); });
  return 0;
}

/// Whether a part of the store was asked for, or what only a dataset about money has.
bool asks_for_part(const Options& o) {
  const bool window = o.window.from || o.window.to || o.window.day || o.window.month ||
                      o.window.counts_from_as_of() || o.tz;
  const bool filters = !o.app_ids.empty() || !o.regions.empty() || !o.deployment_ids.empty() ||
                       !o.process_ids.empty();
  return window || filters || o.priced || o.focus.rooms || o.scan;
}

/// Whether something was given that only a question has.
bool asks_for_answer(const Options& o) {
  return asks_for_part(o) || o.as_of || o.known_seq || o.known_at;
}

/// A lake is of the whole store: all contract tables, or none would agree with the others.
int export_lake_of(const Options& options, const ContractGiven& given) {
  if (!options.folder) {
    throw Error(ErrorKind::usage, "export lake: name the folder that it is written into");
  }
  if (asks_for_part(options)) {
    throw Error(
        ErrorKind::usage,
        "export lake: it is of the whole store, in UTC; windows, zones, filters and prices are for "
        "`export focus`");
  }
  const Question question = question_of(options);
  const Format format = parse_format(options.format.value_or("parquet"));
  const auto files = export_lake(Store::open(options.db), *options.folder, question, given, format);
  Options listed = options;
  listed.format.reset();
  write_answer(listed, [&](RowSink& sink) { give(files, sink); });
  return 0;
}

}  // namespace

int run_export(const Options& options) {
  const ContractGiven given{parse_duration("--grain", options.grain)};
  if (options.folder && options.tool != "lake") {
    throw Error(ErrorKind::usage, "export: only a lake is written into a folder");
  }
  if (options.tool == "focus") {
    return export_focus(options);
  }
  if (!options.dbs.empty()) {
    refuse_several_stores("export " + options.tool, options.dbs);
  }
  if (options.tool == "lake") {
    return export_lake_of(options, given);
  }
  if (options.tool != "datasette") {
    throw Error(ErrorKind::usage, "export: no such tool (" + printable(options.tool) + ")" +
                                      did_you_mean(options.tool, {"datasette", "focus", "lake"}) +
                                      "; there are datasette, focus, lake");
  }
  if (asks_for_answer(options)) {
    throw Error(ErrorKind::usage,
                "export datasette: it tells of the whole store; windows, filters and prices are "
                "for `export focus`");
  }
  write_text(options, datasette_metadata(options.db));
  return 0;
}

int run_push(const Options& options) {
  expect_format(options);
  const Question question = question_of(options);
  const ContractGiven given{parse_duration("--grain", options.grain)};
  const auto shards = push_tables(Store::open(options.db), options.targets, question, given);
  write_answer(options, [&](RowSink& sink) { give(shards, sink); });
  return 0;
}

}  // namespace fleetmeter::cli
