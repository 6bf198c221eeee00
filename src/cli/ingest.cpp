#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

namespace fleetmeter::cli {

namespace {

constexpr std::size_t kBytesPerMib = 1024 * 1024;

/// The first error's code, else whether anything was rejected.
int exit_code_of(const std::vector<SourceReport>& reports) {
  bool rejected = false;
  for (const SourceReport& report : reports) {
    if (report.error_code != 0) {
      return report.error_code;
    }
    rejected = rejected || report.rejected > 0;
  }
  return rejected ? static_cast<int>(ErrorKind::data) : 0;
}

/// One line over all sources, for people: the rows themselves are the answer.
void say_total(const std::vector<SourceReport>& reports) {
  SourceReport total;
  for (const SourceReport& report : reports) {
    total.snapshots += report.snapshots;
    total.processes += report.processes;
    total.duplicates += report.duplicates;
    total.restated += report.restated;
    total.rejected += report.rejected;
    total.set_aside += report.set_aside;
  }
  say(std::to_string(reports.size()) + " sources: " + std::to_string(total.snapshots) +
      " snapshots stored, " + std::to_string(total.processes) + " records of processes (" +
      std::to_string(total.duplicates) + " duplicate, " + std::to_string(total.restated) +
      " restated), " + std::to_string(total.rejected) + " rejected, " +
      std::to_string(total.set_aside) + " set aside");
}

}  // namespace

int run_ingest(const Options& options) {
  ProgressLine line(!options.quiet);
  IngestOptions how;
  if (options.observed_at) {
    how.observed_at = parse_observed_at(*options.observed_at);
  }
  how.dry_run = options.dry_run;
  how.max_record_bytes = static_cast<std::size_t>(options.max_record_mib) * kBytesPerMib;
  how.on_progress = [&](const IngestProgress& progress) { line.show(progress); };
  how.on_message = [&](const std::string& message) {
    line.clear();
    say(message);
  };
  const std::vector<SourceReport> reports =
      options.dry_run ? check_sources(options.paths, how)
                      : Store::open_or_create(options.db).ingest(options.paths, how);
  line.clear();
  if (!options.quiet) {
    write_answer(options, [&](RowSink& sink) { give(reports, sink); });
    if (reports.size() > 1) {
      say_total(reports);
    }
  }
  return exit_code_of(reports);
}

}  // namespace fleetmeter::cli
