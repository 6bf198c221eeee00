#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "normalise/rows.hpp"
#include "store/labels.hpp"
#include "store/new_keys.hpp"
#include "store/new_names.hpp"
#include "store/process_loader.hpp"
#include "store/process_memory.hpp"
#include "store/process_rows.hpp"
#include "store/query.hpp"
#include "store/recently_named.hpp"

namespace fleetmeter::store {

/// The processes of a store while documents come in. It remembers those that documents speak of,
/// writes what changed of them once for each group, and forgets those that are likely to be over.
class ProcessHistory {
 public:
  ProcessHistory(SQLite::Database& db, ControlSums& sums);

  /// The process of this id, made when it is new.
  [[nodiscard]] ProcessMemory& find(std::string_view process_id);

  /// The process of an observation. Lists keep their order, and an address of attributes that were
  /// the newest of a process means that process: most need no look-up.
  [[nodiscard]] ProcessMemory& find(const model::Observation& observation);

  /// Only its key; makes a row for a process that was named but not yet observed.
  [[nodiscard]] normalise::Key key_of(std::string_view process_id);

  /// Makes sure one of its activities is in memory.
  void recall_activity(ProcessMemory& process, std::int64_t activity_no) {
    loader_.recall_activity(process, activity_no);
  }

  /// When the document being written was true, and which number its snapshot gets: it has no row
  /// before it ends.
  void begin_document(std::int64_t observed_at_ms, std::int64_t snapshot_seq) {
    document_at_ms_ = observed_at_ms;
    document_seq_ = snapshot_seq;
  }

  /// Marks a process as changed; flush() writes it.
  void touch(ProcessMemory& process);

  /// A list was found to prove a process gone, or none any more; it has its row already.
  void note_gone(std::string_view process_id, model::Instant gone_ms);

  /// Writes the observations that are pending: of one process, or of all.
  void write_observations(ProcessMemory& process);
  void write_observations();

  /// The processes that changed since the last flush, in the order of their keys.
  [[nodiscard]] const std::vector<ProcessMemory*>& changed();

  [[nodiscard]] std::size_t count_changed() const { return dirty_.size(); }

  /// Writes everything that changed.
  void flush();

  /// After a flush, which ends a group: forgets the processes that were not named lately.
  void trim();

  /// Forgets what memory holds, because the store changed beneath it.
  void forget() {
    dirty_.clear();
    added_.clear();
    keys_.forget();
    names_.forget();
    let_all_go();
  }

 private:
  void let_all_go();

  ProcessLoader loader_;
  ProcessRows rows_;
  NewKeys<ingest::LastProcessKey> keys_;
  NewNames<ingest::ListProcessIds> names_;
  TextMap<std::unique_ptr<ProcessMemory>> known_;
  std::vector<ProcessMemory*> dirty_;
  std::vector<ProcessMemory*> added_;
  RecentlyNamed<ProcessMemory> named_;
  ProcessMemory* found_before_ = nullptr;  ///< the last one found by an observation
  std::int64_t document_at_ms_ = 0;
  std::int64_t document_seq_ = 0;
};

}  // namespace fleetmeter::store
