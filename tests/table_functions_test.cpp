// What SQL asks of the tables billing, egress and explain is what the questions answer.

#include <SQLiteCpp/SQLiteCpp.h>

#include <limits>
#include <sstream>

#include "api/functions.hpp"
#include "sim/adversarial.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// An answer as CSV.
class Csv {
 public:
  template <class Give>
  explicit Csv(Give&& give) {
    give(*make_writer(Format::csv, out_));
  }
  [[nodiscard]] std::string text() const { return out_.str(); }

 private:
  std::ostringstream out_;
};

/// Archives that nobody polled well, of which some came later.
std::unique_ptr<Store> filled(const Folder& folder, std::uint64_t seed) {
  auto store = std::make_unique<Store>(Store::open_or_create(folder / "store.db"));
  for (const auto& document : sim::adversarial_archive(seed)) {
    folder.write(document.file_name, document.text + '\n', true);
  }
  static_cast<void>(store->ingest({folder.path()}));
  return store;
}

std::string columns_of(const std::string& csv) {
  return csv.substr(0, csv.find('\n'));
}

std::string selected(const Store& store, const std::string& meter, const std::string& arguments,
                     const std::string& columns, const Question& known) {
  return Csv([&](RowSink& sink) {
           store.sql("SELECT " + columns + " FROM " + meter + "(" + arguments + ")", sink, {},
                     known);
         })
      .text();
}

}  // namespace

TEST_CASE("tables in SQL answer as the questions do", "[sql]") {
  const std::uint64_t seed = GENERATE(3U, 8U, 21U);
  const Folder folder;
  const auto store = filled(folder, seed);
  const StoreStatus status = store->status();
  const std::int64_t from_ms = *status.first_observed_at_ms;
  const std::int64_t middle_ms = from_ms + (*status.last_observed_at_ms - from_ms) / 2 + 12345;
  for (const std::string meter : {"billing", "egress"}) {
    for (const std::string by : {"", "region", "process", "app,day", "month,deployment,hour"}) {
      for (const bool is_cut : {false, true}) {
        for (const std::int64_t known_seq : {std::int64_t{0}, status.snapshots / 2}) {
          Question question;
          question.tz = "America/New_York";
          question.by = by.empty() ? std::vector<GroupBy>() : parse_group_by(by);
          if (is_cut) {
            question.from_ms = from_ms;
            question.to_ms = middle_ms;
          }
          if (known_seq != 0) {
            question.known_seq = known_seq;
          }
          const std::string window =
              is_cut ? std::to_string(from_ms) + ", " + std::to_string(middle_ms) : "NULL, NULL";
          const std::string answer = test::csv(*store, meter, question);
          Question known;
          known.known_seq = question.known_seq;
          INFO(seed << ' ' << meter << " by " << by << ' ' << window << " known " << known_seq);
          CHECK(selected(*store, meter, window + ", 'America/New_York', '" + by + "'",
                         columns_of(answer), known) == answer);
        }
      }
    }
  }
}

TEST_CASE("one table of SQL hands its rows to another", "[sql]") {
  const Folder folder;
  const auto store = filled(folder, 5);
  Table pieces;
  store->sql(
      "SELECT one.process_id, count(*) FROM billing(NULL, NULL, NULL, 'process') AS one, "
      "explain(one.process_id) GROUP BY one.process_id ORDER BY one.process_id",
      pieces);
  REQUIRE(pieces.rows.size() > 3);
  for (const auto& row : pieces.rows) {
    const auto& process_id = std::get<std::string>(row[0]);
    CHECK(std::get<std::int64_t>(row[1]) ==
          static_cast<std::int64_t>(store->explain(process_id, {}).size()));
  }
}

TEST_CASE("tables in SQL answer of the moment that the connection sees", "[sql]") {
  const Folder folder;
  const auto store = filled(folder, 5);
  SQLite::Database db(folder / "store.db", SQLite::OPEN_READONLY);
  add_functions(db.getHandle(), [&]() -> const Store& { return *store; }, {});
  const auto asked = [&] {
    return db
        .execAndGet(
            "SELECT group_concat(processes || ' ' || billable_ms_hi) "
            "FROM billing(NULL, NULL, NULL, 'app')")
        .getString();
  };
  db.exec("BEGIN");
  const std::string before = asked();
  static_cast<void>(store->ingest({folder.write(
      "late/new.json", R"({"observedAt":"2026-01-01T00:00:00Z","processes":[{"processId":"new",)"
                       R"("appId":"a new one","startedAt":"2025-12-31T00:00:00Z"}]})")}));
  CHECK(asked() == before);
  db.exec("COMMIT");
  CHECK(asked() != before);
}

TEST_CASE("what a table of SQL cannot answer is said where the statement stands", "[sql]") {
  const Folder folder;
  const auto store = filled(folder, 5);
  const auto run = [&](const std::string& text) {
    Table rows;
    store->sql(text, rows);
    return rows;
  };
  CHECK_THROWS_WITH(run("SELECT * FROM billing(NULL, NULL, 'Mars/Olympus')"),
                    Catch::Contains("no such IANA time zone (Mars/Olympus)"));
  CHECK_THROWS_WITH(run("SELECT * FROM egress(NULL, NULL, NULL, 'planet')"),
                    Catch::Contains("planet"));
  CHECK_THROWS_WITH(run("SELECT * FROM billing('yesterday')"), Catch::Contains("yesterday"));
  CHECK_THROWS_WITH(run("SELECT * FROM billing(1.5)"), Catch::Contains("from: expects a text"));
  CHECK_THROWS_WITH(run("SELECT * FROM billing(1, 2, 'UTC', 'day', 5)"),
                    Catch::Contains("too many arguments"));
  CHECK(run("SELECT * FROM explain").rows.empty());
  CHECK(run("SELECT * FROM billing(0.0, 86400000.0)").rows.size() == 1);
  CHECK(run("SELECT civil(NULL, 'UTC'), civil(0, NULL)").rows.front() ==
        std::vector<Cell>{nullptr, nullptr});
  CHECK(run("SELECT civil(1730608200250, 'America/New_York'), "
            "civil(1730611800250, 'America/New_York'), civil(-1, 'UTC')")
            .rows.front() == std::vector<Cell>{std::string("2024-11-03T00:30:00.250-04:00"),
                                               std::string("2024-11-03T01:30:00.250-04:00"),
                                               std::string("1969-12-31T23:59:59.999Z")});
  CHECK_THROWS_WITH(run("SELECT civil(9223372036854775807, 'UTC')"),
                    Catch::Contains("outside the years"));
  // The sandbox holds.
  CHECK_THROWS_AS(run("INSERT INTO billing VALUES (1)"), Error);
  CHECK_THROWS_AS(run("CREATE VIEW x AS SELECT * FROM billing"), Error);
}

TEST_CASE("numbers that are no times are refused by tables in SQL and by questions", "[sql]") {
  const Folder folder;
  const auto store = filled(folder, 3);
  const auto is_refused = [](const auto& ask) {
    try {
      ask();
    } catch (const Error& error) {
      return error.kind() == ErrorKind::usage;
    }
    return false;
  };
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t at_ms :
       {kMin, kMin + 1, kMin / 2, -63'000'000'000'000, 260'000'000'000'000, kMax - 1, kMax}) {
    const std::string at = std::to_string(at_ms);
    INFO(at);
    for (const char* const meter : {"billing", "egress"}) {
      for (const char* const by : {"", "month", "day", "hour"}) {
        for (const std::string& window : {at + ", NULL", "NULL, " + at}) {
          CHECK(is_refused([&] {
            selected(*store, meter, window + ", 'America/New_York', '" + by + "'", "*", {});
          }));
        }
      }
    }
    for (const auto field : {&Question::from_ms, &Question::to_ms, &Question::as_of_ms}) {
      Question question;
      question.*field = at_ms;
      CHECK(is_refused([&] { static_cast<void>(store->egress(question)); }));
      CHECK(is_refused([&] { static_cast<void>(store->anomalies(question)); }));
    }
  }
  for (const std::int64_t duration_ms : {kMin, std::int64_t{-1}, kMax}) {
    for (const auto field : {&Question::grace_ms, &Question::max_lifespan_ms}) {
      Question question;
      question.*field = duration_ms;
      CHECK(is_refused([&] { static_cast<void>(store->billing(question)); }));
    }
  }
}
