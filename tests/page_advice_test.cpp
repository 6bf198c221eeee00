// Which pages of a file hold what will be read: against what SQLite says of the same file.

#include "store/page_advice.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using store::PageAdvice;
using test::Folder;
using Pages = std::set<std::uint32_t>;

constexpr std::int64_t kRows = 3000;

/// Trees of three levels: rows by rowid, rows by a key of two columns, and an index. Of every three
/// numbers one is missing.
SQLite::Database make(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec("PRAGMA page_size = 512");
  db.exec("CREATE TABLE plain (no INTEGER PRIMARY KEY, at INTEGER, what TEXT)");
  db.exec("CREATE TABLE pair (a INTEGER, b INTEGER, what TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID");
  db.exec("CREATE INDEX plain_by_time ON plain (at)");
  std::vector<std::int64_t> numbers(kRows);
  std::iota(numbers.begin(), numbers.end(), -kRows / 2);
  std::shuffle(numbers.begin(), numbers.end(), std::mt19937_64(7));
  db.exec("BEGIN");
  SQLite::Statement plain(db, "INSERT INTO plain VALUES (?1, ?1 * 1000000007, hex(zeroblob(20)))");
  SQLite::Statement pair(db, "INSERT INTO pair VALUES (?1 / 10, ?1 * 5000000000, 'somewhat long')");
  for (const std::int64_t number : numbers) {
    if (number % 3 != 0) {
      for (SQLite::Statement* const row : {&plain, &pair}) {
        row->bind(1, number);
        row->exec();
        row->reset();
      }
    }
  }
  db.exec("COMMIT");
  return db;
}

/// How many keys the leaves of a tree hold, by page; and how many its interior pages hold.
std::pair<std::map<std::uint32_t, std::int64_t>, std::int64_t> cells_of(SQLite::Database& db,
                                                                        const std::string& tree) {
  std::pair<std::map<std::uint32_t, std::int64_t>, std::int64_t> cells;
  SQLite::Statement page(db, "SELECT pageno, pagetype, ncell FROM dbstat WHERE name = ?");
  page.bind(1, tree);
  while (page.executeStep()) {
    if (page.getColumn(1).getString() == "leaf") {
      cells.first[page.getColumn(0).getUInt()] = page.getColumn(2).getInt64();
    } else {
      cells.second += page.getColumn(2).getInt64();
    }
  }
  return cells;
}

std::vector<PageAdvice::Key> keys_of(SQLite::Database& db, const std::string& rows) {
  std::vector<PageAdvice::Key> keys;
  SQLite::Statement row(db, rows);
  while (row.executeStep()) {
    keys.push_back({row.getColumn(0).getInt64(), row.getColumn(1).getInt64()});
  }
  return keys;
}

Pages pages_of(PageAdvice& advice, const std::string& tree,
               const std::vector<PageAdvice::Range>& ranges) {
  const PageAdvice::Pages pages = advice.pages_of(tree, ranges);
  CHECK(std::set(pages.begin(), pages.end()).size() == pages.size());
  return {pages.begin(), pages.end()};
}

struct Tree {
  const char* name;
  const char* keys;  ///< in order
  bool in_interior;  ///< whether interior pages hold rows, too
};

const std::vector<Tree> kTrees{
    {"plain", "SELECT no, 0 FROM plain ORDER BY 1", false},
    {"pair", "SELECT a, b FROM pair ORDER BY 1, 2", true},
    {"plain_by_time", "SELECT at, no FROM plain ORDER BY 1, 2", true},
};

}  // namespace

TEST_CASE("page advice: every key leads to the page that holds it", "[page_advice]") {
  const Folder folder;
  SQLite::Database db = make(folder / "some.db");
  PageAdvice advice(db);
  for (const Tree& tree : kTrees) {
    INFO(tree.name);
    const auto [leaves, in_interior] = cells_of(db, tree.name);
    REQUIRE(leaves.size() > 50);
    std::map<std::uint32_t, std::int64_t> found;
    std::int64_t between = 0;
    for (const PageAdvice::Key& key : keys_of(db, tree.keys)) {
      const Pages pages = pages_of(advice, tree.name, {{key, key}});
      if (pages.size() == 1) {
        found[*pages.begin()] += 1;
      } else {  // a key of an interior page: the leaves on both of its sides
        CHECK(pages.size() == 2);
        between += 1;
      }
    }
    CHECK(found == leaves);
    CHECK(between == (tree.in_interior ? in_interior : 0));
  }
}

TEST_CASE("page advice: ranges lead to the pages of all keys in them", "[page_advice]") {
  const Folder folder;
  SQLite::Database db = make(folder / "some.db");
  PageAdvice advice(db);
  std::mt19937_64 random(11);
  for (const Tree& tree : kTrees) {
    INFO(tree.name);
    const auto keys = keys_of(db, tree.keys);
    for (int i = 0; i < 200; ++i) {
      std::vector<PageAdvice::Range> ranges;
      Pages wanted;
      for (std::uint64_t j = random() % 4; j < 4; ++j) {  // in any order; some overlap
        const std::size_t first = random() % keys.size();
        const std::size_t last = std::min(keys.size() - 1, first + random() % 60);
        ranges.push_back({keys[first], keys[last]});
        for (std::size_t k = first; k <= last; ++k) {
          wanted.merge(pages_of(advice, tree.name, {{keys[k], keys[k]}}));
        }
      }
      CHECK(pages_of(advice, tree.name, ranges) == wanted);
    }
    const auto [leaves, in_interior] = cells_of(db, tree.name);
    constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
    CHECK(pages_of(advice, tree.name, {{{kLeast, kLeast}, {kGreatest, kGreatest}}}).size() ==
          leaves.size());
    CHECK(pages_of(advice, tree.name, {{{kGreatest, 0}, {kGreatest, 0}}}).size() == 1);
    CHECK(pages_of(advice, tree.name, {}).empty());
  }
  CHECK(advice.pages_of("no such table", {{{0, 0}, {1, 1}}}).empty());
}

TEST_CASE("page advice: what is not in memory is fetched", "[page_advice]") {
  const Folder folder;
  SQLite::Database db = make(folder / "some.db");
  PageAdvice advice(db);
  const PageAdvice::Pages pages = advice.pages_of("pair", {{{-100, 0}, {-50, 0}}});
  if (advice.fetch(pages)) {  // though it was written just now
    WARN("this file system does not say what it has in memory");
    return;
  }
  test::forget(folder / "some.db");
  if (!advice.fetch(pages)) {
    WARN("this file system keeps all of a file in memory");
    return;
  }
  for (int i = 0; i < 1000 && advice.fetch(pages); ++i) {
    usleep(10'000);
  }
  CHECK_FALSE(advice.fetch(pages));
}

TEST_CASE("page advice: of a store in memory, or a damaged one, there is little or none",
          "[page_advice]") {
  SQLite::Database in_memory(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  in_memory.exec("CREATE TABLE plain (no INTEGER PRIMARY KEY)");
  PageAdvice none(in_memory);
  CHECK(none.pages_of("plain", {{{0, 0}, {1, 0}}}).empty());

  const Folder folder;
  const std::string path = folder / "some.db";
  SQLite::Database db = make(path);
  PageAdvice advice(db);
  REQUIRE_FALSE(advice.pages_of("plain", {{{0, 0}, {0, 0}}}).empty());  // it knows the roots
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path));
  std::mt19937_64 random(5);
  for (int i = 0; i < 300; ++i) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    for (int j = 0; j < 400; ++j) {
      file.seekp(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(size)));
      file.put(static_cast<char>(random()));
    }
    file.close();
    for (const Tree& tree : kTrees) {
      advice.fetch(advice.pages_of(tree.name, {{{-40, -9}, {900, 4}}, {{1'000'000, 0}, {1, 1}}}));
    }
  }
  std::filesystem::resize_file(path, 700);
  CHECK(advice.pages_of("plain", {{{0, 0}, {0, 0}}}).empty());
}
