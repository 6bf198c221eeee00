#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter/ingest.hpp"
#include "ingest/source_feed.hpp"
#include "ingest/sources.hpp"
#include "store/snapshot_writer.hpp"

namespace fleetmeter::ingest {

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
  Untimed untimed_;
  std::int64_t refused_ = 0;  ///< records of the source that speak of pruned processes
};

}  // namespace fleetmeter::ingest
