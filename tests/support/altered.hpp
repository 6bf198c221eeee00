#pragma once

// A store that somebody changed with SQLite.

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <string>

namespace fleetmeter::test {

/// Makes `path` a copy of a sound store, in which a statement changed something that may be no rule
/// of ours any more. False when not even SQLite allows it.
inline bool alter(const std::string& sound, const std::string& path, const std::string& statement) {
  for (const char* beside : {"-wal", "-shm"}) {
    std::filesystem::remove(path + beside);
  }
  std::filesystem::copy_file(sound, path, std::filesystem::copy_options::overwrite_existing);
  try {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    for (const char* rule :
         {"foreign_keys = OFF", "ignore_check_constraints = ON", "writable_schema = ON"}) {
      db.exec(std::string("PRAGMA ") + rule);
    }
    db.exec(statement);
  } catch (const SQLite::Exception&) {
    return false;
  }
  return true;
}

}  // namespace fleetmeter::test
