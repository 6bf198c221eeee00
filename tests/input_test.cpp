// The library inside another program: bytes that are no file, calls that are stopped, threads.

#include <zlib.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "fleetmeter/fleetmeter.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "store/connection.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

std::string archive_text() {
  std::string text;
  sim::emit_archive(sim::profile("demo"), [&](const sim::Document& document) {
    text += document.text;
    text += '\n';
  });
  return text;
}

const std::string& archive() {
  static const std::string kText = archive_text();
  return kText;
}

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string packed(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

/// What a store answers, with the evidence of every document.
std::string answers(const std::string& path) {
  const Store store = Store::open(path);
  Question question;
  question.by = {GroupBy::process};
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  store.sql("SELECT hex(sha256), byte_offset, byte_length FROM snapshot ORDER BY snapshot_seq",
            *writer);
  return test::csv(store, "billing", question) + test::csv(store, "egress", question) + out.str();
}

std::string answers_of_file() {
  static const std::string kAnswers = [] {
    const Folder folder;
    Store::open_or_create(folder / "store.db").ingest({folder.write("polls.ndjson", archive())});
    return answers(folder / "store.db");
  }();
  return kAnswers;
}

const char* const kProcess =
    R"({"observedAt":"2024-11-01T09:00:00Z","processes":[{"processId":"p1","appId":"a",)"
    R"("startedAt":"2024-11-01T08:00:00Z","region":"Tokyo"}]})";

ErrorKind kind_of_failure(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.kind();
  }
  FAIL("nothing failed");
  return ErrorKind::internal;
}

}  // namespace

TEST_CASE("bytes in memory are read as a file with these bytes is", "[input]") {
  const Folder folder;
  const auto ingest = [&](const char* name, const Input& input) {
    Store store = Store::open_or_create(folder / name);
    const SourceReport report = store.ingest(input);
    CHECK(report.status() == SourceReport::Status::stored);
    CHECK(report.source == "body");
    return answers(folder / name);
  };
  const std::string small = packed(archive());
  std::istringstream stream(archive());
  std::size_t at = 0;
  const auto by_function = [&](char* into, std::size_t size) {
    const std::size_t count = archive().copy(into, std::min<std::size_t>(size, 1013), at);
    at += count;
    return count;
  };
  CHECK(ingest("bytes.db", input_of("body", bytes_of(archive()))) == answers_of_file());
  CHECK(ingest("stream.db", input_of("body", stream)) == answers_of_file());
  CHECK(ingest("function.db", {"body", by_function}) == answers_of_file());
  CHECK(ingest("packed.db", input_of("body", bytes_of(small))) == answers_of_file());
  const std::string shorter = archive().substr(0, archive().size() / 2);
  Store::open_or_create(folder / "half.db").ingest(input_of("body", bytes_of(shorter)));
  CHECK(answers(folder / "half.db") != answers_of_file());
}

TEST_CASE("bytes have a name, and their time may come from it", "[input]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  const std::string bare = R"([{"processId":"p","startedAt":"2024-11-01T08:00:00Z"}])";
  const auto status = [&](const std::string& name) {
    return store.ingest(input_of(name, bytes_of(bare))).status();
  };
  CHECK(status("poll.json") == SourceReport::Status::no_time);
  CHECK(status("2024-11-01T09-00-00Z.json") == SourceReport::Status::stored);
  CHECK(status("2024-11-01T09-00-00Z.json") == SourceReport::Status::known);
  for (const std::string name : {"", "-"}) {
    CHECK(kind_of_failure([&] { store.ingest(input_of(name, bytes_of(bare))); }) ==
          ErrorKind::usage);
  }
  IngestOptions by_file;
  by_file.observed_at.allow_mtime = true;
  CHECK(kind_of_failure([&] { store.ingest(input_of("x", bytes_of(bare)), by_file); }) ==
        ErrorKind::usage);
}

TEST_CASE("no bytes, and bytes that are nothing, are told as of files", "[input]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  CHECK(store.ingest(input_of("empty", std::span<const std::byte>())).snapshots == 0);
  const std::string rubbish = "rubbish";
  const SourceReport report = store.ingest(input_of("rubbish", bytes_of(rubbish)));
  CHECK(report.status() == SourceReport::Status::rejected);
  IngestOptions dry;
  dry.dry_run = true;
  const std::string document = kProcess;
  CHECK(store.ingest(input_of("dry", bytes_of(document)), dry).snapshots == 1);
  CHECK(store.status().snapshots == 0);
}

TEST_CASE("what a reading function throws comes out, and the store goes on", "[input]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  struct Lost {};
  std::size_t calls = 0;
  const Input broken{"body", [&](char* into, std::size_t size) -> std::size_t {
                       if (++calls > 3) {
                         throw Lost{};
                       }
                       return std::string(kProcess).copy(into, std::min<std::size_t>(size, 40));
                     }};
  CHECK_THROWS_AS(store.ingest(broken), Lost);
  CHECK(store.status().snapshots == 0);
  CHECK(store.ingest(input_of("body", bytes_of(archive()))).error.empty());
  CHECK(answers(folder / "store.db") == answers_of_file());
}

TEST_CASE("a stream that goes bad is a source that cannot be read", "[input]") {
  struct Broken : std::streambuf {
    int_type underflow() override { throw std::runtime_error("gone"); }
  } buffer;
  std::istream stream(&buffer);
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  const SourceReport report = store.ingest(input_of("body", stream));
  CHECK(report.error_code == static_cast<int>(ErrorKind::io));
  CHECK(report.error == "body: reading failed");
}

TEST_CASE("an ingest that is stopped keeps what was whole, and goes on from there", "[input]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  const std::string path = folder.write("polls.ndjson", archive());
  std::stop_source stop;
  store.stop_when(stop.get_token());
  IngestOptions options;
  options.on_progress = [&](const IngestProgress&) { stop.request_stop(); };
  CHECK(kind_of_failure([&] { store.ingest({path}, options); }) == ErrorKind::cancelled);
  CHECK(kind_of_failure([&] { static_cast<void>(store.status()); }) == ErrorKind::cancelled);
  store.stop_when({});
  CHECK(store.status().snapshots < 800);
  store.ingest({path});
  CHECK(answers(folder / "store.db") == answers_of_file());
}

TEST_CASE("a statement that would never end is stopped from another thread", "[input]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  const char* endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  std::stop_source stop;
  store.stop_when(stop.get_token());
  std::jthread stopper([&] { stop.request_stop(); });
  Table answer;
  CHECK(kind_of_failure([&] { store.sql(endless, answer); }) == ErrorKind::cancelled);
  SqlLimits limits;
  limits.timeout_ms = 1;
  store.stop_when({});
  CHECK(kind_of_failure([&] { store.sql(endless, answer, limits); }) == ErrorKind::busy);
}

TEST_CASE("what a question runs is stopped while it runs", "[input]") {
  const Folder folder;
  static_cast<void>(Store::open_or_create(folder / "store.db"));
  const auto db = store::open_store(folder / "store.db", store::Access::read);
  std::stop_source stop;
  const store::Stoppable stoppable(*db, stop.get_token());
  std::jthread stopper([&] { stop.request_stop(); });
  const auto ask = [&] {
    store::guarded(folder / "store.db", [&] {
      return db
          ->execAndGet(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
              "SELECT count(*) FROM n")
          .getInt64();
    });
  };
  CHECK(kind_of_failure(ask) == ErrorKind::cancelled);
}

TEST_CASE("threads ask, each with a store of its own, while another one writes", "[input]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  Store writer = Store::open_or_create(path);
  std::atomic<bool> done = false;
  std::atomic<int> failures = 0;
  const auto ask = [&] {
    try {
      do {
        const Store store = Store::open(path);
        const std::vector<BillingRow> rows = store.billing({});
        failures +=
            rows.size() == 1 && rows.front().billable_ms.lo <= rows.front().billable_ms.hi ? 0 : 1;
      } while (!done);
    } catch (...) {
      failures += 1;
    }
  };
  {
    std::jthread first(ask);
    std::jthread second(ask);
    // A store may move to another thread between two calls.
    std::jthread third([&] { writer.ingest(input_of("body", bytes_of(archive()))); });
    third.join();
    done = true;
  }
  CHECK(failures == 0);
  CHECK(answers(path) == answers_of_file());
}

TEST_CASE("every public header lets its names be seen outside the shared library", "[input]") {
  for (const auto& file :
       std::filesystem::directory_iterator(FLEETMETER_SOURCE_DIR "/include/fleetmeter")) {
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) {
      INFO(file.path().string() + ": " + line);
      CHECK(line.rfind("namespace fleetmeter", 0) != 0);
    }
  }
}
