// A copy of a store is proved whole, or not put anywhere.

#include "fleetmeter/backup.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <fstream>

#include "backup/manifest.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;
using Status = BackupFinding::Status;

constexpr const char* kPolls =
    R"({"observedAt":"2024-11-01T09:00:00Z","processes":[{"processId":"p","appId":"a","region":"x",)"
    R"("startedAt":"2024-11-01T08:00:00Z","egressedBytes":600}]})"
    "\n"
    R"({"observedAt":"2024-11-01T09:05:00Z","processes":[{"processId":"q","appId":"a","region":"y",)"
    R"("startedAt":"2024-11-01T08:30:00Z","egressedBytes":70}]})"
    "\n";

std::string make_store(const Folder& folder) {
  const std::string path = folder / "store.db";
  Store store = Store::open_or_create(path);
  static_cast<void>(store.ingest({folder.write("polls.ndjson", kPolls)}));
  return path;
}

std::string found(const std::vector<BackupFinding>& findings, const std::string& what) {
  for (const BackupFinding& one : findings) {
    if (one.what == what) {
      return one.found.value_or("");
    }
  }
  return "not there";
}

std::size_t files_in(const Folder& folder) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator(folder.path())) {
    ++count;
  }
  return count;
}

/// Changes one byte of a file.
void damage(const std::string& path, std::streamoff at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  const char was = static_cast<char>(file.get());
  file.seekp(at);
  file.put(static_cast<char>(was ^ 1));
}

}  // namespace

TEST_CASE("a copy says what it holds, and gives it back", "[backup]") {
  const Folder folder;
  const std::string path = make_store(folder);
  const std::string copy = folder / "copy.db";
  const auto manifest = back_up(path, copy);
  CHECK(is_sound(manifest));
  CHECK(found(manifest, "processes") == "2");
  CHECK(found(manifest, "observations") == "2");
  CHECK(found(manifest, "billable_ms") == std::to_string((65 + 35) * 60'000));
  CHECK(found(manifest, "egress_bytes") == "670");
  CHECK(found(manifest, "sha256").size() == 64);
  CHECK_FALSE(std::filesystem::exists(copy + ".partial"));

  const auto restored = restore(copy, folder / "restored.db");
  CHECK(is_sound(restored));
  CHECK(restored.size() == manifest.size());
  CHECK(test::csv(Store::open(folder / "restored.db"), "billing", {}) ==
        test::csv(Store::open(path), "billing", {}));
  // What was restored goes on: the archive is known there.
  Store store = Store::open_or_create(folder / "restored.db");
  CHECK(store.ingest({folder / "polls.ndjson"}).front().snapshots == 0);
  CHECK(is_sound(store.check()));

  const auto drilled = drill(copy);
  CHECK(is_sound(drilled));
  CHECK(drilled.size() > manifest.size());
  CHECK(found(drilled, "check: integrity") == "ok");
}

TEST_CASE("a copy is of one moment while somebody writes", "[backup]") {
  const Folder folder;
  const std::string path = make_store(folder);
  SQLite::Database writer(path, SQLite::OPEN_READWRITE);
  writer.exec("BEGIN IMMEDIATE");
  writer.exec("DELETE FROM sighting");
  const auto manifest = back_up(path, folder / "copy.db");
  writer.exec("ROLLBACK");
  CHECK(found(manifest, "observations") == "2");
  CHECK(is_sound(drill(folder / "copy.db")));
}

TEST_CASE("whatever is there is not overwritten", "[backup]") {
  const Folder folder;
  const std::string path = make_store(folder);
  const std::string copy = folder / "copy.db";
  static_cast<void>(back_up(path, copy));
  const std::string note = folder.write("note.txt", "mine");
  const std::size_t files = files_in(folder);
  CHECK_THROWS_WITH(back_up(path, copy), Catch::Contains("nothing is overwritten"));
  CHECK_THROWS_WITH(back_up(path, note), Catch::Contains("nothing is overwritten"));
  CHECK_THROWS_WITH(restore(copy, path), Catch::Contains("nothing is overwritten"));
  folder.write("other.db-wal", "pages of a store that is somewhere else");
  CHECK_THROWS_WITH(restore(copy, folder / "other.db"), Catch::Contains("a log of the store"));
  CHECK_THROWS_WITH(back_up(path, folder / "other.db"), Catch::Contains("a log of the store"));
  std::filesystem::remove(folder / "other.db-wal");
  CHECK_THROWS_WITH(back_up(path, "-"), Catch::Contains("name one (-)"));
  CHECK_THROWS_AS(back_up(path, folder / "no folder/copy.db"), Error);
  CHECK_THROWS_AS(back_up(folder / "no store.db", folder / "other.db"), Error);
  CHECK(files_in(folder) == files);
}

TEST_CASE("a copy that is not what its manifest says is not restored", "[backup]") {
  const Folder folder;
  const std::string path = make_store(folder);
  const std::string copy = folder / "copy.db";
  static_cast<void>(back_up(path, copy));
  const std::string place = folder / "restored.db";

  SECTION("a byte of the copy is another") {
    damage(copy, 5000);
    const auto findings = restore(copy, place);
    CHECK_FALSE(is_sound(findings));
    CHECK(findings.front().status == Status::same);  // as many bytes
    CHECK(findings.back().what == "sha256");
    CHECK(findings.back().status == Status::differs);
    CHECK_FALSE(is_sound(drill(copy)));
  }
  SECTION("the manifest has another number") {
    std::string text;
    {
      std::ifstream file(copy + ".manifest");
      text.assign(std::istreambuf_iterator<char>(file), {});
    }
    const std::size_t at = text.find("\"observations\": \"2\"");
    REQUIRE(at != std::string::npos);
    text[at + std::string("\"observations\": \"").size()] = '3';
    folder.write("copy.db.manifest", text);
    const auto findings = restore(copy, place);
    CHECK_FALSE(is_sound(findings));
    CHECK(found(findings, "observations") == "2");
  }
  SECTION("the manifest says less") {
    folder.write("copy.db.manifest", R"({"form": "fleetmeter backup 1"})");
    CHECK_FALSE(is_sound(restore(copy, place)));
  }
  SECTION("the manifest is another file") {
    folder.write("copy.db.manifest", "{");
    CHECK_THROWS_WITH(restore(copy, place), Catch::Contains("no manifest of a backup"));
  }
  SECTION("copying was not finished") {
    std::filesystem::remove(copy + ".manifest");
    CHECK_THROWS_WITH(restore(copy, place), Catch::Contains("was not finished"));
  }
  SECTION("the copy is gone") {
    std::filesystem::remove(copy);
    CHECK_THROWS_WITH(restore(copy, place), Catch::Contains("No such file or directory"));
  }
  CHECK_FALSE(std::filesystem::exists(place));
  CHECK_FALSE(std::filesystem::exists(place + ".partial"));
}

TEST_CASE("a copy of an older version is put back as it is", "[backup]") {
  const Folder folder;
  const std::string copy = folder / "old.db";
  {
    std::ifstream dump(FLEETMETER_SOURCE_DIR "/tests/golden/schema_0017.sql");
    SQLite::Database db(copy, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(std::string(std::istreambuf_iterator<char>(dump), {}));
    db.exec("PRAGMA application_id = 1179407437; PRAGMA user_version = 17");
  }
  // The manifest that this version would have written, but for what it does not know.
  std::filesystem::copy_file(copy, folder / "new.db");
  static_cast<void>(Store::open_to_write(folder / "new.db"));
  static_cast<void>(back_up(folder / "new.db", folder / "model.db"));
  std::string text = "{\n  \"form\": \"fleetmeter backup 1\"";
  for (const auto& [name, value] : backup::manifest_of_bytes(copy)) {
    text += ",\n  \"" + name + "\": \"" + value + '"';
  }
  std::ifstream model(folder / "model.db.manifest");
  for (std::string line; std::getline(model, line);) {
    const bool is_of_bytes = line.find("\"bytes\"") != line.npos ||
                             line.find("\"sha256\"") != line.npos ||
                             line.find("\"form\"") != line.npos || line.find('"') == line.npos;
    if (!is_of_bytes && line.find("\"gone\"") == line.npos) {
      const bool is_version = line.find("\"schema_version\"") != line.npos;
      line.erase(line.find_last_not_of(',') + 1);
      text += ",\n" + (is_version ? std::string("  \"schema_version\": \"17\"") : line);
    }
  }
  folder.write("old.db.manifest", text + "\n}\n");

  const auto findings = restore(copy, folder / "restored.db");
  for (const BackupFinding& one : findings) {
    INFO(one.what << ": " << one.expected.value_or("") << ", " << one.found.value_or(""));
    CHECK(one.status == (one.what == "gone" || one.what == "schema_version" ? Status::not_compared
                                                                            : Status::same));
  }
  SQLite::Database restored(folder / "restored.db", SQLite::OPEN_READONLY);
  CHECK(restored.execAndGet("PRAGMA user_version").getInt64() == 17);
  CHECK(backup::manifest_of_bytes(folder / "restored.db") == backup::manifest_of_bytes(copy));
  CHECK(is_sound(drill(copy)));
  CHECK_FALSE(std::filesystem::exists(folder / "restored.db.updated.partial"));
}

TEST_CASE("a copy that somebody else is making is left alone", "[backup]") {
  const Folder folder;
  const std::string path = make_store(folder);
  const std::string others = folder.write("copy.db.partial", "of somebody else");
  CHECK_THROWS_WITH(back_up(path, folder / "copy.db"), Catch::Contains("being made"));
  CHECK(std::filesystem::exists(others));
  CHECK_FALSE(std::filesystem::exists(folder / "copy.db.manifest.partial"));
}
