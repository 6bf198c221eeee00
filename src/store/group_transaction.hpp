#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <cstdint>

#include "model/document.hpp"
#include "store/group_limits.hpp"
#include "store/group_writer.hpp"
#include "store/histories.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// The transaction that documents are stored in: it begins with the first of them, writes a group
/// of them when enough has come together, and commits after some groups. What is not committed when
/// it is destroyed is undone.
///
/// A document that is too long to be held comes in parts. Each part is written at once, under a
/// savepoint, to which the store goes back when the document turns out to be none.
class GroupTransaction {
 public:
  GroupTransaction(SQLite::Database& db, Histories& histories);
  ~GroupTransaction();
  GroupTransaction(const GroupTransaction&) = delete;
  GroupTransaction& operator=(const GroupTransaction&) = delete;

  /// Begins, unless it has begun. Memory is dropped when another connection wrote meanwhile.
  void begin();
  /// Writes and commits everything; does nothing when it has not begun.
  void commit();

  /// Whether the store has any snapshot.
  [[nodiscard]] bool has_snapshots();
  /// The number that the next snapshot gets. It holds while the transaction lasts.
  [[nodiscard]] std::int64_t next_seq() const { return next_seq_; }
  /// A snapshot of that number was written.
  void take_seq() { ++next_seq_; }

  /// A document begins that will come in parts.
  void begin_parts();
  /// Whether such a document is being written.
  [[nodiscard]] bool is_in_parts() const { return is_in_parts_; }
  /// Undoes what was written of it so far.
  void undo_parts();
  /// It ended, or what there was of it was undone.
  void end_parts();

  /// A document, or a part of one, was taken in.
  void take_part(const model::DocumentPart& part);
  /// A document with so many processes ended. Writes or commits, once enough has come together.
  void end_document(std::size_t processes);

 private:
  void write_group();
  void write_all();

  SQLite::Database& db_;
  Histories& histories_;
  GroupWriter group_;
  GroupLimits limits_;
  Query<ingest::LastSnapshotSeq> last_seq_;
  bool has_begun_ = false;
  bool is_in_parts_ = false;
  std::int64_t data_version_ = -1;  ///< of SQLite, when memory was last known to be true
  std::int64_t next_seq_ = 1;
};

}  // namespace fleetmeter::store
