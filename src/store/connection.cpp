#include "store/connection.hpp"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>

#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "sql/catalog.hpp"
#include "store/migration.hpp"
#include "store/new_store.hpp"
#include "store/schema_objects.hpp"

namespace fleetmeter::store {

namespace {

constexpr int kBusyTimeout_ms = 5000;
constexpr int kBusyPause_ms = 10;
constexpr int kStepsBetweenLooks = 1000;  // of SQLite's machine: microseconds

bool exists(const std::string& path) {
  return access(path.c_str(), F_OK) == 0;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

/// Whether a file has a size that a database can have: whole pages.
bool has_size_of_store(const std::string& path) {
  constexpr off_t kSmallestPage = 512;
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && status.st_size > 0 &&
         status.st_size % kSmallestPage == 0;
}

/// Says before SQLite does, in words a person can act on, why a path cannot be a store.
void check_path(const std::string& path, Access access_wanted) {
  check_store_name(path);
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::foreign_store,
                path + (S_ISDIR(status.st_mode) ? ": is a folder, not a store"
                                                : ": is no regular file, so no store"));
  }
  if (!exists(path)) {
    if (access_wanted == Access::read) {
      throw Error(ErrorKind::no_input, path + ": no such store (make one with " +
                                           spelled(Term::ingest) + ", or name another with " +
                                           spelled(Term::store_path) + ")");
    }
    if (!exists(folder_of(path))) {
      throw Error(ErrorKind::cannot_create, path + ": its folder does not exist");
    }
    if (access(folder_of(path).c_str(), W_OK) != 0) {
      throw Error(ErrorKind::permission, path + ": its folder cannot be written to");
    }
    return;
  }
  if (access(path.c_str(), R_OK) != 0) {
    throw Error(ErrorKind::permission, path + ": cannot be read");
  }
  if (access_wanted == Access::write &&
      (access(path.c_str(), W_OK) != 0 || access(folder_of(path).c_str(), W_OK) != 0)) {
    throw Error(ErrorKind::permission, path + ": it, or its folder, cannot be written to");
  }
}

void harden(SQLite::Database& db) {
  sqlite3* const handle = db.getHandle();
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);  // none is ours
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_busy_timeout(handle, kBusyTimeout_ms);
}

std::int64_t pragma(SQLite::Database& db, const char* name) {
  return db.execAndGet(std::string("PRAGMA ") + name).getInt64();
}

/// What to say of a database without our marks, which a copy made with `.dump` lost, or with a
/// schema version that no store ever had.
std::string unmarked(SQLite::Database& db, const std::string& path, std::int64_t application,
                     std::int64_t said) {
  const bool may_be_ours = application == 0 || application == kApplicationId;
  const auto version = may_be_ours ? version_with(schema_of(db)) : std::nullopt;
  if (!version) {
    return path + (application == kApplicationId
                       ? ": says that its schema version is " + std::to_string(said) +
                             ", which no store ever had"
                       : ": a database of another program (application_id " +
                             std::to_string(application) + "), not a fleetmeter store");
  }
  return path +
         (application == 0
              ? ": a copy of a store without its two marks, which `.dump` leaves out; sqlite3 "
              : ": a store whose schema version was made " + std::to_string(said) + "; sqlite3 ") +
         fleetmeter::shell_word(path) +
         " 'PRAGMA application_id = " + std::to_string(kApplicationId) +
         "; PRAGMA user_version = " + std::to_string(*version) + "' puts them back";
}

/// The store's schema version, 0 for an empty file; throws when it is somebody else's.
std::int64_t version_of(SQLite::Database& db, const std::string& path) {
  const std::int64_t application = pragma(db, "application_id");
  const std::int64_t version = pragma(db, "user_version");
  const bool empty = db.execAndGet("SELECT count(*) FROM sqlite_schema").getInt64() == 0;
  if (empty && version == 0 && (application == 0 || application == kApplicationId)) {
    return 0;
  }
  if (application != kApplicationId || version < 1) {
    throw Error(ErrorKind::foreign_store, unmarked(db, path, application, version));
  }
  if (version > schema_version()) {
    throw Error(ErrorKind::foreign_store, path + ": made by a newer fleetmeter (schema version " +
                                              std::to_string(version) + ", this one knows " +
                                              std::to_string(schema_version()) + ")");
  }
  return version;
}

/// As version_of, of a file that must be a store.
std::int64_t version_of_store(SQLite::Database& db, const std::string& path) {
  const std::int64_t version = version_of(db, path);
  if (version == 0) {
    throw Error(ErrorKind::foreign_store, path + ": an empty file, not a fleetmeter store");
  }
  return version;
}

/// Makes a store of an empty file or an old store.
void make_current(SQLite::Database& db, const std::string& path) {
  db.exec("PRAGMA foreign_keys = OFF");
  WriteTransaction transaction(db);
  // Another process may have done so while this one waited for the lock.
  const std::int64_t from = version_of(db, path);
  if (from == 0) {
    make_schema(db);
    db.exec("PRAGMA user_version = " + std::to_string(schema_version()));
  } else {
    migrate(db, path, static_cast<std::size_t>(from));
  }
  db.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  transaction.commit();
}

/// The path as a URI for a file that nobody changes.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    uri += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
  }
  return uri + "?immutable=1";
}

std::unique_ptr<SQLite::Database> try_to_open_for_writing(const std::string& path) {
  if (!exists(path)) {
    put_empty_store(path);
  }
  auto db = std::make_unique<SQLite::Database>(
      path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX);
  harden(*db);
  static_cast<void>(version_of(*db, path));  // before anything is written
  db->exec("PRAGMA page_size = 8192");  // of a new store: half as many pages to log and to find
  // With the log, EXTRA is FULL. Before a new file has it, SQLite uses a journal, and only EXTRA
  // brings to the disk that the journal is gone: one that came back would undo what followed.
  db->exec("PRAGMA synchronous = EXTRA");
  db->exec("PRAGMA journal_mode = WAL");
  db->exec("PRAGMA cache_size = -14000");
  db->exec("PRAGMA wal_autocheckpoint = 1000");  // a log that begins anew need not grow
  db->exec("PRAGMA secure_delete = OFF");        // what goes, an empty bucket, is no secret
  if (version_of(*db, path) < schema_version()) {
    make_current(*db, path);
  }
  db->exec("PRAGMA temp_store = MEMORY");  // how to undo half a step is a few pages
  return db;
}

/// SQLite does not wait where two processes make the same store at once, so this does.
std::unique_ptr<SQLite::Database> open_for_writing(const std::string& path) {
  const auto last_try =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(kBusyTimeout_ms);
  for (;;) {
    try {
      return try_to_open_for_writing(path);
    } catch (const SQLite::Exception& failure) {
      const bool is_busy = (failure.getErrorCode() & 0xFF) == SQLITE_BUSY;
      if (!is_busy || std::chrono::steady_clock::now() >= last_try) {
        throw;
      }
      sqlite3_sleep(kBusyPause_ms);
    }
  }
}

/// Whether nobody can write to the file system that a file lies on.
bool lies_on_read_only_medium(const std::string& path) {
  struct statvfs medium {};
  return statvfs(path.c_str(), &medium) == 0 && (medium.f_flag & ST_RDONLY) != 0;
}

/// Opens a store that SQLite would not open as it is: to read one, it must be able to make the file
/// through which readers and writers agree. Where nobody can write, the file alone is the whole
/// truth, unless a log lies beside it. Anywhere else somebody may write at any time, and a reader
/// that does not agree with writers would mix two moments of the store.
std::unique_ptr<SQLite::Database> open_unchanging(const std::string& path) {
  if (!lies_on_read_only_medium(path)) {
    throw Error(ErrorKind::permission,
                path +
                    ": cannot be read without writing to its folder, where readers and writers "
                    "agree through " +
                    path +
                    "-shm; let this user write there, or read a copy "
                    "made with VACUUM INTO");
  }
  // The log lies beside the file itself, where a link to it leads.
  const std::string log = std::filesystem::canonical(path).string() + "-wal";
  struct stat status {};
  if (stat(log.c_str(), &status) == 0 && status.st_size > 0) {
    throw Error(ErrorKind::permission,
                path + ": its log (" + log +
                    ") has to be written into it, and the medium is read-only; copy both to where "
                    "you can write, and ask the copy");
  }
  auto db = std::make_unique<SQLite::Database>(
      immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX);
  harden(*db);
  return db;
}

std::unique_ptr<SQLite::Database> open_file_for_reading(const std::string& path) {
  try {
    auto db =
        std::make_unique<SQLite::Database>(path, SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX);
    harden(*db);
    static_cast<void>(pragma(*db, "schema_version"));
    return db;
  } catch (const SQLite::Exception& failure) {
    const int code = failure.getErrorCode() & 0xFF;
    if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY && code != SQLITE_PERM) {
      throw;
    }
    return open_unchanging(path);
  }
}

std::unique_ptr<SQLite::Database> open_for_reading(const std::string& path) {
  auto db = open_file_for_reading(path);
  db->exec("PRAGMA query_only = 1");
  db->exec("PRAGMA cache_size = -4000");  // holds what a window's edges need of a month
  const std::int64_t version = version_of_store(*db, path);
  if (version < schema_version()) {
    throw Error(ErrorKind::foreign_store,
                path + ": made by an older fleetmeter (schema version " + std::to_string(version) +
                    "); " + spelled(Term::migrate) + ", or the next ingest, brings it up to date");
  }
  return db;
}

}  // namespace

void check_store_name(const std::string& path) {
  const char* const why = path.empty()                ? "an empty name is no store"
                          : path == ":memory:"        ? "would keep nothing: it is no file"
                          : path.starts_with("file:") ? "a URI, not a path; give the path alone"
                          : path.find('\0') != std::string::npos ? "a NUL in a path"
                                                                 : nullptr;
  if (why != nullptr) {
    throw Error(ErrorKind::usage, spelled(Term::store_path) + ": " + why +
                                      (path.empty() ? "" : " (" + printable(path) + ")"));
  }
}

std::int64_t schema_version() {
  return static_cast<std::int64_t>(sql::all_migrations.size());
}

std::int64_t schema_version_of(const std::string& path) {
  check_path(path, Access::read);
  return guarded(path, [&] { return version_of_store(*open_file_for_reading(path), path); });
}

Error cancelled() {
  return {ErrorKind::cancelled, "stopped, as was asked for"};
}

Stoppable::Stoppable(SQLite::Database& db, const std::stop_token& stop) : db_(db), stop_(stop) {
  if (stop_.stop_requested()) {
    throw cancelled();
  }
  if (stop_.stop_possible()) {
    const auto is_requested = [](void* token) {
      return static_cast<const std::stop_token*>(token)->stop_requested() ? 1 : 0;
    };
    sqlite3_progress_handler(db_.getHandle(), kStepsBetweenLooks, is_requested, &stop_);
  }
}

Stoppable::~Stoppable() {
  sqlite3_progress_handler(db_.getHandle(), 0, nullptr, nullptr);
}

Error damaged(const std::string& what) {
  return {
      ErrorKind::foreign_store,
      what + ": the store is damaged; restore a backup, or ingest the archive into a new store"};
}

Error to_error(const std::string& path, int code, const std::string& message) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::busy, path + ": another process is writing to this store; try again"};
    case SQLITE_NOTADB:
      return {ErrorKind::foreign_store,
              path + ": not a fleetmeter store (not an SQLite file)" +
                  (has_size_of_store(path) ? "; if it was one, it is damaged: restore a backup, or "
                                             "ingest the archive into a new store"
                                           : "")};
    case SQLITE_CORRUPT:
      return {ErrorKind::foreign_store,
              path + ": the store is damaged (" + message +
                  "); restore a backup, or ingest the archive into a new store"};
    case SQLITE_FULL:
      return {ErrorKind::io, path + ": the disk is full; nothing of this step was stored"};
    case SQLITE_IOERR:
      return {ErrorKind::io, path + ": reading or writing failed (" + message + ")"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorKind::permission, path + ": cannot be written to (" + message + ")"};
    case SQLITE_CANTOPEN:
      return {ErrorKind::permission, path + ": cannot be opened (" + message + ")"};
    case SQLITE_INTERRUPT:
      return cancelled();
    case SQLITE_NOMEM:
      return {ErrorKind::internal, path + ": out of memory"};
    case SQLITE_ERROR:
      // Our statements fit the tables that we make, and no number that a document may hold makes a
      // sum too large. So these tables are not ours, or their rows are not.
      return damaged(
          path + ": " +
          (message.find("integer overflow") != std::string::npos ? "a sum passed 2^63" : message));
    default:
      return {ErrorKind::internal, path + ": " + message};
  }
}

std::unique_ptr<SQLite::Database> open_store(const std::string& path, Access access_wanted) {
  check_path(path, access_wanted);
  return guarded(path, [&] {
    return access_wanted == Access::write ? open_for_writing(path) : open_for_reading(path);
  });
}

}  // namespace fleetmeter::store
