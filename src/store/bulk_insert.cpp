#include "store/bulk_insert.hpp"

#include <SQLiteCpp/Exception.h>

#include <string>

#include "fleetmeter/error.hpp"

namespace fleetmeter::store {

std::shared_ptr<sqlite3_stmt> prepare_for_rows(SQLite::Database& db, const sql::SqlText& source,
                                               std::size_t columns, std::size_t rows) {
  const std::size_t values = source.text.rfind("VALUES");
  if (values == std::string_view::npos) {
    throw Error(ErrorKind::internal, std::string(source.path) + ": has no VALUES");
  }
  std::string row = "(?";
  for (std::size_t i = 1; i < columns; ++i) {
    row += ",?";
  }
  row += ')';
  std::string text(source.text.substr(0, values));
  text += "VALUES " + row;
  for (std::size_t i = 1; i < rows; ++i) {
    text += ',' + row;
  }
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v3(db.getHandle(), text.data(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  if (code != SQLITE_OK) {
    throw SQLite::Exception(db.getHandle(), code);
  }
  return {made, sqlite3_finalize};
}

}  // namespace fleetmeter::store
