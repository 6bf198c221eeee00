// The part of the door through which observations leave the store, and come back.

#include "prune/prune.hpp"

#include "api/inside.hpp"
#include "ingest/sources.hpp"

namespace fleetmeter {

namespace {

std::int64_t pragma(SQLite::Database& db, const char* name) {
  return db.execAndGet(std::string("PRAGMA ") + name).getInt64();
}

/// SQLite writes the store anew, into a temporary file and from there into its log; then the log
/// goes into the store's file, which is cut.
void give_room_back(SQLite::Database& db, const std::string& path, const Pruning& done) {
  db.exec("PRAGMA temp_store = FILE");  // a whole store is too much for memory
  try {
    store::guarded(path, [&] { db.exec("VACUUM"); });
  } catch (const Error& error) {
    const std::string moved = done.file ? " into " + *done.file : "";
    throw Error(error.kind(), std::string(error.what()) + "; what was pruned" + moved +
                                  " is safe, but its room could not be given back (it takes as " +
                                  "much room beside the store, and in the folder for temporary " +
                                  "files, which SQLITE_TMPDIR names)");
  }
  db.exec("PRAGMA temp_store = MEMORY");
  db.tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

Pruning Store::prune(const PruneRequest& request) {
  inside_->expect_writable();
  inside_->ingestor = nullptr;  // it remembers processes whose observations go
  return store::guarded(inside_->path, [&] {
    SQLite::Database& db = *inside_->db;
    const store::Stoppable stoppable(db, inside_->stop);
    store::WriteTransaction transaction(db);
    Pruning done = prune::move_to_file(request, ingest::wall_clock_ms(), db);
    transaction.commit();
    if (request.vacuum) {
      give_room_back(db, inside_->path, done);
    }
    const std::int64_t page_bytes = pragma(db, "page_size");
    done.store_bytes = pragma(db, "page_count") * page_bytes;
    done.free_bytes = pragma(db, "freelist_count") * page_bytes;
    return done;
  });
}

std::vector<Unpruning> Store::restore_pruned(const std::string& folder) {
  inside_->expect_writable();
  inside_->ingestor = nullptr;
  return store::guarded(inside_->path, [&] {
    const store::Stoppable stoppable(*inside_->db, inside_->stop);
    store::WriteTransaction transaction(*inside_->db);
    std::vector<Unpruning> done = prune::put_back(folder, *inside_->db);
    transaction.commit();
    return done;
  });
}

}  // namespace fleetmeter
