#include <algorithm>

#include "cli/asked_store.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/prometheus.hpp"

namespace fleetmeter::cli {

namespace {

/// What makes a run that went well exit with 1, for those who asked to be told.
struct Alarm {
  const char* name;
  bool (*rings)(const ReportOutcome&);
};

const std::vector<Alarm>& alarms() {
  static const std::vector<Alarm> kAlarms{
      {"anomaly", [](const ReportOutcome& one) { return one.anomalies > 0; }},
      {"coverage", [](const ReportOutcome& one) { return one.gaps > 0 || one.unpolled_ms > 0; }},
      {"reject", [](const ReportOutcome& one) { return one.rejects > 0; }},
  };
  return kAlarms;
}

/// The alarms of a comma list. Throws Error(usage).
std::vector<Alarm> alarms_called(const std::string& list) {
  std::vector<Alarm> wanted;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string name = list.substr(at, end - at);
    const auto found = std::find_if(alarms().begin(), alarms().end(),
                                    [&](const Alarm& one) { return name == one.name; });
    if (found == alarms().end()) {
      throw Error(ErrorKind::usage, "--fail-on: unknown (" + printable(name) + ")" +
                                        did_you_mean(name, {"anomaly", "coverage", "reject"}) +
                                        "; there are anomaly, coverage, reject");
    }
    wanted.push_back(*found);
    at = end + 1;
  }
  return wanted;
}

/// Says which alarms the reports that were made now gave, and returns whether there was any.
bool ring(const std::vector<Alarm>& wanted, const std::vector<ReportOutcome>& outcomes) {
  bool any = false;
  for (const ReportOutcome& one : outcomes) {
    for (const Alarm& alarm : wanted) {
      if (one.status != ReportOutcome::Status::unchanged && alarm.rings(one)) {
        say(one.label + ": " + alarm.name);
        any = true;
      }
    }
  }
  return any;
}

}  // namespace

int run_report(const Options& options) {
  expect_format(options);
  if (!options.folder) {
    throw Error(ErrorKind::usage, "report: --out: into which folder?");
  }
  if (options.current && !options.catch_up) {
    throw Error(ErrorKind::usage, "report: --current goes with --catch-up");
  }
  const std::vector<Alarm> wanted =
      options.fail_on ? alarms_called(*options.fail_on) : std::vector<Alarm>();
  ReportRequest request{*options.folder, {}, {}, options.xlsx, options.csv_safe, options.catch_up,
                        options.current};
  request.warn = [](const std::string& what) { say("report: " + what); };
  if (!options.quiet) {
    request.tell = request.warn;
  }
  Options of_question = options;
  of_question.window = {};
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  std::string zone = "UTC";
  if (options.priced || !options.invoice_ids.empty()) {
    request.pricing = Pricing{options.rates, options.policy, options.tz};
    request.invoice_ids = options.invoice_ids;
    zone = store.zone_of(*request.pricing);
  }
  const Question question = question_of(of_question, zone);
  const WindowText window = window_of(options, question);
  request.day = window.day;
  request.month = window.month;
  const auto outcomes = store.report(request, question);
  if (!options.quiet || options.output) {
    write_answer(options, [&](RowSink& sink) { give(outcomes, sink); });
  }
  if (options.prometheus) {
    write_file(*options.prometheus, metrics_of(store, outcomes));
  }
  return ring(wanted, outcomes) ? 1 : 0;
}

}  // namespace fleetmeter::cli
