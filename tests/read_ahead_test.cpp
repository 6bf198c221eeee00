// Reading ahead on another thread: order, ends, and failures on either side.

#include "ingest/read_ahead.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "fleetmeter/fleetmeter.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using ingest::Delivery;
using ingest::ReadAhead;

std::string archive_text() {
  sim::ArchiveOptions options = sim::profile("demo");
  std::string text;
  sim::emit_archive(options, [&](const sim::Document& document) {
    text += document.text;
    text += '\n';
  });
  return text;
}

}  // namespace

TEST_CASE("deliveries come in order, and end", "[read_ahead]") {
  for (const std::int64_t count : {0, 1, 47, 48, 49, 5000}) {
    std::int64_t made = 0;
    ReadAhead ahead([&](Delivery& delivery, const ReadAhead::Pause&) {
      delivery.bytes_read = made;
      delivery.part.bytes = made % 3 == 0 ? 300'000 : 0;
      return made++ < count;
    });
    std::int64_t taken = 0;
    while (const Delivery* delivery = ahead.next()) {
      REQUIRE(delivery->bytes_read == taken++);
    }
    CHECK(taken == count);
    CHECK(ahead.next() == nullptr);
  }
}

TEST_CASE("what the producer throws comes behind what it produced", "[read_ahead]") {
  int made = 0;
  ReadAhead ahead([&](Delivery&, const ReadAhead::Pause&) {
    if (++made == 100) {
      throw std::runtime_error("broken");
    }
    return true;
  });
  for (int i = 0; i < 99; ++i) {
    REQUIRE(ahead.next() != nullptr);
  }
  CHECK_THROWS_WITH(ahead.next(), "broken");
  CHECK(ahead.next() == nullptr);
}

TEST_CASE("a producer that nobody takes from any more is stopped", "[read_ahead]") {
  std::atomic<int> made = 0;
  {
    ReadAhead ahead([&](Delivery& delivery, const ReadAhead::Pause&) {
      delivery.part.held_bytes = 64 * 1024;
      return ++made > 0;
    });
    REQUIRE(ahead.next() != nullptr);
  }
  CHECK(made < 300);  // 8 MiB of them, and a batch or two
}

TEST_CASE("a producer that waits is stopped, and hands over first what it has", "[read_ahead]") {
  std::atomic<int> waited = 0;
  {
    int made = 0;
    ReadAhead ahead([&](Delivery& delivery, const ReadAhead::Pause& pause) {
      delivery.kind = Delivery::Kind::part;
      while (++made > 3) {  // there is no fourth
        pause();
        waited += 1;
        usleep(100);
      }
      return true;
    });
    for (int i = 0; i < 3; ++i) {
      REQUIRE(ahead.next()->kind == Delivery::Kind::part);
    }
    CHECK(ahead.next()->kind == Delivery::Kind::paused);
    while (waited < 5) {
      usleep(100);
    }
  }
  CHECK(waited >= 5);
}

TEST_CASE("what the taker throws ends the reading of a pipe that stays open", "[read_ahead]") {
  const test::Folder folder;
  const std::string pipe = folder / "polls";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  Store store = Store::open_or_create(folder / "store.db");
  int into = -1;
  std::thread writing([&] {
    into = open(pipe.c_str(), O_WRONLY | O_CLOEXEC);
    const std::string_view bad = "[{\"processId\":5}]\n";
    static_cast<void>(write(into, bad.data(), bad.size()));
  });
  IngestOptions options;
  options.on_message = [](const std::string&) { throw std::runtime_error("enough"); };
  CHECK_THROWS_WITH(store.ingest({pipe}, options), "enough");  // though the pipe stays open
  writing.join();
  close(into);
}

TEST_CASE("a callback that throws ends the ingest, and the store goes on", "[read_ahead]") {
  const test::Folder folder;
  const std::string archive = folder.write("archive.ndjson", archive_text());
  REQUIRE(std::filesystem::file_size(archive) > 2'000'000);
  Store store = Store::open_or_create(folder / "store.db");
  IngestOptions options;
  int calls = 0;
  options.on_progress = [&](const IngestProgress&) {
    if (++calls == 2) {
      throw std::runtime_error("enough");
    }
  };
  CHECK_THROWS_WITH(store.ingest({archive}, options), "enough");
  CHECK(store.ingest({archive}).front().clean());
  Store clean = Store::open_or_create(folder / "clean.db");
  CHECK(clean.ingest({archive}).front().clean());
  Question question;
  question.by = {GroupBy::process};
  CHECK(test::csv(store, "egress", question) == test::csv(clean, "egress", question));
}

TEST_CASE("what a pipe gave is stored when nothing more comes for now", "[read_ahead]") {
  const test::Folder folder;
  const std::string pipe = folder / "polls";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const auto poll_at = [](const std::string& minute, const std::string& bytes) {
    return R"({"observedAt":"2024-11-09T00:)" + minute + R"(:00Z","processes":[{"processId":"a",)" +
           R"("startedAt":"2024-11-09T00:00:00Z","egressedBytes":)" + bytes + "}]}\n";
  };
  const std::string first = poll_at("01", "10");
  const std::string second = poll_at("02", "20");
  Store piped = Store::open_or_create(folder / "piped.db");
  std::vector<SourceReport> reports;
  std::thread ingesting([&] { reports = piped.ingest({pipe}); });
  const int into = open(pipe.c_str(), O_WRONLY | O_CLOEXEC);
  const auto give = [&](std::string_view text) {
    return write(into, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  };
  const bool given = give(first + second.substr(0, 40));
  const auto seen = [&] {
    Question question;
    return test::csv(Store::open(folder / "piped.db"), "egress", question);
  };
  std::string answer = seen();
  for (int i = 0; i < 1000 && answer.find(",10,") == std::string::npos; ++i) {
    usleep(10'000);
    answer = seen();
  }
  // The writer's lock is free, too.
  Store other = Store::open_or_create(folder / "piped.db");
  const bool other_is_clean =
      other.ingest({folder.write("other.json", poll_at("03", "30"))}).front().clean();
  const bool all_given = give(second.substr(40)) && close(into) == 0;
  ingesting.join();
  CHECK(given);
  CHECK(all_given);
  CHECK_THAT(answer, Catch::Contains(",10,"));
  CHECK(other_is_clean);
  REQUIRE(reports.size() == 1);
  CHECK(reports.front().snapshots == 2);
  Store clean = Store::open_or_create(folder / "clean.db");
  clean.ingest({folder.write("all.ndjson", first + second + poll_at("03", "30"))});
  CHECK(seen() == test::csv(clean, "egress", {}));
}

TEST_CASE("an archive handed in again is counted as it was, with its rejects", "[read_ahead]") {
  const test::Folder folder;
  const std::string bad = R"({"observedAt":"2024-11-09T00:00:00Z","processes":[{"processId":"a"},)"
                          R"({"processId":"b","egressedBytes":"x"}]})";
  const std::string archive = folder.write("archive.ndjson", archive_text() + bad + '\n');
  Store store = Store::open_or_create(folder / "store.db");
  const SourceReport first = store.ingest({archive}).front();
  std::vector<std::string> messages;
  IngestOptions options;
  options.on_message = [&](const std::string& message) { messages.push_back(message); };
  const SourceReport again = store.ingest({archive}, options).front();
  CHECK(again.snapshots == 0);
  CHECK(again.processes == first.processes);
  CHECK(again.duplicates == again.processes);
  CHECK(again.rejected == 1);
  CHECK(again.rejected_before == 1);
  CHECK(messages.empty());
}

TEST_CASE("the same bytes are another document when their time is another", "[read_ahead]") {
  const test::Folder folder;
  const std::string list = R"([{"processId":"a","egressedBytes":1}])";
  std::vector<std::string> paths;
  for (const char* name : {"2024-11-01T08-00-00Z", "2024-11-01T08-01-00Z", "2024-11-01T08-02-00Z",
                           "2024-11-01T08-03-00Z", "2024-11-01T08-04-00Z"}) {
    paths.push_back(folder.write(std::string(name) + ".json", list));
  }
  Store store = Store::open_or_create(folder / "store.db");
  const auto snapshots = [&] {
    std::int64_t count = 0;
    for (const SourceReport& report : store.ingest(paths)) {
      count += report.snapshots;
    }
    return count;
  };
  CHECK(snapshots() == 5);
  CHECK(snapshots() == 0);
  paths.push_back(folder.write("2024-11-01T08-05-00Z.json", list));
  CHECK(snapshots() == 1);
}
