#include "store/histories.hpp"

namespace fleetmeter::store {

Histories::Histories(SQLite::Database& db)
    : sums(db),
      labels(db, sums),
      processes(db, sums),
      rooms(db, sums, labels, processes),
      sightings(db, sums),
      lists(db, labels, sightings),
      snapshots(db, sums) {}

void Histories::begin_document(std::int64_t observed_at_ms, std::int64_t snapshot_seq,
                               bool may_be_list) {
  document_at_ms = observed_at_ms;
  processes.begin_document(observed_at_ms, snapshot_seq);
  rooms.begin_document(observed_at_ms);
  sightings.begin_document();
  lists.begin_document(may_be_list);
}

void Histories::forget() {
  sums.forget();
  labels.forget();
  processes.forget();
  rooms.forget();
  sightings.forget();
  lists.forget();
  snapshots.forget();
}

}  // namespace fleetmeter::store
