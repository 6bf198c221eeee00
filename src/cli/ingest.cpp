#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

namespace fleetmeter::cli {

namespace {

constexpr std::size_t kBytesPerMib = 1024 * 1024;

volatile std::sig_atomic_t stop_signal = 0;

/// Notes Ctrl-C and SIGTERM, so that what is whole can be committed. A second one ends the program
/// at once.
void catch_signals() {
  struct sigaction action {};
  action.sa_handler = [](int number) { stop_signal = number; };
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  for (const int number : {SIGINT, SIGTERM}) {
    sigaction(number, &action, nullptr);
  }
}

/// The exit code: that of the first source that could not be read, else whether anything was
/// rejected of which no earlier run told.
int exit_code_of(const std::vector<SourceReport>& reports) {
  constexpr int kData = static_cast<int>(ErrorKind::data);
  int code = 0;
  for (const SourceReport& report : reports) {
    if (report.error_code != 0 && report.error_code != kData) {
      return report.error_code;
    }
    code = report.error_code == kData || report.rejected > report.rejected_before ? kData : code;
  }
  return code;
}

SourceReport sum_of(const std::vector<SourceReport>& reports) {
  SourceReport total;
  for (const SourceReport& report : reports) {
    total.snapshots += report.snapshots;
    total.processes += report.processes;
    total.new_count += report.new_count;
    total.duplicates += report.duplicates;
    total.restated += report.restated;
    total.rejected += report.rejected;
    total.set_aside += report.set_aside;
    total.passed_over += report.passed_over;
    total.bytes += report.bytes;
  }
  return total;
}

/// How many of the rows are about sources. A folder of which something was passed over has a row,
/// and is no source.
std::int64_t count_sources(const std::vector<SourceReport>& reports) {
  return std::count_if(reports.begin(), reports.end(), [](const SourceReport& report) {
    return report.passed_over == 0 || !report.error.empty();
  });
}

std::string counted(std::int64_t count, const char* what) {
  return std::to_string(count) + ' ' + what;
}

/// One line over all sources, for people.
std::string summary(const std::vector<SourceReport>& reports, std::int64_t elapsed_ms) {
  const SourceReport total = sum_of(reports);
  const std::int64_t rate = total.bytes / 1000 / std::max<std::int64_t>(elapsed_ms, 1);
  const std::int64_t sources = count_sources(reports);
  return counted(sources, sources == 1 ? "source: " : "sources: ") +
         counted(total.snapshots, "snapshots stored, ") +
         counted(total.processes, "records of processes (") +
         counted(total.new_count, "new processes, ") + counted(total.duplicates, "duplicate, ") +
         counted(total.restated, "restated), ") + counted(total.rejected, "rejected, ") +
         counted(total.set_aside, "set aside, ") + counted(total.passed_over, "passed over; ") +
         std::to_string(elapsed_ms / 1000) + '.' + std::to_string(elapsed_ms / 100 % 10) + " s, " +
         counted(rate, "MB/s");
}

IngestOptions ingest_options(const Options& options, ProgressLine& line) {
  IngestOptions how;
  if (options.observed_at) {
    how.observed_at = parse_observed_at(*options.observed_at);
  }
  how.name_tz = options.name_tz;
  how.name_pattern = options.name_pattern;
  how.list = options.list;
  how.list_app = options.list_app;
  how.list_region = options.list_region;
  how.absence = parse_absence("--absence", options.absence);
  how.include = options.include;
  how.any_time = options.any_time;
  how.dry_run = options.dry_run;
  how.max_record_bytes = static_cast<std::size_t>(options.max_record_mib) * kBytesPerMib;
  how.on_progress = [&](const IngestProgress& progress) { line.show(progress); };
  how.on_message = [&](const std::string& message) {
    line.clear();
    say(message);
  };
  how.should_stop = [] { return stop_signal != 0; };
  return how;
}

/// On a terminal, gives the summary and a row for each source about which there is something to
/// tell. Elsewhere, and when asked for, gives a row for each source.
void write_reports(const Options& options, const std::vector<SourceReport>& reports,
                   const std::string& line) {
  const bool for_people =
      !options.output && !options.format && !options.verbose && is_terminal(STDOUT_FILENO);
  if (!for_people) {
    write_answer(options, [&](RowSink& sink) { give(reports, sink); });
    if (!options.quiet && reports.size() > 1) {
      say(line);
    }
    return;
  }
  std::vector<SourceReport> told;
  std::copy_if(reports.begin(), reports.end(), std::back_inserter(told),
               [](const SourceReport& report) { return report.is_news(); });
  if (!told.empty()) {
    write_answer(options, [&](RowSink& sink) { give(told, sink); });
  }
  write_text(options, line + '\n');
}

/// Says what was done before Ctrl-C: everything that was whole.
int tell_of_stop(const std::vector<SourceReport>& reports) {
  say(std::string("stopped by ") + (stop_signal == SIGINT ? "Ctrl-C" : "SIGTERM") + ": " +
      std::to_string(sum_of(reports).snapshots) + " snapshots of " +
      std::to_string(count_sources(reports)) +
      " sources are stored; the same command goes on from there");
  return 128 + static_cast<int>(stop_signal);
}

}  // namespace

int run_ingest(const Options& options) {
  expect_format(options);
  catch_signals();
  ProgressLine line(!options.quiet);
  const IngestOptions how = ingest_options(options, line);
  const auto begun_at = std::chrono::steady_clock::now();
  const std::vector<SourceReport> reports =
      options.dry_run ? check_sources(options.paths, how)
                      : Store::open_or_create(options.db).ingest(options.paths, how);
  const std::int64_t elapsed_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                                      std::chrono::steady_clock::now() - begun_at)
                                      .count();
  line.clear();
  write_reports(options, reports, summary(reports, elapsed_ms));
  return stop_signal != 0 ? tell_of_stop(reports) : exit_code_of(reports);
}

}  // namespace fleetmeter::cli
