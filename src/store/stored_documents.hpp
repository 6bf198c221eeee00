#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/document.hpp"
#include "store/cursor.hpp"
#include "store/part.hpp"
#include "store/query.hpp"
#include "store/stored_records.hpp"

namespace fleetmeter::store {

/// A document as a store holds it.
struct ToldDocument {
  model::SourceInfo source;
  std::int64_t snapshot_seq = 0;  ///< there
  model::DocumentPart part;
};

/// The documents of a store, in the order in which they were true and, of one instant, became
/// known: the reverse of what SnapshotWriter does. A record that said again what was known of that
/// instant is only counted there, so it is here, too. To be read once, in a read transaction.
class StoredDocuments {
 public:
  /// Throws ObservationsPruned when some of it was moved to files.
  explicit StoredDocuments(const Part& part);

  /// When the next document was true; absent after the last.
  [[nodiscard]] std::optional<std::int64_t> next_at_ms() const;
  /// The next document.
  [[nodiscard]] ToldDocument next();

  /// What is kept of documents that gave no snapshot: rejects, and what was set aside. Before the
  /// first next().
  [[nodiscard]] std::optional<ToldDocument> next_leftover();

 private:
  void put_processes(ToldDocument& document);
  void put_head(const ask::ListStoredDocuments::Out& row, ToldDocument& document);
  void put_scopes(ToldDocument& document);
  void put_rejects(ToldDocument& document);

  const Part& part_;
  StoredRecords records_;
  Cursor<ask::ListStoredDocuments> documents_;
  Cursor<ask::ListStoredObservations> observations_;
  Cursor<ask::ListStoredRooms> rooms_;
  Cursor<ask::ListStoredScopes> scopes_;
  Cursor<ask::ListStoredRejects> rejects_;
  Cursor<ask::ListStoredSetAside> set_aside_;
};

}  // namespace fleetmeter::store
