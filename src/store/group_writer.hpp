#pragma once

#include <SQLiteCpp/Database.h>

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

  Histories& histories_;
  Repeats repeats_;
  RollupWriter rollups_;
};

}  // namespace fleetmeter::store
