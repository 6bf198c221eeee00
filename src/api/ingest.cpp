#include "api/ingest.hpp"

#include <chrono>
#include <filesystem>

#include "api/sources.hpp"
#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "store/leftovers.hpp"

namespace fleetmeter::api {

namespace {

// A source with more rejects than this tells the rest as a number; the store has them all.
constexpr std::int64_t kMostMessages = 20;
constexpr std::int64_t kProgressStep = 1024 * 1024;

/// Counts the bytes that pass, and reports progress on the way.
class CountingSource final : public decode::ByteSource {
 public:
  CountingSource(decode::ByteSource& inner, SourceReport& report, const IngestOptions& options,
                 IngestProgress& progress)
      : inner_(inner), report_(report), options_(options), progress_(progress) {}

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = inner_.read(into, size);
    report_.bytes += static_cast<std::int64_t>(count);
    progress_.bytes += static_cast<std::int64_t>(count);
    if (options_.on_progress && progress_.bytes >= next_) {
      next_ = progress_.bytes + kProgressStep;
      options_.on_progress(progress_);
    }
    return count;
  }
  [[nodiscard]] const char* encoding() const override { return inner_.encoding(); }

 private:
  decode::ByteSource& inner_;
  SourceReport& report_;
  const IngestOptions& options_;
  IngestProgress& progress_;
  std::int64_t next_ = 0;
};

/// One run over many sources.
class Run {
 public:
  Run(const IngestOptions& options, store::SnapshotWriter* writer)
      : options_(options), writer_(writer) {}

  SourceReport read(const std::string& path);

  IngestProgress progress;

 private:
  void read_documents(const std::string& path, SourceReport& report);
  void count_only(const model::DocumentPart& part, SourceReport& report) const;
  void tell(const std::string& path, const model::DocumentPart& part);
  void take(const store::WriteCounts& counts, SourceReport& report) const;
  void say(const std::string& message) const {
    if (options_.on_message) {
      options_.on_message(message);
    }
  }

  const IngestOptions& options_;
  store::SnapshotWriter* writer_;
  model::DocumentPart part_;
  std::int64_t messages_ = 0;
  std::int64_t untimed_ = 0;
};

SourceReport Run::read(const std::string& path) {
  SourceReport report;
  report.source = path;
  messages_ = untimed_ = 0;
  const auto begin = std::chrono::steady_clock::now();
  try {
    read_documents(path, report);
  } catch (const Error& error) {
    // A store that cannot be written ends the work; a source that cannot be read ends itself.
    const bool of_source = std::string_view(error.what()).substr(0, path.size()) == path;
    if (!of_source) {
      throw;
    }
    report.error = error.what();
    report.error_code = error.exit_code();
  }
  if (writer_ != nullptr) {
    take(writer_->end_source(), report);
  }
  if (untimed_ > 0 && report.error.empty()) {
    report.error = path + ": " + no_time_message();
    report.error_code = static_cast<int>(ErrorKind::data);
  }
  if (messages_ > kMostMessages) {
    say(path + ": " + std::to_string(messages_ - kMostMessages) +
        " more rejects (all of them are in the table `reject`)");
  }
  if (!report.error.empty()) {
    say(report.error);
  }
  report.elapsed_us = std::chrono::duration_cast<std::chrono::microseconds>(
                          std::chrono::steady_clock::now() - begin)
                          .count();
  return report;
}

void Run::read_documents(const std::string& path, SourceReport& report) {
  if (writer_ != nullptr) {
    writer_->begin_source({path, "plain"});
  }
  const auto source = decode::open_source(path);
  if (writer_ != nullptr) {
    writer_->begin_source({path, source->encoding()});
  }
  CountingSource counted(*source, report, options_, progress);
  decode::DocumentReader reader(counted, fallback_time(path, options_.observed_at),
                                {options_.max_record_bytes, 64});
  try {
    while (reader.next(part_)) {
      tell(path, part_);
      progress.records += static_cast<std::int64_t>(part_.processes.size());
      const bool says_something = !part_.processes.empty() || !part_.rooms.empty();
      untimed_ += says_something && !part_.head.observed_at_ms ? 1 : 0;
      if (writer_ != nullptr) {
        writer_->write(part_);
      } else {
        count_only(part_, report);
      }
    }
  } catch (const Error&) {
    if (writer_ != nullptr) {
      writer_->abandon_document();
    }
    throw;
  }
}

void Run::count_only(const model::DocumentPart& part, SourceReport& report) const {
  report.snapshots += part.last && !part.malformed &&
                              (!part.processes.empty() || !part.rooms.empty() ||
                               (part.head.is_list && part.head.record_count == 0))
                          ? 1
                          : 0;
  report.processes += static_cast<std::int64_t>(part.processes.size());
  report.set_aside += static_cast<std::int64_t>(part.set_aside.size());
  report.rejected += store::count_rejected(part);
}

void Run::tell(const std::string& path, const model::DocumentPart& part) {
  for (const model::Reject& reject : part.rejects) {
    if (++messages_ <= kMostMessages) {
      say(path + ':' + std::to_string(reject.byte_offset) + ": " +
          (reject.json_pointer.empty() ? "" : reject.json_pointer + ": ") + reject.reason);
    }
  }
}

void Run::take(const store::WriteCounts& counts, SourceReport& report) const {
  report.snapshots = counts.snapshots;
  report.processes = counts.processes;
  report.new_count = counts.new_processes;
  report.duplicates = counts.duplicates;
  report.restated = counts.restated;
  report.rejected = counts.rejected;
  report.set_aside = counts.set_aside;
}

std::int64_t size_on_disk(const std::vector<std::string>& sources) {
  std::int64_t total = 0;
  for (const std::string& source : sources) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(source, failure);
    total += failure ? 0 : static_cast<std::int64_t>(size);
  }
  return total;
}

}  // namespace

std::vector<SourceReport> ingest(const std::vector<std::string>& paths,
                                 const IngestOptions& options, store::SnapshotWriter* writer) {
  const std::vector<std::string> sources = expand(paths);
  std::vector<SourceReport> reports;
  reports.reserve(sources.size());
  Run run(options, writer);
  run.progress.source_count = sources.size();
  run.progress.bytes_on_disk = options.on_progress ? size_on_disk(sources) : 0;
  for (const std::string& source : sources) {
    run.progress.source = source;
    run.progress.source_number += 1;
    reports.push_back(run.read(source));
  }
  if (writer != nullptr) {
    writer->finish();
  }
  return reports;
}

}  // namespace fleetmeter::api
