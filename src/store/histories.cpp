#include "store/histories.hpp"

namespace fleetmeter::store {

Histories::Histories(SQLite::Database& db)
    : labels(db),
      processes(db),
      rooms(db, labels, processes),
      sightings(db),
      lists(db, labels, sightings),
      snapshots(db) {}

void Histories::begin_document(std::int64_t observed_at_ms, std::int64_t snapshot_seq,
                               bool may_be_list) {
  document_at_ms = observed_at_ms;
  processes.begin_document(observed_at_ms, snapshot_seq);
  rooms.begin_document(observed_at_ms);
  sightings.begin_document();
  lists.begin_document(may_be_list);
}

void Histories::forget() {
  labels.forget();
  processes.forget();
  rooms.forget();
  sightings.forget();
  lists.forget();
  snapshots.forget();
}

}  // namespace fleetmeter::store
