#include "ingest/run.hpp"

#include <algorithm>
#include <utility>

#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "store/leftovers.hpp"

namespace fleetmeter::ingest {

namespace {

// A source with more rejects than this tells the rest as a number; the store has them all.
constexpr std::int64_t kMostMessages = 20;
constexpr std::int64_t kProgressStep = 1024 * 1024;

/// Whether a document is one that is stored as a snapshot, if it has a time.
bool is_snapshot(const model::DocumentPart& part) {
  return part.last && !part.malformed &&
         (!part.processes.empty() || !part.rooms.empty() ||
          (part.head.is_list && part.head.record_count == 0));
}

}  // namespace

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
  messages_ = timed_by_name_ = refused_ = 0;
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

void Run::take_part(const model::DocumentPart& part) {
  progress_.records +=
      part.known_processes.value_or(static_cast<std::int64_t>(part.processes.size()));
  const bool is_untimed = !part.head.observed_at_ms && !part.known_processes && is_snapshot(part);
  if (is_untimed && report_.untimed == 0) {
    untimed_ = {0, part.head.byte_offset, part.head.own_time_unread};
  }
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
    untimed_.count = report_.untimed;
    const bool is_only = report_.untimed == 1 && report_.rejected == 0 && !report_.is_in_store();
    report_.error = printable(report_.source) + ": " +
                    times_.no_time_message(report_.source, untimed_, is_only);
    report_.error_code = static_cast<int>(ErrorKind::data);
  }
  report_.shared_time = timed_by_name_ > 1 ? timed_by_name_ : 0;
  tell_of_source(delivery);
  keep_report();
}

void Run::tell_of_source(const Delivery& delivery) {
  if (messages_ > kMostMessages) {
    say(printable(report_.source) + ": " + std::to_string(messages_ - kMostMessages) +
        " more rejects (the table `reject` has up to 10000 of a source)");
  }
  if (refused_ > 0) {
    say(printable(report_.source) + ": " + std::to_string(refused_) +
        (refused_ == 1 ? " record speaks of a process" : " records speak of processes") +
        " whose observations were pruned; " + spelled(Term::restore_pruned) +
        " puts them back, and then this source can be read again");
  }
  if (report_.shared_time > 0) {
    say(printable(report_.source) + ": " + std::to_string(report_.shared_time) +
        " documents share the time in its name");
  }
  if (report_.scope_contradicted > 0) {
    say(printable(report_.source) +
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
    say(printable(report_.source) + ": its path does not match " + spelled(Term::name_pattern));
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
    say(printable(folder.folder) + ": " + std::to_string(folder.count) +
        (folder.count == 1 ? " entry is no archive and was passed over ("
                           : " entries are no archives and were passed over (such as ") +
        printable(folder.example) + "); " + spelled(Term::include) + " reads more");
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
      say(printable(report_.source) + ':' + std::to_string(reject.byte_offset) + ": " +
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
  refused_ = counts.refused;
}

}  // namespace fleetmeter::ingest
