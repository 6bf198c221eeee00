// The library for C: codes and messages, and answers as streams of Arrow.

#include <cstring>
#include <sstream>
#include <thread>

#include "embed/arrow_stream.hpp"
#include "fleetmeter.h"
#include "fleetmeter/fleetmeter.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/arrow.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Answer;
using test::cell;
using test::Folder;
using test::is_valid;
using test::read_all;

std::string csv_of(const Answer& answer) {
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  writer->columns(answer.names);
  for (const auto& row : answer.rows) {
    std::vector<Cell> cells;
    for (const std::string& text : row) {
      cells.push_back(text == "NULL" ? Cell(nullptr) : Cell(text));
    }
    writer->row(cells);
  }
  writer->end();
  return out.str();
}

/// A store of the simulated archive, opened through C.
class Opened {
 public:
  Opened() {
    std::string text;
    sim::emit_archive(sim::profile("demo"), [&](const sim::Document& document) {
      text += document.text;
      text += '\n';
    });
    REQUIRE(fleetmeter_open((folder_ / "store.db").c_str(), FLEETMETER_WRITE, &store) ==
            FLEETMETER_OK);
    fleetmeter_code code =
        fleetmeter_ingest_bytes(store, "body", text.data(), text.size(), nullptr, &reports);
    REQUIRE((code == FLEETMETER_OK || code == FLEETMETER_DATA));
    report = read_all(reports);
  }
  ~Opened() { fleetmeter_close(store); }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  [[nodiscard]] std::string path() const { return folder_ / "store.db"; }

  Answer ask(const char* question, std::vector<const char*> options = {}) const {
    options.push_back(nullptr);
    ArrowArrayStream stream;
    INFO(question);
    const fleetmeter_code code = fleetmeter_ask(store, question, options.data(), &stream);
    INFO(fleetmeter_message());
    REQUIRE(code == FLEETMETER_OK);
    return read_all(stream);
  }
  Answer sql(const char* select) const {
    ArrowArrayStream stream;
    const fleetmeter_code code = fleetmeter_sql(store, select, nullptr, &stream);
    INFO(fleetmeter_message());
    REQUIRE(code == FLEETMETER_OK);
    return read_all(stream);
  }
  /// The code of a question that cannot be answered.
  fleetmeter_code refused(const char* question, std::vector<const char*> options = {}) const {
    options.push_back(nullptr);
    ArrowArrayStream stream;
    const fleetmeter_code code = fleetmeter_ask(store, question, options.data(), &stream);
    CHECK(stream.release == nullptr);
    return code;
  }

  fleetmeter_store* store = nullptr;
  Answer report;

 private:
  Folder folder_;
  ArrowArrayStream reports;
};

const Opened& opened() {
  static const Opened kOpened;
  return kOpened;
}

std::vector<std::string> formats_of(const std::vector<CellKind>& kinds) {
  Table table;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    table.names.push_back("c" + std::to_string(i));
  }
  table.column_kinds = kinds;
  ArrowArrayStream stream;
  embed::give_stream(std::move(table), stream);
  return read_all(stream).formats;
}

template <class Row>
void check_kinds(const char* what) {
  INFO(what);
  for (const std::string& format : formats_of(column_kinds<Row>())) {
    CHECK(format != "n");
  }
}

}  // namespace

TEST_CASE("C gets the answers that C++ gets", "[embed]") {
  const Store store = Store::open(opened().path());
  Question question;
  question.tz = "America/New_York";
  question.by = {GroupBy::day, GroupBy::region};
  set_window(question, {.from = {}, .to = {}, .day = {}, .month = "2024-11"});
  for (const char* meter : {"billing", "egress"}) {
    const Answer answer =
        opened().ask(meter, {"month", "2024-11", "tz", "America/New_York", "by", "day,region"});
    CHECK(csv_of(answer) == test::csv(store, meter, question));
    CHECK(answer.rows.size() > 10);
    CHECK(answer.formats[0] == "u");
    CHECK(answer.formats[2] == "l");
    CHECK(answer.formats[3] == "d:38,0");
  }
  for (const char* window : {"last-month", "this-month", "yesterday"}) {
    WindowText text;
    text.last_month = std::string(window) == "last-month";
    text.this_month = std::string(window) == "this-month";
    text.yesterday = std::string(window) == "yesterday";
    Question counted;
    set_window(counted, counted_from(store.as_of(), text, counted.tz));
    CHECK(csv_of(opened().ask("billing", {window, "true"})) ==
          test::csv(store, "billing", counted));
  }
  CHECK(csv_of(opened().ask("billing", {"region", "Tokyo"})) !=
        csv_of(opened().ask("billing", {"region", "London"})));
  std::ostringstream out;
  give(store.anomalies({}), *make_writer(Format::csv, out));
  CHECK(csv_of(opened().ask("anomalies")) == out.str());
  for (const char* name : {"coverage", "gaps", "status", "check"}) {
    CHECK(!opened().ask(name).names.empty());
  }
  CHECK(opened().report.rows.size() == 1);
}

TEST_CASE("an answer without rows has its columns all the same", "[embed]") {
  const Answer answer = opened().ask("egress", {"region", "Atlantis", "by", "app"});
  CHECK(answer.rows.empty());
  CHECK(answer.batches == 0);
  CHECK(answer.formats ==
        std::vector<std::string>{"u", "l", "d:38,0", "d:38,0", "d:38,0", "l", "l"});
  check_kinds<BillingRow>("billing");
  check_kinds<EgressRow>("egress");
  check_kinds<EvidencePiece>("explain");
  check_kinds<Anomaly>("anomalies");
  check_kinds<PlaceCoverage>("coverage");
  check_kinds<CoverageGap>("gaps");
  check_kinds<StoreStatus>("status");
  check_kinds<TreeSize>("sizes");
  check_kinds<Finding>("check");
  check_kinds<CostRow>("cost");
  check_kinds<SourceReport>("ingest");
  check_kinds<MoneyReport>("import");
  CHECK(formats_of({CellKind::unknown}) == std::vector<std::string>{"n"});
}

TEST_CASE("what SQL gives has the type of its values, with every digit", "[embed]") {
  const Answer answer = opened().sql(
      "SELECT 9223372036854775807 AS i, 0.5 AS r, 'ä' AS t, x'00ff' AS b, NULL AS n, 1 AS m "
      "UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, 'x' "
      "UNION ALL SELECT -1, -2.0, '', x'', NULL, 1.5");
  CHECK(answer.formats == std::vector<std::string>{"l", "g", "u", "z", "n", "u"});
  const std::vector<std::vector<std::string>> expected{
      {"9223372036854775807", "0.5", "ä", std::string("\0\xff", 2), "NULL", "1"},
      {"NULL", "NULL", "NULL", "NULL", "NULL", "x"},
      {"-1", "-2", "", "", "NULL", "1.5"}};
  CHECK(answer.rows == expected);
  CHECK(opened().sql("SELECT CAST(x'ff' AS TEXT) AS no_utf8").formats.front() == "z");
}

TEST_CASE("sums are 128 bits wide, and one of 39 digits is refused", "[embed]") {
  Table table;
  table.names = {"sum"};
  const Int128 most = power_of_ten(38) - 1;
  table.rows = {{Cell(most)}, {Cell(-most)}, {Cell(nullptr)}, {Cell(std::int64_t{7})}};
  ArrowArrayStream stream;
  embed::give_stream(table, stream);
  const Answer answer = read_all(stream);
  CHECK(answer.formats.front() == "d:38,0");
  const std::string nines(38, '9');
  CHECK(answer.rows ==
        std::vector<std::vector<std::string>>{{nines}, {"-" + nines}, {"NULL"}, {"7"}});
  table.rows.push_back({Cell(most + 1)});
  CHECK_THROWS_AS(embed::give_stream(table, stream), Error);
}

TEST_CASE("a long answer comes in batches, and nulls are counted in each", "[embed]") {
  const Answer answer = opened().sql(
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
      "SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE 'text ' || i END AS t FROM n");
  CHECK(answer.batches == 4);
  REQUIRE(answer.rows.size() == 200'001);
  for (std::size_t i = 0; i < answer.rows.size(); i += 997) {
    REQUIRE(answer.rows[i][0] == std::to_string(i));
    REQUIRE(answer.rows[i][1] == (i % 3 == 0 ? "NULL" : "text " + std::to_string(i)));
  }
}

TEST_CASE("a consumer may take a column out, drop a stream, or read it behind its store",
          "[embed]") {
  fleetmeter_store* store = nullptr;
  REQUIRE(fleetmeter_open(opened().path().c_str(), FLEETMETER_READ, &store) == FLEETMETER_OK);
  ArrowArrayStream kept;
  ArrowArrayStream dropped;
  REQUIRE(fleetmeter_sql(store, "SELECT 'a' AS x, 2 AS y", nullptr, &kept) == FLEETMETER_OK);
  REQUIRE(fleetmeter_sql(store, "SELECT 'b'", nullptr, &dropped) == FLEETMETER_OK);
  fleetmeter_close(store);
  dropped.release(&dropped);

  ArrowSchema schema;
  ArrowArray batch;
  REQUIRE(kept.get_schema(&kept, &schema) == 0);
  REQUIRE(kept.get_next(&kept, &batch) == 0);
  ArrowSchema name = *schema.children[0];
  schema.children[0]->release = nullptr;
  ArrowArray column = *batch.children[0];
  batch.children[0]->release = nullptr;
  schema.release(&schema);
  batch.release(&batch);
  kept.release(&kept);
  CHECK(std::string(name.name) == "x");
  CHECK(cell(column, "u", 0) == "a");
  name.release(&name);
  column.release(&column);
}

TEST_CASE("what fails says so by a code and a line", "[embed]") {
  const auto said = [](const char* part) {
    INFO(fleetmeter_message());
    return std::strstr(fleetmeter_message(), part) != nullptr;
  };
  fleetmeter_store* store = nullptr;
  CHECK(fleetmeter_open("/nowhere/store.db", FLEETMETER_READ, &store) == FLEETMETER_NO_INPUT);
  CHECK(said("/nowhere/store.db"));
  CHECK(store == nullptr);
  CHECK(fleetmeter_open(nullptr, FLEETMETER_READ, &store) == FLEETMETER_USAGE);
  CHECK(fleetmeter_open(FLEETMETER_SOURCE_DIR "/README.md", FLEETMETER_READ, &store) ==
        FLEETMETER_FOREIGN_STORE);
  CHECK(fleetmeter_ask(nullptr, "billing", nullptr, nullptr) == FLEETMETER_USAGE);
  CHECK(opened().refused("biling") == FLEETMETER_USAGE);
  CHECK(said("billing"));
  CHECK(opened().refused("billing", {"regoin", "Tokyo"}) == FLEETMETER_USAGE);
  CHECK(said("did you mean region"));
  CHECK(opened().refused("billing", {"month"}) == FLEETMETER_USAGE);
  CHECK(opened().refused("billing", {"month", "2024-13"}) == FLEETMETER_USAGE);
  CHECK(opened().refused("billing", {"scan", "perhaps"}) == FLEETMETER_USAGE);
  CHECK(opened().refused("billing", {":x", "1"}) == FLEETMETER_USAGE);
  CHECK(opened().refused("anomalies", {"flag", "goon"}) == FLEETMETER_USAGE);
  CHECK(opened().refused("explain") == FLEETMETER_USAGE);
  CHECK(opened().refused("explain", {"process", "nobody"}) == FLEETMETER_NO_INPUT);
  ArrowArrayStream stream;
  CHECK(fleetmeter_sql(opened().store, "DELETE FROM process", nullptr, &stream) ==
        FLEETMETER_USAGE);
  CHECK(fleetmeter_query(opened().store, "no_query", nullptr, &stream) == FLEETMETER_USAGE);
  const char* gone[] = {"/nowhere/polls"};
  CHECK(fleetmeter_ingest_paths(opened().store, gone, 1, nullptr, nullptr) == FLEETMETER_NO_INPUT);
  CHECK(fleetmeter_ingest_bytes(opened().store, "rubbish", "[}", 2, nullptr, &stream) ==
        FLEETMETER_DATA);
  CHECK(said("rubbish"));
  CHECK(read_all(stream).rows.size() == 1);
  const auto failing = [](void*, void*, size_t) { return static_cast<ptrdiff_t>(-1); };
  CHECK(fleetmeter_ingest_read(opened().store, "pipe", failing, nullptr, nullptr, &stream) ==
        FLEETMETER_IO);
  CHECK(fleetmeter_import(opened().store, "recipes", nullptr, 0, nullptr, &stream) ==
        FLEETMETER_USAGE);
}

TEST_CASE("a named query takes its parameters, and a cost its prices", "[embed]") {
  ArrowArrayStream stream;
  const char* window[] = {"day", "2024-11-02", nullptr};
  REQUIRE(fleetmeter_query(opened().store, "peak_processes_by_hour", window, &stream) ==
          FLEETMETER_OK);
  CHECK(read_all(stream).rows.size() == 24);
  const char* given[] = {":from_ms", "1730505600000", ":to_ms", "1730509200000", nullptr};
  REQUIRE(fleetmeter_query(opened().store, "peak_processes_by_hour", given, &stream) ==
          FLEETMETER_OK);
  CHECK(read_all(stream).rows.size() == 1);
  const Answer cost = opened().ask("cost", {"rates", "vcpu-hours", "by", "region"});
  CHECK(cost.rows.size() > 1);
  CHECK(opened().refused("cost", {"rates", "no-card"}) != FLEETMETER_OK);
}

TEST_CASE("a call that runs is cancelled, and the next one answers", "[embed]") {
  fleetmeter_store* store = nullptr;
  REQUIRE(fleetmeter_open(opened().path().c_str(), FLEETMETER_WRITE, &store) == FLEETMETER_OK);
  fleetmeter_cancel(store);  // nothing is running
  struct Reading {
    fleetmeter_store* store;
    fleetmeter_code nested;
  } reading{store, FLEETMETER_OK};
  // While it reads, the store refuses another call, and is cancelled.
  const auto read = [](void* context, void* into, size_t) -> ptrdiff_t {
    auto& self = *static_cast<Reading*>(context);
    ArrowArrayStream stream;
    self.nested = fleetmeter_ask(self.store, "status", nullptr, &stream);
    fleetmeter_cancel(self.store);
    std::memcpy(into, "[]", 2);
    return 2;
  };
  CHECK(fleetmeter_ingest_read(store, "endless", read, &reading, nullptr, nullptr) ==
        FLEETMETER_CANCELLED);
  CHECK(reading.nested == FLEETMETER_USAGE);
  ArrowArrayStream stream;
  REQUIRE(fleetmeter_ask(store, "status", nullptr, &stream) == FLEETMETER_OK);
  CHECK(read_all(stream).rows.size() == 1);

  std::jthread stopper([&](std::stop_token done) {
    while (!done.stop_requested()) {
      fleetmeter_cancel(store);
      std::this_thread::yield();
    }
  });
  CHECK(fleetmeter_sql(store,
                       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                       "SELECT count(*) FROM n",
                       nullptr, &stream) == FLEETMETER_CANCELLED);
  stopper.request_stop();
  stopper.join();
  fleetmeter_close(store);
}

TEST_CASE("messages are a thread's own", "[embed]") {
  CHECK(opened().refused("biling") == FLEETMETER_USAGE);
  std::string other = "?";
  std::jthread([&] { other = fleetmeter_message(); }).join();
  CHECK(other.empty());
  CHECK(std::string(fleetmeter_version()) == FLEETMETER_VERSION);
}
