#include "store/money_rows.hpp"

#include "sql/catalog.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;

}  // namespace

void each_money_document(SQLite::Database& db,
                         const std::function<void(const KeptDocument&)>& use) {
  Statement row(db, ask::list_money_documents);
  while (row.next()) {
    use({row.integer(0), row.text(1), row.text(2), row.text(3), row.bytes(4), row.text(5),
         row.bytes(6)});
  }
}

std::vector<MoneyRow> money_rows(SQLite::Database& db, std::int64_t document_seq) {
  Statement row(db, ask::list_money_rows);
  row.bind(":document_seq", document_seq);
  std::vector<MoneyRow> rows;
  while (row.next()) {
    rows.push_back({row.text(0), row.text(1), row.text(2)});
  }
  return rows;
}

std::int64_t newest_money_document(SQLite::Database& db) {
  std::int64_t newest = 0;
  each_money_document(db, [&](const KeptDocument& document) { newest = document.document_seq; });
  return newest;
}

std::unique_ptr<SQLite::Database> scratch_store() {
  auto db =
      std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
  for (const sql::SqlText* migration : sql::all_migrations) {
    db->exec(std::string(migration->text));
  }
  return db;
}

}  // namespace fleetmeter::store
