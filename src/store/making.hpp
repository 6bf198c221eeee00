#pragma once

#include <SQLiteCpp/Database.h>

namespace fleetmeter::store {

/// Lets a connection that only reads make and fill temporary tables, while it lives.
class Making {
 public:
  explicit Making(SQLite::Database& db) : db_(db) { db_.exec("PRAGMA query_only = 0"); }
  ~Making() { db_.tryExec("PRAGMA query_only = 1"); }
  Making(const Making&) = delete;
  Making& operator=(const Making&) = delete;

 private:
  SQLite::Database& db_;
};

}  // namespace fleetmeter::store
