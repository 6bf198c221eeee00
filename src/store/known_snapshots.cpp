#include "store/known_snapshots.hpp"

#include "sql/catalog.hpp"
#include "store/connection.hpp"

namespace fleetmeter::store {

std::optional<model::KnownDocument> KnownSnapshots::find(const base::Sha256& sha256,
                                                         model::Instant fallback_at_ms) {
  try {
    if (!is_open_) {
      open();
    }
    if (!find_) {
      return std::nullopt;
    }
    std::optional<model::KnownDocument> known;
    if (find_->with(Blob{base::as_bytes(sha256)}, fallback_at_ms).next()) {
      known = {find_->integer(0), find_->integer(1)};
      find_->reset();
    }
    return known;
  } catch (const std::exception&) {
    // Not to know costs time, nothing else: a system short of file descriptors cannot open a second
    // connection. The writer says what is wrong with the store.
    find_.reset();
    return std::nullopt;
  }
}

void KnownSnapshots::open() {
  is_open_ = true;
  db_ = open_store(path_, Access::read);
  db_->exec("PRAGMA cache_size = -2000");
  find_ =
      std::make_unique<Statement>(*db_, sql::queries::ingest::find_known_document,
                                  std::initializer_list<const char*>{":sha256", ":fallback_at_ms"});
}

}  // namespace fleetmeter::store
