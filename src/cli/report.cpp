#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

int run_report(const Options& options) {
  if (!options.folder) {
    throw Error(ErrorKind::usage, "report: --out: into which folder?");
  }
  const ReportRequest request{*options.folder, options.window.day, options.window.month,
                              options.catch_up};
  Options of_question = options;
  of_question.window = {};
  const auto outcomes = Store::open(options.db).report(request, question_of(of_question));
  write_answer(options, [&](RowSink& sink) { give(outcomes, sink); });
  return 0;
}

}  // namespace fleetmeter::cli
