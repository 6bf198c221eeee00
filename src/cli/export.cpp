#include "cli/known_names.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

int export_focus(const Options& options) {
  const Store store = Store::open(options.db);
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

/// Whether something was given that only a question about money has.
bool asks_for_part(const Options& o) {
  const bool window =
      o.window.from || o.window.to || o.window.day || o.window.month || o.tz || o.as_of;
  const bool filters = !o.app_ids.empty() || !o.regions.empty() || !o.deployment_ids.empty() ||
                       !o.process_ids.empty();
  return window || filters || o.rates || o.focus.rooms || o.known_seq || o.known_at || o.scan;
}

}  // namespace

int run_export(const Options& options) {
  if (options.tool == "focus") {
    return export_focus(options);
  }
  if (options.tool != "datasette") {
    throw Error(ErrorKind::usage, "export: no such tool (" + printable(options.tool) + ")" +
                                      did_you_mean(options.tool, {"datasette", "focus"}) +
                                      "; there are datasette, focus");
  }
  if (asks_for_part(options)) {
    throw Error(ErrorKind::usage,
                "export datasette: it tells of the whole store; windows, filters and prices are "
                "for `export focus`");
  }
  write_text(options, datasette_metadata(options.db));
  return 0;
}

}  // namespace fleetmeter::cli
