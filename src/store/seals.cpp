#include "store/seals.hpp"

#include <map>

#include "store/connection.hpp"
#include "store/control_sums.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

NewestKnown newest_known(SQLite::Database& db) {
  const auto newest = Query<ask::NewestKnown>(db).first().value();
  return {newest.known_seq, newest.money_seq};
}

namespace {

using SealsBySeq = std::map<std::int64_t, StoredSeal>;

SealsBySeq seals_without_lines(SQLite::Database& db) {
  SealsBySeq all;
  Query<ask::ListSeals> seals(db);
  for (const auto& row : seals.rows()) {
    all[row.seal_seq] = {.seal_seq = row.seal_seq,
                         .month = row.month,
                         .zone = row.zone,
                         .as_of_ms = row.as_of_ms,
                         .known_seq = row.known_seq,
                         .checkpoint = row.checkpoint,
                         .signatures = row.signatures,
                         .sealed_at_ms = row.sealed_at_ms,
                         .lines = {},
                         .damage = {}};
  }
  return all;
}

}  // namespace

std::vector<StoredSeal> seals_as_kept(SQLite::Database& db) {
  SealsBySeq all = seals_without_lines(db);
  Query<ask::ListSealLines> lines(db);
  for (const auto& row : lines.rows()) {
    const auto [found, is_stray] = all.try_emplace(row.seal_seq);
    StoredSeal& seal = found->second;
    if (is_stray) {
      seal.seal_seq = row.seal_seq;
      seal.damage = "the lines are there, the seal is missing";
    } else if (seal.damage.empty() && row.line_no != static_cast<std::int64_t>(seal.lines.size())) {
      seal.damage = "line " + std::to_string(seal.lines.size()) + " is missing";
    }
    seal.lines.push_back(row.text);
  }
  std::vector<StoredSeal> in_order;
  for (auto& [seal_seq, seal] : all) {
    seal.damage = seal.lines.empty() ? "all lines are missing" : seal.damage;
    in_order.push_back(std::move(seal));
  }
  return in_order;
}

std::vector<StoredSeal> seals_in(SQLite::Database& db) {
  std::vector<StoredSeal> all = seals_as_kept(db);
  for (const StoredSeal& seal : all) {
    if (!seal.damage.empty()) {
      throw damaged("seal " + std::to_string(seal.seal_seq) + ": " + seal.damage);
    }
  }
  return all;
}

void add_seal(SQLite::Database& db, const StoredSeal& seal) {
  ControlSums sums(db);
  Query<ingest::AddSeal> add_head(db);
  sums.of("seal").run(add_head, {.seal_seq = seal.seal_seq,
                                 .month = seal.month,
                                 .zone = seal.zone,
                                 .as_of_ms = seal.as_of_ms,
                                 .known_seq = seal.known_seq,
                                 .checkpoint = seal.checkpoint,
                                 .signatures = seal.signatures,
                                 .sealed_at_ms = seal.sealed_at_ms});
  sums.flush();
  Query<ingest::AddSealLine> add(db);
  std::int64_t line_no = 0;
  for (const std::string& text : seal.lines) {
    add.run({.seal_seq = seal.seal_seq, .line_no = line_no++, .text = text});
  }
}

}  // namespace fleetmeter::store
