#include "ingest/ingest.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "ingest/read_ahead.hpp"
#include "ingest/source_feed.hpp"
#include "ingest/sources.hpp"
#include "store/known_snapshots.hpp"
#include "store/leftovers.hpp"

namespace fleetmeter::ingest {

namespace {

// A source with more rejects than this tells the rest as a number; the store has them all.
constexpr std::int64_t kMostMessages = 20;
constexpr std::int64_t kProgressStep = 1024 * 1024;
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

/// Turns deliveries into rows, counts, messages and progress. All of it happens on the caller's
/// thread.
class Run {
 public:
  /// Of the sources that have ended, the paths go to the reports.
  Run(Expansion& expansion, const IngestOptions& options, const SourceTimes& times,
      store::SnapshotWriter* writer, std::int64_t bytes_on_disk);

  void take(const Delivery& delivery);
  /// Ends the run early. A document that is not whole is forgotten.
  void stop();
  /// Reports the sources that were not even tried.
  void tell_passed_over(const std::vector<PassedOver>& folders);
  void add_passed_over(const std::vector<PassedOver>& folders);

  std::vector<SourceReport> reports;

 private:
  void begin_source();
  void take_part(const model::DocumentPart& part);
  void end_source(const Delivery& delivery);
  void tell_of_source(const Delivery& delivery);
  void keep_report();
  void advance(const Delivery& delivery);
  /// For a dry run: what a writer would count.
  void count_only(const model::DocumentPart& part);
  void tell(const model::DocumentPart& part);
  void take_counts(const store::WriteCounts& counts);
  void say(const std::string& message) const {
    if (options_.on_message) {
      options_.on_message(message);
    }
  }

  std::vector<std::string>& sources_;
  const IngestOptions& options_;
  const SourceTimes& times_;
  store::SnapshotWriter* writer_;
  IngestProgress progress_;
  std::int64_t next_progress_ = 0;
  SourceReport report_;
  SourceReport document_;  ///< of a dry run: the counts of the document being read
  std::chrono::steady_clock::time_point begun_at_;
  bool in_source_ = false;
  std::int64_t messages_ = 0;
  std::int64_t timed_by_name_ = 0;
};

Run::Run(Expansion& expansion, const IngestOptions& options, const SourceTimes& times,
         store::SnapshotWriter* writer, std::int64_t bytes_on_disk)
    : sources_(expansion.sources), options_(options), times_(times), writer_(writer) {
  reports.reserve(sources_.size());
  progress_.source_count = sources_.size();
  progress_.bytes_on_disk = bytes_on_disk;
}

void Run::take(const Delivery& delivery) {
  if (delivery.kind == Delivery::Kind::paused) {
    if (writer_ != nullptr) {
      writer_->pause();
    }
    return;
  }
  if (!in_source_) {
    begin_source();
  }
  switch (delivery.kind) {
    case Delivery::Kind::opened:
      if (writer_ != nullptr) {
        writer_->begin_source({report_.source, delivery.encoding});
      }
      return;
    case Delivery::Kind::part:
      advance(delivery);
      take_part(delivery.part);
      return;
    case Delivery::Kind::paused:
      return;
    case Delivery::Kind::ended:
      advance(delivery);
      end_source(delivery);
      return;
  }
}

void Run::begin_source() {
  in_source_ = true;
  report_ = {};
  report_.source = sources_[reports.size()];
  progress_.source = report_.source;
  progress_.source_number += 1;
  messages_ = timed_by_name_ = 0;
  begun_at_ = std::chrono::steady_clock::now();
  if (writer_ != nullptr) {
    writer_->begin_source({report_.source, "plain"});
  }
}

void Run::advance(const Delivery& delivery) {
  progress_.bytes += delivery.bytes_read - report_.bytes;
  report_.bytes = delivery.bytes_read;
  if (options_.on_progress && progress_.bytes >= next_progress_) {
    next_progress_ = progress_.bytes + kProgressStep;
    options_.on_progress(progress_);
  }
}

/// Whether a document is one that is stored as a snapshot, if it has a time.
bool is_snapshot(const model::DocumentPart& part) {
  return part.last && !part.malformed &&
         (!part.processes.empty() || !part.rooms.empty() ||
          (part.head.is_list && part.head.record_count == 0));
}

void Run::take_part(const model::DocumentPart& part) {
  progress_.records +=
      part.known_processes.value_or(static_cast<std::int64_t>(part.processes.size()));
  const bool is_untimed = !part.head.observed_at_ms && !part.known_processes && is_snapshot(part);
  report_.untimed += is_untimed ? 1 : 0;
  bool is_news = true;
  if (writer_ != nullptr) {
    is_news = writer_->write(part);
  } else {
    count_only(part);
  }
  report_.known += !is_news && (part.known_processes || is_snapshot(part)) ? 1 : 0;
  if (is_news) {
    tell(part);
    const bool by_name =
        part.head.observed_at_ms && part.head.observed_at_origin == model::TimeOrigin::filename;
    timed_by_name_ += by_name && is_snapshot(part) ? 1 : 0;
  }
}

void Run::end_source(const Delivery& delivery) {
  if (delivery.error) {
    report_.error = delivery.error->what();
    report_.error_code = delivery.error->exit_code();
  }
  if (writer_ != nullptr) {
    if (delivery.error) {
      writer_->abandon_document();
    }
    take_counts(writer_->end_source());
  }
  if (report_.untimed > 0 && report_.error.empty()) {
    report_.error = report_.source + ": " + times_.no_time_message(report_.source);
    report_.error_code = static_cast<int>(ErrorKind::data);
  }
  report_.shared_time = timed_by_name_ > 1 ? timed_by_name_ : 0;
  tell_of_source(delivery);
  keep_report();
}

void Run::tell_of_source(const Delivery& delivery) {
  if (messages_ > kMostMessages) {
    say(report_.source + ": " + std::to_string(messages_ - kMostMessages) +
        " more rejects (the table `reject` has them)");
  }
  if (report_.shared_time > 0) {
    say(report_.source + ": " + std::to_string(report_.shared_time) +
        " documents share the time in its name");
  }
  if (report_.scope_contradicted > 0) {
    say(report_.source +
        ": a process of another app or region than it was asked for, or of none, stands in " +
        std::to_string(report_.scope_contradicted) +
        (report_.scope_contradicted == 1 ? " running list, which proves nothing"
                                         : " running lists, which prove nothing"));
  }
  if (!report_.error.empty()) {
    say(report_.error);
  } else if (!delivery.note.empty()) {
    say(delivery.note);
  }
  if (times_.misses_pattern(report_.source)) {
    say(report_.source + ": its path does not match " + spelled(Term::name_pattern));
  }
}

void Run::keep_report() {
  report_.elapsed_us = std::chrono::duration_cast<std::chrono::microseconds>(
                           std::chrono::steady_clock::now() - begun_at_)
                           .count();
  report_.source = std::move(sources_[reports.size()]);
  reports.push_back(std::move(report_));
  in_source_ = false;
}

void Run::stop() {
  if (in_source_) {
    if (writer_ != nullptr) {
      writer_->abandon_document();
      take_counts(writer_->end_source());
    }
    keep_report();
  }
}

void Run::tell_passed_over(const std::vector<PassedOver>& folders) {
  for (const PassedOver& folder : folders) {
    say(folder.folder + ": " + std::to_string(folder.count) +
        (folder.count == 1 ? " entry is no archive and was passed over ("
                           : " entries are no archives and were passed over (such as ") +
        folder.example + "); " + spelled(Term::include) + " reads more");
  }
}

/// A folder of which something was passed over has a report of its own.
void Run::add_passed_over(const std::vector<PassedOver>& folders) {
  for (const PassedOver& folder : folders) {
    const auto found = std::find_if(reports.begin(), reports.end(), [&](const SourceReport& one) {
      return one.source == folder.folder;
    });
    SourceReport& report = found == reports.end() ? reports.emplace_back() : *found;
    report.source = folder.folder;
    report.passed_over += folder.count;
  }
}

void Run::count_only(const model::DocumentPart& part) {
  if (part.first) {
    document_ = {};
  }
  document_.processes += static_cast<std::int64_t>(part.processes.size());
  document_.set_aside += static_cast<std::int64_t>(part.set_aside.size());
  document_.rejected += store::count_rejected(part);
  document_.placeholder_times += part.placeholder_times;
  if (part.last && part.malformed) {
    report_.rejected += 1;
  } else if (part.last && (part.head.observed_at_ms || !is_snapshot(part))) {
    report_.snapshots += is_snapshot(part) ? 1 : 0;
    report_.processes += document_.processes;
    report_.set_aside += document_.set_aside;
    report_.rejected += document_.rejected;
    report_.placeholder_times += document_.placeholder_times;
  }
}

void Run::tell(const model::DocumentPart& part) {
  for (const model::Reject& reject : part.rejects) {
    if (++messages_ <= kMostMessages) {
      say(report_.source + ':' + std::to_string(reject.byte_offset) + ": " +
          (reject.json_pointer.empty() ? "" : reject.json_pointer + ": ") + reject.reason);
    }
  }
}

void Run::take_counts(const store::WriteCounts& counts) {
  report_.snapshots = counts.snapshots;
  report_.processes = counts.processes;
  report_.new_count = counts.new_processes;
  report_.duplicates = counts.duplicates;
  report_.restated = counts.restated;
  report_.rejected = counts.rejected;
  report_.rejected_before = counts.rejected_before;
  report_.made_good = counts.made_good;
  report_.set_aside = counts.set_aside;
  report_.placeholder_times = counts.placeholder_times;
  report_.scope_contradicted = counts.scope_contradicted;
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
