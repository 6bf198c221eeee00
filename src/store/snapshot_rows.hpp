#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string>
#include <unordered_set>

#include "model/document.hpp"
#include "store/bulk_insert.hpp"
#include "store/list_writer.hpp"
#include "store/new_names.hpp"
#include "store/query.hpp"
#include "store/write_counts.hpp"

namespace fleetmeter::store {

/// The table of snapshots while writing: a document is known by its digest and its instant.
class SnapshotRows {
 public:
  SnapshotRows(SQLite::Database& db, ControlSums& sums);

  /// Whether a document is stored. One without a time never is.
  [[nodiscard]] bool has(const model::DocumentHead& head);

  /// The row of a document that has ended: where it stands, and what it adds up to. It waits.
  void add(std::int64_t snapshot_seq, std::int64_t source_key, const model::DocumentHead& head,
           const DocumentTally& tally, const ListRow& list);

  /// After this all rows are in the store.
  void flush() {
    add_.flush();
    waiting_.clear();
  }

  /// Forgets what memory holds, because the store changed beneath it.
  void forget() {
    digests_.forget();
    waiting_.clear();
  }

 private:
  NewNames<ingest::ListSnapshotDigests> digests_;
  Query<ingest::FindSnapshot> find_;
  BulkInsert<ingest::AddSnapshot> add_;
  std::unordered_set<std::string> waiting_;  ///< digests of rows that may not be in the store yet
};

}  // namespace fleetmeter::store
