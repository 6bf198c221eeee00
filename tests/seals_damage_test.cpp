// Whoever alters a seal is found out.

#include <SQLiteCpp/SQLiteCpp.h>

#include <random>

#include "base/sha256.hpp"
#include "proof/checkpoint.hpp"
#include "proof/merkle.hpp"
#include "seal/verify.hpp"
#include "store/seals.hpp"
#include "support/sealing.hpp"

namespace {

using namespace fleetmeter;
using namespace fleetmeter::test;

/// Alters one byte of a text, or takes one out, or puts one in.
std::string altered(const std::string& text, std::mt19937_64& random) {
  std::string other = text;
  while (other == text) {
    other = text;
    const std::size_t at = random() % text.size();
    const char byte = static_cast<char>(' ' + random() % 95);
    switch (random() % 3) {
      case 0:
        other[at] = byte;
        break;
      case 1:
        other.erase(at, 1);
        break;
      default:
        other.insert(at, 1, byte);
    }
  }
  return other;
}

void set_text(SQLite::Database& db, const std::string& update, const std::string& text) {
  SQLite::Statement statement(db, update);
  statement.bind(1, text);
  statement.exec();
  CHECK(db.getChanges() == 1);
}

/// Whether `verify` names a seal that differs; it must come to an end whatever was changed.
bool is_found_by_verify(SQLite::Database& db) {
  const std::vector<store::StoredSeal> seals = store::seals_as_kept(db);
  for (std::size_t number = 0; number < seals.size(); ++number) {
    if (seal::verify(seals, number, {}, db).front().status == SealFinding::Status::differs) {
      return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("what was altered in a seal is found out", "[seals]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  make_sealed(path, folder);
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  REQUIRE(seal::check_seals(db).first.empty());
  std::mt19937_64 random(18);
  const auto pick = [&](const std::string& from) {
    std::vector<std::string> rows;
    SQLite::Statement all(db, from);
    while (all.executeStep()) {
      rows.push_back(all.getColumn(0).getString());
    }
    return rows[random() % rows.size()];
  };
  const std::vector<std::string> texts{"seal.month",      "seal.zone",      "seal.checkpoint",
                                       "seal.signatures", "seal_line.text", "seal_line.text",
                                       "seal_line.text",  "seal_line.text"};
  for (int i = 0; i < 1000; ++i) {
    db.exec("BEGIN");
    const std::string column = texts[random() % texts.size()];
    const std::string table = column.substr(0, column.find('.'));
    const std::string name = column.substr(column.find('.') + 1);
    const std::string key = table == "seal" ? "seal_seq" : "seal_seq * 100000 + line_no";
    const std::string row = " WHERE " + key + " = " + pick("SELECT " + key + " FROM " + table);
    const std::string was = db.execAndGet("SELECT " + name + " FROM " + table + row).getString();
    const std::string is = altered(was, random);
    INFO(column << row << "\nwas " << was << "\nis  " << is);
    bool is_found = true;
    try {
      set_text(db, "UPDATE " + table + " SET " + name + " = ?" + row, is);
      is_found = !seal::check_seals(db).first.empty();
    } catch (const SQLite::Exception&) {
      // another month may be called so
    }
    CHECK(is_found);
    db.exec("ROLLBACK");
  }
}

TEST_CASE("rows of seals that are gone, moved or added are found out", "[seals]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  make_sealed(path, folder);
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  for (const char* damage :
       {"UPDATE seal SET as_of_ms = as_of_ms + 1 WHERE seal_seq = 2",
        "UPDATE seal SET known_seq = known_seq - 1 WHERE seal_seq = 3",
        "UPDATE seal SET signatures = '' WHERE seal_seq = 1",
        "UPDATE seal SET signatures = signatures || signatures WHERE seal_seq = 1",
        "DELETE FROM seal_line WHERE seal_seq = 1 AND line_no = 2",
        "DELETE FROM seal_line WHERE seal_seq = 3 AND line_no = (SELECT max(line_no) FROM "
        "seal_line "
        "WHERE seal_seq = 3)",
        "DELETE FROM seal_line WHERE seal_seq = 2", "INSERT INTO seal_line VALUES (1, 100, '{}')",
        "INSERT INTO seal_line VALUES (9, 0, '{}')",
        "UPDATE seal_line SET line_no = line_no + 1 WHERE seal_seq = 1 AND line_no > 2",
        "UPDATE seal SET seal_seq = 7 WHERE seal_seq = 3", "DELETE FROM seal WHERE seal_seq = 1"}) {
    INFO(damage);
    db.exec("PRAGMA foreign_keys = OFF");
    db.exec("BEGIN");
    if (std::string(damage).find("line_no + 1") != std::string::npos) {
      db.exec("UPDATE seal_line SET line_no = line_no + 1000 WHERE seal_seq = 1 AND line_no > 2");
    } else {
      REQUIRE(db.exec(damage) > 0);
    }
    CHECK_FALSE(seal::check_seals(db).first.empty());
    CHECK(is_found_by_verify(db));
    db.exec("ROLLBACK");
  }
  bool has_seals = false;
  for (const Finding& one : Store::open(path).check()) {
    INFO(one.check << ": " << one.first_difference.value_or(""));
    CHECK(one.status == Finding::Status::ok);
    has_seals = has_seals || (one.check == "seals" && one.rows > 0);
  }
  CHECK(has_seals);
}

TEST_CASE("verify finds figures that were altered together with their root", "[seals]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  {
    Store store = Store::open_or_create(path);
    store.ingest({folder.write(
        "polls.ndjson",
        R"({"observedAt":"2024-12-02T00:00:00Z","processes":[{"processId":"p","appId":"a",)"
        R"("deploymentId":1,"region":"Oslo","startedAt":"2024-11-01T08:00:00Z",)"
        R"("stoppingAt":"2024-11-01T18:00:00Z","egressedBytes":5}]})")});
    static_cast<void>(seal_month(store, "2024-11", false));
  }
  {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    REQUIRE(db.exec("UPDATE seal_line SET text = replace(text, ':36000000', ':35000000') "
                    "WHERE line_no = 2") == 1);
    std::vector<base::Sha256> leaves;
    const auto seals = store::seals_in(db);
    for (const std::string& line : seals.front().lines) {
      leaves.push_back(proof::leaf_hash(line));
    }
    set_text(
        db, "UPDATE seal SET checkpoint = ?",
        proof::to_text({"example.com/billing/2024-11", leaves.size(), proof::root_of(leaves)}));
    CHECK(seal::check_seals(db).first.empty());
  }
  const auto findings = Store::open(path).verify_seals();
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].place == "line 2 (usage, a, 1, Oslo): billable_ms");
  CHECK(findings[0].sealed == "35000000");
  CHECK(findings[0].found == "36000000");
  CHECK(Store::open(path).verify_seals({}, kPublicKey, "public.pem").size() == 4);

  // A line that was altered alone proves nothing, and nothing is worked out from it.
  {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    REQUIRE(db.exec("UPDATE seal_line SET text = replace(text, ':35000000', ':34000000') "
                    "WHERE line_no = 2") == 1);
  }
  const std::string said = "seal 1: its lines are not those that were sealed";
  CHECK_THROWS_WITH(Store::open(path).receipt("1", 2), Catch::Contains(said));
  CHECK_THROWS_WITH(Store::open(path).restatements(), Catch::Contains(said));

  // And evidence that was altered.
  {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    REQUIRE(db.exec("UPDATE observation SET egressed_bytes = 6") == 1);
  }
  CHECK(Store::open(path).verify_seals().size() > 3);
}
