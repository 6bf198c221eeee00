#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <map>
#include <vector>

#include "normalise/rows.hpp"
#include "store/bulk_insert.hpp"
#include "store/control_sums.hpp"
#include "store/polls.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// Notes which places a snapshot saw, in the transaction that stores its observations.
class SightingWriter {
 public:
  SightingWriter(SQLite::Database& db, ControlSums& sums);

  void begin_document();
  /// The number of the place that attributes say; a new one is written.
  [[nodiscard]] std::size_t place_of(const normalise::Attributes& attributes);
  [[nodiscard]] std::size_t place_of(std::int64_t app_key, std::int64_t region_key) {
    return number_of({app_key, region_key});
  }
  void see(std::size_t place_no);
  void end_document(std::int64_t snapshot_seq);

  void flush() { add_sighting_.flush(); }

  /// Forgets what memory holds, because the store changed beneath it.
  void forget();

  /// Makes the sightings of a store that has none.
  void rebuild();

 private:
  [[nodiscard]] std::size_t number_of(const Place& place);

  SQLite::Database& db_;
  Query<ingest::FindPlace> find_place_;
  Query<ingest::AddPlace> add_place_;
  ControlSum& places_;
  BulkInsert<ingest::AddSighting> add_sighting_;
  std::map<Place, std::size_t> numbers_;
  std::vector<std::uint64_t> seen_;  ///< by this document, by block
};

}  // namespace fleetmeter::store
