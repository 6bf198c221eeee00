#pragma once

#include <SQLiteCpp/Database.h>

namespace fleetmeter::store {

/// Lets a connection that only reads make and fill temporary tables, while it lives. It must begin
/// and end while no statement of the connection runs: the pragma makes SQLite abort those that do.
/// Inside another one it does nothing.
class Making {
 public:
  explicit Making(SQLite::Database& db)
      : db_(db), is_outermost_(db.execAndGet("PRAGMA query_only").getInt() != 0) {
    if (is_outermost_) {
      db_.exec("PRAGMA query_only = 0");
    }
  }
  ~Making() {
    if (is_outermost_) {
      db_.tryExec("PRAGMA query_only = 1");
    }
  }
  Making(const Making&) = delete;
  Making& operator=(const Making&) = delete;

 private:
  SQLite::Database& db_;
  bool is_outermost_;
};

}  // namespace fleetmeter::store
