#include "store/group_transaction.hpp"

#include "base/invariant.hpp"

namespace fleetmeter::store {

GroupTransaction::GroupTransaction(SQLite::Database& db, Histories& histories)
    : db_(db), histories_(histories), group_(db, histories), last_seq_(db) {}

GroupTransaction::~GroupTransaction() {
  if (has_begun_) {
    try {
      db_.exec("ROLLBACK");
    } catch (const SQLite::Exception&) {  // the connection is closing and will do it
    }
  }
}

void GroupTransaction::begin() {
  if (has_begun_) {
    return;
  }
  db_.exec("BEGIN IMMEDIATE");
  has_begun_ = true;
  // Changed when another connection wrote since our last transaction: memory may be out of date.
  const std::int64_t version = db_.execAndGet("PRAGMA data_version").getInt64();
  if (version != data_version_) {
    data_version_ = version;
    group_.forget();
    next_seq_ = 1 + number_below(kMostNumbered, "snapshot.snapshot_seq",
                                 last_seq_.first().value().snapshot_seq);
  }
}

void GroupTransaction::commit() {
  if (!has_begun_) {
    return;
  }
  base::check(!is_in_parts_, "a commit stands between two documents, or half of one would be kept");
  write_all();
  db_.exec("COMMIT");
  has_begun_ = false;
  limits_.begin_transaction();
}

bool GroupTransaction::has_snapshots() {
  return last_seq_.first().value().snapshot_seq > 0;
}

void GroupTransaction::begin_parts() {
  base::check(has_begun_ && !is_in_parts_, "documents in parts are written one after another");
  write_all();  // a document before this one is not undone with it
  db_.exec("SAVEPOINT document");
  is_in_parts_ = true;
}

void GroupTransaction::undo_parts() {
  base::check(is_in_parts_, "only what a savepoint stands before can be undone");
  db_.exec("ROLLBACK TO document");
  group_.forget();
}

void GroupTransaction::end_parts() {
  db_.exec("RELEASE document");
  is_in_parts_ = false;
}

void GroupTransaction::take_part(const model::DocumentPart& part) {
  limits_.take_part(part.bytes, part.held_bytes);
  if (is_in_parts_) {
    write_group();
  }
}

void GroupTransaction::end_document(std::size_t processes) {
  limits_.end_document(processes, is_in_parts_);
  if (is_in_parts_) {
    end_parts();
  }
  switch (limits_.due(histories_.processes.count_changed())) {
    case GroupLimits::Due::nothing:
      break;
    case GroupLimits::Due::group:
      write_group();
      break;
    case GroupLimits::Due::commit:
      commit();
      break;
  }
}

void GroupTransaction::write_group() {
  group_.write();
  limits_.begin_group();
}

void GroupTransaction::write_all() {
  write_group();
  histories_.rooms.write_ids();
  histories_.sums.flush();
}

}  // namespace fleetmeter::store
