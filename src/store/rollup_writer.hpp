#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "rollup/account.hpp"
#include "rollup/deltas.hpp"
#include "store/bulk_insert.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Keeps the rollups of a store true to its observations, in the transaction that stores these.
class RollupWriter {
 public:
  explicit RollupWriter(SQLite::Database& db);

  /// How far the curve of a process has come, as the store has it.
  [[nodiscard]] std::optional<meter::EgressTrack> track_of(std::int64_t process_key);

  /// All readings of a process in the order in which they became known. Those of a snapshot that
  /// has no row yet were made at `unsaved_at_ms`.
  [[nodiscard]] std::vector<rollup::KnownReading> readings_of(std::int64_t process_key,
                                                              std::int64_t unsaved_at_ms);

  /// Takes in what became of one process; its observations have rows already. Gives its track.
  [[nodiscard]] std::optional<meter::EgressTrack> take(const rollup::Change& change);

  /// Some process was said to have begun at this instant, or was seen then. The earliest such
  /// instant is where questions without a window begin.
  void reach_back_to(std::int64_t at_ms);

  /// Writes the sums that changed.
  void flush();

  /// Forgets what memory holds, because the store changed beneath it.
  void forget() { written_.clear(); }

  /// Makes the rollups of a store that has none.
  void rebuild();

 private:
  void write_meter(const rollup::Change& change, const rollup::Account& account);
  void write_bucket(const rollup::BucketKey& key, const rollup::Sums<std::int64_t>& sums);
  void write_gap(const rollup::Gap& gap, int sign);
  void note_begin(std::int64_t process_key, std::int64_t from_ms);

  SQLite::Database& db_;
  Query<ingest::FindRollup> find_rollup_;
  BulkInsert<ingest::SaveRollup> save_rollup_;
  Query<ingest::RemoveRollup> remove_rollup_;
  BulkInsert<ingest::AddProcessMeter> add_meter_;
  BulkInsert<ingest::SaveProcessMeter> save_meter_;
  Query<ingest::ExtendProcessMeter> extend_meter_;
  Query<ingest::FindProcessMeter> find_meter_;
  Query<ingest::SaveProcessBlock> save_block_;
  Query<ingest::AddEgressGap> add_gap_;
  Query<ingest::RemoveEgressGap> remove_gap_;
  Query<ingest::SaveStoreSpan> save_span_;
  Query<ingest::LoadReadings> load_readings_;
  rollup::Deltas deltas_;
  /// Blocks of processes, and when the first of those that were written since begins.
  std::map<std::int64_t, std::int64_t> begins_ms_;
  /// Buckets that were written lately, as the store has them.
  std::unordered_map<rollup::BucketKey, rollup::Sums<std::int64_t>, rollup::BucketHash> written_;
  model::Instant earliest_ms_;
};

}  // namespace fleetmeter::store
