#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <optional>
#include <string>

#include "model/document.hpp"
#include "model/rejected_places.hpp"
#include "store/document_writer.hpp"
#include "store/group_transaction.hpp"
#include "store/histories.hpp"
#include "store/leftovers.hpp"
#include "store/open_rejects.hpp"
#include "store/source_writer.hpp"
#include "store/write_counts.hpp"

namespace fleetmeter::store {

/// The door through which documents come into a store. Behind it a DocumentWriter makes rows of
/// them, in the transactions of a GroupTransaction.
///
/// Use: begin_run; begin_source, write every part, end_source for each source; then finish(), after
/// which another run may begin. A failure leaves the store as the last commit left it, and the
/// writer unusable.
class SnapshotWriter {
 public:
  explicit SnapshotWriter(SQLite::Database& db);

  /// Whether the store has any document: if not, none need be looked for.
  [[nodiscard]] bool has_snapshots() { return transaction_.has_snapshots(); }

  /// Where earlier runs rejected documents of a source, from begin_run on; null for nowhere.
  [[nodiscard]] const model::RejectedPlaces* rejected_places(const std::string& path) const {
    return open_rejects_.of(path);
  }

  /// `now_ms` stamps provenance; no answer depends on it. `trusts_lists`: whether running lists
  /// count as evidence in this run.
  void begin_run(std::int64_t now_ms, bool trusts_lists = true);
  /// A source that goes on after another came in between has a row: `key` is what end_source()
  /// left in source_key().
  void begin_source(const model::SourceInfo& source, std::optional<std::int64_t> key = {});
  [[nodiscard]] const std::optional<std::int64_t>& source_key() const {
    return source_.key_if_written();
  }
  /// False when the document was known, or rejected, before this run.
  bool write(const model::DocumentPart& part);
  /// Nothing more comes for now: commits what came, unless it ends in the middle of a document.
  void pause();
  /// Forgets a document whose end will not come, because its source broke off.
  void abandon_document() { documents_.abandon(); }
  [[nodiscard]] WriteCounts end_source();

  /// Commits what is not committed yet.
  void finish() { transaction_.commit(); }

 private:
  Histories histories_;
  GroupTransaction transaction_;
  SourceWriter source_;
  Leftovers leftovers_;
  OpenRejects open_rejects_;
  DocumentWriter documents_;
  WriteCounts counts_;  ///< of the source
};

}  // namespace fleetmeter::store
