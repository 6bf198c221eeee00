#include "store/money_rows.hpp"

#include "store/query.hpp"
#include "store/schema_objects.hpp"

namespace fleetmeter::store {

void each_money_document(SQLite::Database& db,
                         const std::function<void(const KeptDocument&)>& use) {
  Query<ask::ListMoneyDocuments> documents(db);
  for (const auto& row : documents.rows()) {
    use({.document_seq = row.document_seq,
         .kind = row.kind,
         .name = row.name,
         .source = row.source.value_or(""),
         .sha256 = row.sha256,
         .given = row.given,
         .raw = row.raw});
  }
}

std::vector<MoneyRow> money_rows(SQLite::Database& db, std::int64_t document_seq) {
  Query<ask::ListMoneyRows> kept(db);
  std::vector<MoneyRow> rows;
  for (const auto& row : kept.rows({.document_seq = document_seq})) {
    rows.push_back({.place = row.place, .told = row.told, .content = row.content});
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
  make_schema(*db);
  return db;
}

}  // namespace fleetmeter::store
