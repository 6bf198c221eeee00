#include "store/seals.hpp"

#include "store/connection.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

NewestKnown newest_known(SQLite::Database& db) {
  const auto newest = Query<ask::NewestKnown>(db).first().value();
  return {newest.known_seq, newest.money_seq};
}

std::vector<StoredSeal> seals_in(SQLite::Database& db) {
  std::vector<StoredSeal> all;
  Query<ask::ListSeals> seals(db);
  for (const auto& row : seals.rows()) {
    all.push_back({row.seal_seq,
                   row.month,
                   row.zone,
                   row.as_of_ms,
                   row.known_seq,
                   row.checkpoint,
                   row.signatures,
                   row.sealed_at_ms,
                   {}});
  }
  Query<ask::ListSealLines> lines(db);
  for (StoredSeal& seal : all) {
    for (const auto& row : lines.rows({.seal_seq = seal.seal_seq})) {
      if (row.line_no != static_cast<std::int64_t>(seal.lines.size())) {
        throw damaged("seal " + std::to_string(seal.seal_seq) + ": line " +
                      std::to_string(seal.lines.size()) + " is missing");
      }
      seal.lines.push_back(row.text);
    }
  }
  if (const auto stray = Query<ask::CountStraySealLines>(db).first().value(); stray.lines != 0) {
    throw damaged("seal_line: " + std::to_string(stray.lines) + " lines are of no seal");
  }
  return all;
}

void add_seal(SQLite::Database& db, const StoredSeal& seal) {
  Query<ingest::AddSeal>(db).run({.seal_seq = seal.seal_seq,
                                  .month = seal.month,
                                  .zone = seal.zone,
                                  .as_of_ms = seal.as_of_ms,
                                  .known_seq = seal.known_seq,
                                  .checkpoint = seal.checkpoint,
                                  .signatures = seal.signatures,
                                  .sealed_at_ms = seal.sealed_at_ms});
  Query<ingest::AddSealLine> add(db);
  std::int64_t line_no = 0;
  for (const std::string& text : seal.lines) {
    add.run({.seal_seq = seal.seal_seq, .line_no = line_no++, .text = text});
  }
}

}  // namespace fleetmeter::store
