#include "ingest/ingest.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "fleetmeter/error.hpp"
#include "ingest/read_ahead.hpp"
#include "ingest/run.hpp"
#include "ingest/source_feed.hpp"
#include "ingest/sources.hpp"
#include "store/known_snapshots.hpp"
#include "store/leftovers.hpp"

namespace fleetmeter::ingest {

namespace {

// Less than this is read before a thread has begun.
constexpr std::size_t kFewSources = 4;
constexpr std::uintmax_t kSmallSource = 256 * 1024;

std::int64_t size_on_disk(const std::vector<std::string>& sources) {
  std::int64_t total = 0;
  for (const std::string& source : sources) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(source, failure);
    total += failure ? 0 : static_cast<std::int64_t>(size);
  }
  return total;
}

/// Whether reading ahead is worth a thread.
bool is_much(const std::vector<std::string>& sources) {
  std::error_code failure;
  return sources.size() > kFewSources ||
         std::any_of(sources.begin(), sources.end(), [&](const std::string& source) {
           return source == "-" || !std::filesystem::is_regular_file(source, failure) ||
                  std::filesystem::file_size(source, failure) > kSmallSource;
         });
}

/// What is read, and where to.
struct Work {
  Expansion expansion;
  SourceFeed::Open open;
  bool reads_ahead;
  std::int64_t bytes_on_disk;
  store::SnapshotWriter* writer;
  model::KnownDocuments* known;
  std::shared_ptr<decode::Workspace> workspace;
};

Work work_of(const std::vector<std::string>& paths, const IngestOptions& options) {
  Work work{
      expand(paths, options.include), decode::open_source, false, 0, nullptr, nullptr, nullptr};
  work.expansion.sources.shrink_to_fit();
  work.reads_ahead = is_much(work.expansion.sources);
  work.bytes_on_disk = options.on_progress ? size_on_disk(work.expansion.sources) : 0;
  return work;
}

Work work_of(const Input& input, const IngestOptions& options) {
  if (input.name.empty() || input.name == "-") {
    throw Error(ErrorKind::usage, "Input::name: bytes need a name of their own");
  }
  if (options.observed_at.allow_mtime) {
    throw Error(ErrorKind::usage, input.name + ": bytes have no modification time");
  }
  const auto open = [&input](const std::string& name, const auto& /*on_pause*/) {
    return decode::open_given(name, input.read);
  };
  return {{{input.name}, {}}, open, false, 0, nullptr, nullptr, nullptr};
}

std::vector<SourceReport> run(Work work, const IngestOptions& options) {
  const SourceTimes times(options, wall_clock_ms());
  store::SnapshotWriter* const writer = work.writer;
  Run run(work.expansion, options, times, writer, work.bytes_on_disk);
  run.tell_passed_over(work.expansion.passed_over);
  const bool asks_for_known = work.reads_ahead && writer != nullptr && writer->has_snapshots();
  SourceFeed feed(work.expansion.sources, std::move(work.open), times,
                  {options.max_record_bytes, 64}, asks_for_known ? work.known : nullptr,
                  std::move(work.workspace), [&](const std::string& path) {
                    return writer == nullptr ? nullptr : writer->rejected_places(path);
                  });
  const auto should_stop = [&] { return options.should_stop && options.should_stop(); };
  if (work.reads_ahead) {
    ReadAhead ahead([&](Delivery& delivery,
                        const ReadAhead::Pause& on_pause) { return feed.next(delivery, on_pause); },
                    should_stop);
    while (const Delivery* delivery = should_stop() ? nullptr : ahead.next()) {
      run.take(*delivery);
    }
  } else {
    for (Delivery delivery; !should_stop() && feed.next(delivery, {});) {
      run.take(delivery);
    }
  }
  run.stop();
  run.add_passed_over(work.expansion.passed_over);
  if (writer != nullptr) {
    writer->finish();
  }
  return std::move(run.reports);
}

std::vector<SourceReport> run_dry(Work work, const IngestOptions& options) {
  work.workspace = std::make_shared<decode::Workspace>();
  return run(std::move(work), options);
}

/// The report of the one source. A run that was stopped at once has none.
SourceReport only(std::vector<SourceReport> reports, const Input& input) {
  if (!reports.empty()) {
    return std::move(reports.front());
  }
  SourceReport none;
  none.source = input.name;
  return none;
}

}  // namespace

Ingestor::Ingestor(SQLite::Database& db, const std::string& path)
    : writer_(db), path_(path), workspace_(std::make_shared<decode::Workspace>()) {}

template <class What>
std::vector<SourceReport> Ingestor::run_what(const What& what, const IngestOptions& options) {
  const bool trusts_lists = options.absence == Absence::trust;
  Work work = work_of(what, options);
  writer_.begin_run(wall_clock_ms(), trusts_lists);
  store::KnownSnapshots known(path_, trusts_lists);
  work.writer = &writer_;
  work.known = &known;
  work.workspace = workspace_;
  return ingest::run(std::move(work), options);
}

std::vector<SourceReport> Ingestor::run(const std::vector<std::string>& paths,
                                        const IngestOptions& options) {
  return run_what(paths, options);
}

SourceReport Ingestor::run(const Input& input, const IngestOptions& options) {
  return only(run_what(input, options), input);
}

std::vector<SourceReport> check(const std::vector<std::string>& paths,
                                const IngestOptions& options) {
  return run_dry(work_of(paths, options), options);
}

SourceReport check(const Input& input, const IngestOptions& options) {
  return only(run_dry(work_of(input, options), options), input);
}

}  // namespace fleetmeter::ingest
