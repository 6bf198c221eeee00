#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

int write_findings(const Options& options, const std::vector<BackupFinding>& findings) {
  write_answer(options, [&](RowSink& sink) { give(findings, sink); });
  return is_sound(findings) ? 0 : 1;
}

}  // namespace

int run_backup(const Options& options) {
  expect_format(options);
  return write_findings(options, back_up(options.db, options.backup));
}

int run_restore(const Options& options) {
  expect_format(options);
  return write_findings(
      options, options.drill ? drill(options.backup) : restore(options.backup, options.db));
}

}  // namespace fleetmeter::cli
