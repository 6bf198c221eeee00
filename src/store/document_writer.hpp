#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>

#include "model/document.hpp"
#include "store/group_transaction.hpp"
#include "store/histories.hpp"
#include "store/leftovers.hpp"
#include "store/observation_writer.hpp"
#include "store/open_rejects.hpp"
#include "store/room_writer.hpp"
#include "store/source_writer.hpp"
#include "store/write_counts.hpp"

namespace fleetmeter::store {

/// Documents → rows. A document is stored whole or not at all: one that is no JSON, that is stored
/// already, or whose time nobody knows leaves no observation.
class DocumentWriter {
 public:
  DocumentWriter(SQLite::Database& db, Histories& histories, GroupTransaction& transaction,
                 SourceWriter& source, Leftovers& leftovers, OpenRejects& open_rejects);

  /// Takes in a document or the next part of one. False when it was known, or rejected, before this
  /// run.
  bool write(const model::DocumentPart& part, WriteCounts& counts);
  /// The document is stored already and was therefore not decoded.
  void pass_over(const model::DocumentPart& part, WriteCounts& counts);
  /// Forgets a document whose end will not come.
  void abandon();

  /// Whether the end of a document has still to come.
  [[nodiscard]] bool is_open() const { return is_open_; }

 private:
  void begin(const model::DocumentPart& part);
  [[nodiscard]] bool take_in(const model::DocumentPart& part, WriteCounts& counts);
  [[nodiscard]] bool refuse(const model::DocumentPart& part, WriteCounts& counts);
  void say_again(const model::DocumentPart& part, WriteCounts& counts);
  void say_again_in_parts(WriteCounts& counts);
  void write_records(const model::DocumentPart& part, WriteCounts& counts);
  [[nodiscard]] bool end(const model::DocumentPart& part, WriteCounts& counts);
  [[nodiscard]] bool is_stored(const model::DocumentHead& head, std::int64_t rejected);
  [[nodiscard]] bool is_snapshot(const model::DocumentPart& part) const;
  [[nodiscard]] bool store(const model::DocumentPart& part, bool is_snapshot, WriteCounts& counts);
  void write_refused(const model::DocumentPart& part, WriteCounts& counts);
  void write_snapshot(const model::DocumentPart& part, WriteCounts& counts);
  void make_good(const model::DocumentPart& part, std::int64_t snapshot_seq, WriteCounts& counts);
  void undo();

  Histories& histories_;
  GroupTransaction& transaction_;
  SourceWriter& source_;
  Leftovers& leftovers_;
  OpenRejects& open_rejects_;
  ObservationWriter observations_;
  RoomWriter rooms_;
  DocumentTally tally_;
  bool is_open_ = false;
  bool is_awaited_ = false;  ///< it is stored, but for records that were refused then
};

}  // namespace fleetmeter::store
