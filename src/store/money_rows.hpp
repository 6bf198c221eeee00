#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fleetmeter::store {

/// A document about money as it was kept.
struct KeptDocument {
  std::int64_t document_seq = 0;
  std::string kind;
  std::string name;
  std::string source;
  std::string sha256;
  std::string given;
  std::string raw;
};

/// Calls `use` for each, in the order in which they were imported.
void each_money_document(SQLite::Database& db, const std::function<void(const KeptDocument&)>& use);

/// One row that a document gave, in whichever table, as text.
struct MoneyRow {
  std::string place;  ///< the table, and the number of the row
  std::string told;   ///< what another version of the program may tell otherwise
  std::string content;
};
[[nodiscard]] std::vector<MoneyRow> money_rows(SQLite::Database& db, std::int64_t document_seq);

/// The number of the newest document; 0: there is none.
[[nodiscard]] std::int64_t newest_money_document(SQLite::Database& db);

/// An empty store that ends with its connection, to try something in.
[[nodiscard]] std::unique_ptr<SQLite::Database> scratch_store();

}  // namespace fleetmeter::store
