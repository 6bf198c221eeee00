#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "fleetmeter/error.hpp"
#include "sql/empty_store.hpp"

namespace fleetmeter::store {

using sql::kApplicationId;

/// What a connection is opened for.
enum class Access {
  read,   ///< an existing store, never written
  write,  ///< an existing store, or a new one
};

/// Throws Error(usage) on a name under which SQLite keeps a database that ends with its connection,
/// or opens another file than the one named.
void check_store_name(const std::string& path);

/// Opens a store: checks that it is ours and not newer, brings an older one up to date (write) and
/// sets what every connection needs. Throws Error with the kind that fits; Error(usage) when the
/// name is none under which anything would be kept.
[[nodiscard]] std::unique_ptr<SQLite::Database> open_store(const std::string& path, Access access);

/// The schema version that this library writes: the number of its last migration.
[[nodiscard]] std::int64_t schema_version();

/// That of an existing store, whatever it is. Throws as open_store does.
[[nodiscard]] std::int64_t schema_version_of(const std::string& path);

/// Holds one moment of the store: everything read while it lives is of the same state.
class ReadTransaction {
 public:
  explicit ReadTransaction(SQLite::Database& db) : db_(db) { db_.exec("BEGIN"); }
  ~ReadTransaction() { db_.tryExec("COMMIT"); }
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  SQLite::Database& db_;
};

/// Changes the store whole or not at all: what is not committed is undone.
class WriteTransaction {
 public:
  explicit WriteTransaction(SQLite::Database& db) : db_(db) { db_.exec("BEGIN IMMEDIATE"); }
  ~WriteTransaction() {
    if (!committed_) {
      db_.tryExec("ROLLBACK");
    }
  }
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  void commit() {
    db_.exec("COMMIT");
    committed_ = true;
  }

 private:
  SQLite::Database& db_;
  bool committed_ = false;
};

/// Runs `work` and turns SQLite's failures into Errors that name the store's path.
template <class Work>
auto guarded(const std::string& path, Work&& work);

/// What a call ends with that was asked to stop.
[[nodiscard]] Error cancelled();

/// While it lives, statements of a connection end with Error(cancelled) soon after a stop was
/// requested.
class Stoppable {
 public:
  /// Throws Error(cancelled) when it was requested already.
  Stoppable(SQLite::Database& db, const std::stop_token& stop);
  ~Stoppable();
  Stoppable(const Stoppable&) = delete;
  Stoppable& operator=(const Stoppable&) = delete;

 private:
  SQLite::Database& db_;
  std::stop_token stop_;
};

/// What to say of a store that contradicts itself, and what to do about it.
[[nodiscard]] Error damaged(const std::string& what);

[[nodiscard]] Error to_error(const std::string& path, int code, const std::string& message);

}  // namespace fleetmeter::store

#include <SQLiteCpp/Exception.h>

template <class Work>
auto fleetmeter::store::guarded(const std::string& path, Work&& work) {
  try {
    return work();
  } catch (const SQLite::Exception& failure) {
    throw to_error(path, failure.getErrorCode(), failure.what());
  }
}
