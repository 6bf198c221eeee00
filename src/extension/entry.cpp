// fleetmeter.so: the questions as tables, in whatever program can load an extension of SQLite.

#include <sqlite3.h>

#include <memory>
#include <optional>
#include <string>

#include "api/functions.hpp"
#include "extension/host_sqlite.hpp"
#include "fleetmeter/store.hpp"

namespace {

using fleetmeter::Error;
using fleetmeter::ErrorKind;
using fleetmeter::Store;

constexpr int kOldestSqlite = 3038000;

/// The store that the connection has open, opened once more when it is first asked: answers are of
/// what is committed, and nothing of the connection's own is touched.
class OfConnection {
 public:
  explicit OfConnection(sqlite3* db) : db_(db) {}

  const Store& get() {
    if (!store_) {
      const char* const path = sqlite3_db_filename(db_, "main");
      if (path == nullptr || *path == '\0') {
        throw Error(ErrorKind::usage, "the main database of this connection is no file");
      }
      store_.emplace(Store::open(path));
    }
    return *store_;
  }

 private:
  sqlite3* db_;
  std::optional<Store> store_;
};

}  // namespace

/// SQLite finds it by the name of the file.
extern "C" __attribute__((visibility("default"))) int sqlite3_fleetmeter_init(  // NOLINT
    sqlite3* db, char** message, const sqlite3_api_routines* host) {
  if (!fleetmeter::extension::use_host(host, message)) {
    return SQLITE_ERROR;
  }
  try {
    if (sqlite3_libversion_number() < kOldestSqlite) {
      throw Error(ErrorKind::usage, std::string("fleetmeter needs SQLite 3.38 or later; this is ") +
                                        sqlite3_libversion());
    }
    const auto store = std::make_shared<OfConnection>(db);
    fleetmeter::add_functions(db, [store]() -> const Store& { return store->get(); }, {});
    return SQLITE_OK;
  } catch (const std::exception& error) {
    *message = sqlite3_mprintf("%s", error.what());
    return SQLITE_ERROR;
  }
}
