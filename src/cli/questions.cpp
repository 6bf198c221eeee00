#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

int run_billing(const Options& options) {
  const Question question = question_of(options);
  const auto rows = Store::open(options.db).billing(question);
  write_answer(options, [&](RowSink& sink) { give(question, rows, sink); });
  return 0;
}

int run_egress(const Options& options) {
  const Question question = question_of(options);
  const auto rows = Store::open(options.db).egress(question);
  write_answer(options, [&](RowSink& sink) { give(question, rows, sink); });
  return 0;
}

}  // namespace fleetmeter::cli
