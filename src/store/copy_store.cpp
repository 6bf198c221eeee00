#include "store/copy_store.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>

#include "store/connection.hpp"

namespace fleetmeter::store {

namespace {

/// All pages in one step: between two, somebody who writes could make the copy begin anew.
void copy_pages(SQLite::Database& from, const std::string& to) {
  SQLite::Database copy(to, SQLite::OPEN_READWRITE);
  copy.exec("PRAGMA synchronous = OFF");  // it is brought to the disk at the end, as a whole
  SQLite::Backup(copy, from).executeStep(-1);
}

}  // namespace

void copy_store(const std::string& from, const std::string& to) {
  const auto source = open_store(from, Access::read);
  guarded(to, [&] { copy_pages(*source, to); });
}

}  // namespace fleetmeter::store
