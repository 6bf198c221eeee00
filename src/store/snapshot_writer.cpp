#include "store/snapshot_writer.hpp"

namespace fleetmeter::store {

SnapshotWriter::SnapshotWriter(SQLite::Database& db)
    : histories_(db),
      transaction_(db, histories_),
      source_(db, histories_.sums),
      leftovers_(db, histories_.sums, source_),
      open_rejects_(db, histories_.sums),
      documents_(db, histories_, transaction_, source_, leftovers_, open_rejects_) {}

void SnapshotWriter::begin_run(std::int64_t now_ms, bool trusts_lists) {
  histories_.lists.begin_run(trusts_lists);
  source_.begin_run(now_ms);
  leftovers_.begin_run();
  open_rejects_.begin_run();
}

void SnapshotWriter::begin_source(const model::SourceInfo& source,
                                  std::optional<std::int64_t> key) {
  source_.begin_source(source, key);
  leftovers_.begin_source();
  counts_ = {};
}

bool SnapshotWriter::write(const model::DocumentPart& part) {
  if (part.known_processes) {
    documents_.pass_over(part, counts_);
    return false;
  }
  return documents_.write(part, counts_);
}

void SnapshotWriter::pause() {
  if (!documents_.is_open()) {
    transaction_.commit();
  }
}

WriteCounts SnapshotWriter::end_source() {
  if (leftovers_.left_out() > 0) {
    transaction_.begin();
    counts_.rejected_before -= leftovers_.end_source();
  }
  return counts_;
}

}  // namespace fleetmeter::store
