#pragma once

#include <SQLiteCpp/Database.h>

#include <string_view>

#include "store/bulk_insert.hpp"
#include "store/process_memory.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// What is remembered of processes → rows. Rows wait until one step of SQLite takes many of them.
class ProcessRows {
 public:
  ProcessRows(SQLite::Database& db, ControlSums& sums);

  /// A row for a process that has none, with its summary.
  void add(ProcessMemory& process, std::string_view process_id);

  /// The observations that are pending. Readings among them are fresh from then on.
  void add_observations(ProcessMemory& process);
  /// After this they are in the store.
  void flush_observations() { observations_.flush(); }

  /// What of the process is not in the store yet: attributes, ports, activity, summary.
  void save(ProcessMemory& process);
  /// After this all but observations are in the store.
  void flush();

 private:
  void write_attributes(ProcessMemory& process, ProcessMemory::AttributeRow& row);
  void add_attributes(const ProcessMemory& process, const ProcessMemory::AttributeRow& row);
  void write_activity(ProcessMemory& process, ProcessMemory::ActivityRow& row);
  void write_ports(ProcessMemory& process);

  BulkInsert<ingest::AddProcess> add_;
  Query<ingest::SaveProcess> save_;
  BulkInsert<ingest::AddProcessAttribute> add_attribute_;
  Query<ingest::SeeProcessAttribute> see_attribute_;
  BulkInsert<ingest::AddPort> add_port_;
  BulkInsert<ingest::AddProcessActivity> add_activity_;
  BulkInsert<ingest::AddProcessRoom> listed_rooms_;
  BulkInsert<ingest::AddObservation> observations_;
};

}  // namespace fleetmeter::store
