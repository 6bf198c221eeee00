// Rows of rooms: what one is configured with is a text, whichever of its keys the store gave it,
// and rows that wait are as good as those that are written.

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using fleetmeter::test::Folder;

/// A poll of `rooms` rooms, each configured in words of its own, and one that never changes.
std::string poll(int minute, int rooms) {
  const std::string at = "2024-11-01T09:" + std::to_string(10 + minute) + ":00Z";
  std::string json = R"({"observedAt":")" + at +
                     R"(","processes":[{"processId":"p","appId":"a","rooms":[)" +
                     R"({"roomId":"same","roomConfig":"shared"})";
  for (int i = 0; i < rooms; ++i) {
    const std::string name = std::to_string(minute) + '-' + std::to_string(i);
    json += R"(,{"roomId":"r)" + name + R"(","roomConfig":"config )" + name + "\"}";
  }
  return json + "]}]}\n";
}

std::int64_t count(const std::string& store, const std::string& what) {
  SQLite::Database db(store, SQLite::OPEN_READONLY);
  return db.execAndGet("SELECT count(*) FROM " + what).getInt64();
}

}  // namespace

TEST_CASE("a room whose configuration memory let go has said nothing new", "[rooms]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  // More texts between two polls than memory keeps, and a run for each: nothing remembers `shared`.
  for (int minute = 0; minute < 3; ++minute) {
    const std::string file = folder.write("poll" + std::to_string(minute) + ".ndjson",
                                          poll(2 * minute, 5000) + poll(2 * minute + 1, 0));
    auto store = fleetmeter::Store::open_or_create(path);
    static_cast<void>(store.ingest({file}, {}));
  }
  CHECK(count(path, "room WHERE room_id = 'same'") == 1);
  CHECK(count(path, "room_fact JOIN room USING (room_key) WHERE room_id = 'same'") == 1);
  CHECK(count(path, "room_latest WHERE room_id = 'same' AND room_config = 'shared'") == 1);
  CHECK(count(path, "room_latest WHERE room_config = 'config ' || substr(room_id, 2)") == 15'000);
}

TEST_CASE("runs of one poll each find a configuration that all rooms share", "[rooms]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  for (int run = 0; run < 20; ++run) {
    const std::string name = std::to_string(run);
    const std::string file =
        folder.write("poll" + name + ".json",
                     R"({"observedAt":"2024-11-01T09:)" + std::to_string(10 + run) +
                         R"(:00Z","processes":[{"processId":"p","rooms":[{"roomId":"r)" + name +
                         R"(","roomConfig":"shared"}]}]})");
    auto store = fleetmeter::Store::open_or_create(path);
    static_cast<void>(store.ingest({file}, {}));
  }
  CHECK(count(path, "room_latest WHERE room_config = 'shared'") == 20);
  CHECK(count(path, "room_config") == 1);
}

TEST_CASE("a room whose row waits is found, written once, and outlives what is undone", "[rooms]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  // More rooms than memory keeps between two groups, all named again much later, in one run; then a
  // document that comes in parts, names new ones and turns out to be none.
  std::string archive;
  for (int round = 0; round < 2; ++round) {
    for (int minute = 0; minute < 12; ++minute) {
      std::string one = poll(minute, 2000);
      one.replace(one.find("T09:"), 4, round == 0 ? "T09:" : "T10:");
      archive += one;
    }
  }
  std::string broken = poll(40, 120'000);
  broken.resize(broken.size() - 20);
  const std::string file = folder.write("polls.ndjson", archive + broken);
  auto store = fleetmeter::Store::open_or_create(path);
  static_cast<void>(store.ingest({file}, {}));
  CHECK(count(path, "room") == 1 + 12 * 2000);
  CHECK(count(path, "(SELECT DISTINCT room_id FROM room)") == 1 + 12 * 2000);
  CHECK(count(path, "room_latest") == 1 + 12 * 2000);
  CHECK(count(path, "room_fact") == 1 + 12 * 2000);
}
