#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/spark.hpp"

namespace fleetmeter::cli {

namespace {

/// Writes the rows of an answer, with their courses when they are asked for.
template <class Row>
void write_rows(const Options& options, const Store& store, const Question& question,
                const std::vector<Row>& rows) {
  const std::vector<std::string> courses =
      options.spark ? sparklines(store, question, rows) : std::vector<std::string>();
  write_answer(options, [&](RowSink& sink) {
    if (options.spark) {
      WithColumn with_course(sink, "course", courses);
      give(question, rows, with_course);
    } else {
      give(question, rows, sink);
    }
  });
}

}  // namespace

int run_billing(const Options& options) {
  const Question question = question_of(options);
  const Store store = Store::open(options.db);
  write_rows(options, store, question, store.billing(question));
  return 0;
}

int run_egress(const Options& options) {
  const Question question = question_of(options);
  const Store store = Store::open(options.db);
  write_rows(options, store, question, store.egress(question));
  return 0;
}

}  // namespace fleetmeter::cli
