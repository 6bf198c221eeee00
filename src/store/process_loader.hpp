#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string_view>

#include "store/process_memory.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Rows → what is remembered of a process.
class ProcessLoader {
 public:
  explicit ProcessLoader(SQLite::Database& db);

  /// Reads what the store has of the process of this id; false when it has no row. A snapshot that
  /// has no row yet was true at `unsaved_at_ms`.
  [[nodiscard]] bool load(std::string_view process_id, std::int64_t unsaved_at_ms,
                          ProcessMemory& process);

  /// Makes sure that one of its activities is in memory, if the store has it.
  void recall_activity(ProcessMemory& process, std::int64_t activity_no);

 private:
  void load_history(ProcessMemory& process, std::int64_t unsaved_at_ms);
  void load_attributes(ProcessMemory& process, std::int64_t unsaved_at_ms);
  void load_ports(ProcessMemory& process);

  Query<ingest::FindProcess> find_;
  Query<ingest::LoadProcessAttributes> load_attributes_;
  Query<ingest::LoadPorts> load_ports_;
  Query<ingest::LoadProcessActivity> load_activity_;
  Query<ingest::LoadProcessRooms> load_rooms_;
  Query<ingest::LastActivityNo> last_activity_no_;
};

}  // namespace fleetmeter::store
