#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>

#include "model/document.hpp"
#include "store/list_writer.hpp"
#include "store/new_names.hpp"
#include "store/query.hpp"
#include "store/write_counts.hpp"

namespace fleetmeter::store {

/// The table of snapshots while writing: a document is known by its digest and its instant.
class SnapshotRows {
 public:
  SnapshotRows(SQLite::Database& db, NewNames<ingest::ListSnapshotDigests>& digests);

  /// Whether a document is stored. One without a time never is.
  [[nodiscard]] bool has(const model::DocumentHead& head);

  /// Writes the row of a document that has ended: where it stands, and what it adds up to.
  void add(std::int64_t snapshot_seq, std::int64_t source_key, const model::DocumentHead& head,
           const DocumentTally& tally, const ListRow& list);

 private:
  NewNames<ingest::ListSnapshotDigests>& digests_;
  Query<ingest::FindSnapshot> find_;
  Query<ingest::AddSnapshot> add_;
};

}  // namespace fleetmeter::store
