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
  }
  return exit_code_of(reports);
}

}  // namespace fleetmeter::cli
