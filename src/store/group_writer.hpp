#pragma once

#include <SQLiteCpp/Database.h>

#include "store/absence_writer.hpp"
#include "store/histories.hpp"
#include "store/process_memory.hpp"
#include "store/repeats.hpp"
#include "store/rollup_writer.hpp"

namespace fleetmeter::store {

/// Writes what memory took in from a group of documents, keeps the rollups true to it, and lets go
/// of what is likely to be over.
class GroupWriter {
 public:
  GroupWriter(SQLite::Database& db, Histories& histories);

  void write();

  /// Forgets what memory holds, because the store changed beneath it.
  void forget();

 private:
  void roll_up();
  void roll_up(ProcessMemory& process);
  void roll_up(const RolledProcess& process, model::Instant gone_ms);

  Histories& histories_;
  Repeats repeats_;
  AbsenceWriter absence_;
  RollupWriter rollups_;
  Query<ingest::SaveGone> save_gone_;
  Query<ask::ProcessIdText> process_id_;
};

}  // namespace fleetmeter::store
