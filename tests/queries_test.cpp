// The named queries: they only read, are written alike, answer what the commands answer, and each
// is run by a case. (Contracts are in sql_catalog_test.)

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <random>

#include "sim/adversarial.hpp"
#include "sql/catalog.hpp"
#include "sql/contract.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

namespace fs = std::filesystem;
namespace sql = fleetmeter::sql;
using namespace fleetmeter;

int only_reading(void* /*unused*/, int action, const char* /*a*/, const char* /*b*/,
                 const char* /*c*/, const char* /*d*/) {
  const bool reads = action == SQLITE_SELECT || action == SQLITE_READ ||
                     action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
  return reads ? SQLITE_OK : SQLITE_DENY;
}

std::string without_comments_and_strings(std::string_view text) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!in_string && text.substr(i, 2) == "--") {
      i = std::min(text.find('\n', i), text.size() - 1);
    }
    in_string = in_string != (text[i] == '\'');
    out += in_string ? ' ' : text[i];
  }
  return out;
}

/// Some columns of a named query's answer, as CSV with other names.
std::string picked(const Store& store, const std::string& query, const Question& question,
                   const std::vector<std::pair<std::string, std::string>>& columns) {
  Table all;
  store.query(query, {}, question, all);
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  std::vector<std::string> names;
  for (const auto& [column, name] : columns) {
    names.push_back(name);
  }
  writer->columns(names);
  for (const auto& row : all.rows) {
    std::vector<Cell> cells;
    for (const auto& [column, name] : columns) {
      const auto found = std::find(all.names.begin(), all.names.end(), column);
      REQUIRE(found != all.names.end());
      cells.push_back(row[static_cast<std::size_t>(found - all.names.begin())]);
    }
    writer->row(cells);
  }
  writer->end();
  return out.str();
}

/// The same of the library's rows of each process, which also count processes: left out here.
std::string billing_of_processes(const Store& store, Question question) {
  question.by = {GroupBy::process};
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  writer->columns({"process_id", "ms", "lo", "hi"});
  for (const BillingRow& row : store.billing(question)) {
    writer->row({row.group[0], row.billable_ms.point, row.billable_ms.lo, row.billable_ms.hi});
  }
  writer->end();
  return out.str();
}

std::string egress_of_processes(const Store& store, Question question) {
  question.by = {GroupBy::process};
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  writer->columns({"process_id", "bytes", "lo", "hi", "open", "unmetered"});
  for (const EgressRow& row : store.egress(question)) {
    writer->row({row.group[0], row.egress_bytes.point, row.egress_bytes.lo, row.egress_bytes.hi,
                 row.open_processes, row.unmetered_processes});
  }
  writer->end();
  return out.str();
}

std::string billing_of_groups(const Store& store, Question question) {
  question.by = {GroupBy::app, GroupBy::deployment, GroupBy::region};
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  writer->columns({"app", "deployment", "region", "processes", "ms", "lo", "hi"});
  for (const BillingRow& row : store.billing(question)) {
    writer->row({row.group[0], row.group[1], row.group[2], row.processes, row.billable_ms.point,
                 row.billable_ms.lo, row.billable_ms.hi});
  }
  writer->end();
  return out.str();
}

std::string egress_of_regions(const Store& store, Question question) {
  question.by = {GroupBy::region};
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  writer->columns({"region", "processes", "bytes", "lo", "hi", "open", "unmetered"});
  for (const EgressRow& row : store.egress(question)) {
    writer->row({row.group[0], row.processes, row.egress_bytes.point, row.egress_bytes.lo,
                 row.egress_bytes.hi, row.open_processes, row.unmetered_processes});
  }
  writer->end();
  return out.str();
}

void compare_with_commands(const Store& store, Question question) {
  CHECK(picked(store, "billing_by_process", question,
               {{"process_id", "process_id"},
                {"billable_ms", "ms"},
                {"billable_ms_lo", "lo"},
                {"billable_ms_hi", "hi"}}) == billing_of_processes(store, question));
  CHECK(picked(store, "egress_by_process", question,
               {{"process_id", "process_id"},
                {"egress_bytes", "bytes"},
                {"egress_bytes_lo", "lo"},
                {"egress_bytes_hi", "hi"},
                {"open_processes", "open"},
                {"unmetered_processes", "unmetered"}}) == egress_of_processes(store, question));
  CHECK(picked(store, "billable_by_app_deployment_region", question,
               {{"app_id", "app"},
                {"deployment_id", "deployment"},
                {"region", "region"},
                {"processes", "processes"},
                {"billable_ms", "ms"},
                {"billable_ms_lo", "lo"},
                {"billable_ms_hi", "hi"}}) == billing_of_groups(store, question));
  CHECK(picked(store, "egress_by_region", question,
               {{"region", "region"},
                {"processes", "processes"},
                {"egress_bytes", "bytes"},
                {"egress_bytes_lo", "lo"},
                {"egress_bytes_hi", "hi"},
                {"open_processes", "open"},
                {"unmetered_processes", "unmetered"}}) == egress_of_regions(store, question));
}

/// Instants at which something of a process's meters happens: a window from or to there cuts
/// others.
std::vector<std::int64_t> turning_points(const Store& store) {
  Table found;
  store.sql(
      "SELECT from_ms AS at_ms FROM process_meter UNION SELECT to_ms FROM process_meter "
      "UNION SELECT rise_ms FROM process_meter WHERE rise_ms IS NOT NULL "
      "UNION SELECT last_reading_ms FROM process_meter WHERE last_reading_ms IS NOT NULL "
      "UNION SELECT observed_at_ms FROM snapshot ORDER BY at_ms",
      found);
  std::vector<std::int64_t> at_ms;
  for (const auto& row : found.rows) {
    at_ms.push_back(std::get<std::int64_t>(row[0]));
  }
  return at_ms;
}

Question any_question(std::mt19937_64& random, const std::vector<std::int64_t>& at_ms) {
  const auto pick = [&](std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random);
  };
  const auto near = [&] {
    return at_ms[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(at_ms.size()) - 1))] +
           (pick(0, 1) == 0 ? pick(-1, 1) : pick(-600'000, 600'000));
  };
  Question question;
  question.from_ms = near();
  question.to_ms = near();
  if (*question.from_ms > *question.to_ms) {
    std::swap(question.from_ms, question.to_ms);
  }
  *question.to_ms += 1;  // an empty window is refused
  if (pick(0, 2) == 0) {
    question.as_of_ms = near();
  }
  if (pick(0, 1) == 0) {
    question.grace_ms = pick(0, 2) * 1'800'000;
    question.max_lifespan_ms = std::vector<std::int64_t>{
        1, 600'000, 3'600'000, 259'200'000, 1'000'000'000}[static_cast<std::size_t>(pick(0, 4))];
  }
  return question;
}

}  // namespace

TEST_CASE("the queries of billing and egress answer what the commands answer", "[queries]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const test::Folder folder;
    int place = 100000;
    for (const auto& document : sim::adversarial_archive(seed)) {
      const std::string name = document.file_name.substr(document.file_name.find_last_of('/') + 1);
      folder.write("archive/" + std::to_string(++place) + '/' + name, document.text);
    }
    Store store = Store::open_or_create(folder / "store.db");
    store.ingest({folder / "archive"});
    INFO("seed " << seed);
    compare_with_commands(store, Question{});
    const std::vector<std::int64_t> at_ms = turning_points(store);
    std::mt19937_64 random(seed);
    for (int i = 0; i < 12; ++i) {
      const Question question = any_question(random, at_ms);
      INFO("from " << *question.from_ms << " to " << *question.to_ms << " as of "
                   << question.as_of_ms.value_or(0) << " grace " << question.grace_ms
                   << " longest life " << question.max_lifespan_ms);
      compare_with_commands(store, question);
    }
  }
}

TEST_CASE("a named query is only allowed to read", "[queries]") {
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(":memory:", &raw) == SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> db(raw, sqlite3_close);
  for (const sql::SqlText* migration : sql::all_migrations) {
    sqlite3_exec(raw, std::string(migration->text).c_str(), nullptr, nullptr, nullptr);
  }
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_set_authorizer(raw, only_reading, nullptr);
  for (const sql::SqlText* query : sql::all_queries) {
    INFO(query->path);
    sqlite3_stmt* statement = nullptr;
    CHECK(sqlite3_prepare_v2(raw, std::string(query->text).c_str(), -1, &statement, nullptr) ==
          SQLITE_OK);
    sqlite3_finalize(statement);
  }
}

TEST_CASE("a named query is written like the others", "[queries]") {
  for (const sql::SqlText* query : sql::all_queries) {
    INFO(query->path);
    const std::string code = without_comments_and_strings(query->text);
    for (const char* never : {"SELECT *", " LIKE ", " REAL", "strftime", "iif(", "select "}) {
      CHECK(code.find(never) == std::string::npos);
    }
    CHECK(code.find("\nORDER BY") != std::string::npos);
    std::istringstream lines{std::string(query->text)};
    for (std::string line; std::getline(lines, line);) {
      CHECK(line.size() <= 100);
    }
    const sql::Contract contract = sql::parse_contract(*query);
    for (const auto* declared : {&contract.in, &contract.out}) {
      for (const sql::Declared& one : *declared) {
        CHECK((one.type == "INTEGER" || one.type == "TEXT"));
      }
    }
  }
}

TEST_CASE("each named query is run by a case", "[queries]") {
  std::string cases;
  for (const auto& entry :
       fs::directory_iterator(fs::path(FLEETMETER_SOURCE_DIR) / "tests" / "cases")) {
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    cases += text.str();
  }
  for (const sql::SqlText* query : sql::all_queries) {
    const std::string command = "=== run fleetmeter query " + sql::parse_contract(*query).name;
    INFO(command);
    CHECK((cases.find(command + '\n') != std::string::npos ||
           cases.find(command + ' ') != std::string::npos));
  }
}
