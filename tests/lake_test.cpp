// A lake: files called by their digests, and a manifest that comes last.

#include <sys/stat.h>

#include <map>
#include <set>

#include "base/sha256.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

namespace fs = std::filesystem;
using namespace fleetmeter;
using test::Folder;
using Became = LakeFile::Change;

std::string poll(const std::string& time, const std::string& process, int bytes) {
  return R"({"observedAt":"2024-11-)" + time + R"(:00Z","processes":[{"processId":")" + process +
         R"(","appId":"a","region":"Oslo","startedAt":"2024-11-)" + time.substr(0, 3) +
         R"(01:00:00Z","terminatedAt":"2024-11-)" + time + R"(:00Z","egressedBytes":)" +
         std::to_string(bytes) + "}]}";
}

/// The files of a folder by their names, with what is in them.
std::map<std::string, std::string> files_in(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      std::ifstream stream(entry.path(), std::ios::binary);
      files[fs::relative(entry.path(), folder).string()] = {std::istreambuf_iterator<char>(stream),
                                                            std::istreambuf_iterator<char>()};
    }
  }
  return files;
}

std::size_t count(const std::vector<LakeFile>& files, Became change) {
  return static_cast<std::size_t>(std::count_if(
      files.begin(), files.end(), [&](const LakeFile& file) { return file.change == change; }));
}

struct Lake {
  Folder folder;
  Store store = Store::open_or_create(folder / "store.db");

  Lake() {
    add("01T09:30", "p", 100);
    add("02T09:30", "q", 200);
  }
  void add(const std::string& time, const std::string& process, int bytes) {
    store.ingest({folder.write(process + ".json", poll(time, process, bytes))});
  }
  std::vector<LakeFile> write() { return export_lake(store, folder / "lake"); }
};

}  // namespace

TEST_CASE("the files of a lake are what its manifest says", "[lake]") {
  Lake lake;
  const std::vector<LakeFile> written = lake.write();
  const auto files = files_in(lake.folder / "lake");
  CHECK(files.size() == written.size() + 1);
  const std::string& manifest = files.at("manifest.json");
  std::set<std::string> tables;
  for (const LakeFile& file : written) {
    INFO(file.file);
    CHECK(file.change == Became::written);
    REQUIRE(files.count(file.file) == 1);
    CHECK(base::to_hex(base::as_bytes(base::sha256(files.at(file.file)))) == file.sha256);
    CHECK(manifest.find("\"file\": \"" + file.file + "\", \"rows\": " + std::to_string(file.rows) +
                        ", \"bytes\": " + std::to_string(file.bytes) + ", \"sha256\": \"" +
                        file.sha256 + '"') != std::string::npos);
    tables.insert(file.table);
  }
  CHECK(tables ==
        std::set<std::string>{"meta", "poll", "process", "process_hour", "room_stay", "snapshot"});
}

TEST_CASE("a lake that is written again stays as it is, to the byte", "[lake]") {
  Lake lake;
  const auto first = lake.write();
  const auto files = files_in(lake.folder / "lake");
  const auto again = lake.write();
  CHECK(count(again, Became::kept) == first.size());
  CHECK(again.size() == first.size());
  CHECK(files_in(lake.folder / "lake") == files);
}

TEST_CASE("a store that grew replaces the days that changed", "[lake]") {
  Lake lake;
  static_cast<void>(lake.write());
  lake.add("03T09:30", "r", 300);
  const auto grown = lake.write();
  for (const LakeFile& file : grown) {
    INFO(file.file);
    if (file.file.find("day=2024-11-01") != std::string::npos) {
      CHECK(file.change == Became::kept);
    } else if (file.file.find("day=2024-11-03") != std::string::npos) {
      CHECK(file.change == Became::written);
    }
  }
  Lake whole;
  whole.add("03T09:30", "r", 300);
  static_cast<void>(whole.write());
  CHECK(files_in(lake.folder / "lake").size() == files_in(whole.folder / "lake").size());
}

TEST_CASE("what an export left that was killed goes", "[lake]") {
  Lake lake;
  static_cast<void>(lake.write());
  const auto files = files_in(lake.folder / "lake");
  const std::string digest(64, 'a');
  lake.folder.write("lake/process/day=2024-11-01/" + digest + ".parquet", "of no manifest");
  lake.folder.write("lake/process/day=2024-11-01/" + digest + ".parquet.partial", "half");
  static_cast<void>(lake.write());
  CHECK(files_in(lake.folder / "lake") == files);
  lake.folder.write("lake/manifest.json.partial", "half");
  static_cast<void>(lake.write());
  CHECK(files_in(lake.folder / "lake") == files);
  lake.folder.write("lake/manifest.json.partial", "half");
  lake.add("03T09:30", "r", 300);
  static_cast<void>(lake.write());
  CHECK(files_in(lake.folder / "lake").count("manifest.json.partial") == 0);
}

TEST_CASE("files of others in the folder of a lake stay, whatever they are called", "[lake]") {
  Lake lake;
  static_cast<void>(lake.write());
  const auto files = files_in(lake.folder / "lake");
  const std::string digest(64, 'a');
  const std::vector<std::string> theirs{
      "notes.txt",
      digest + ".parquet",
      "archive/" + digest + ".parquet",
      "archive/day=2024-11-01/" + digest + ".csv",
      "process/day=2024-11-01/mine.parquet",
      "process/day=2024-11-01/" + digest + ".txt",
      "process/day=2024-11-01/more/" + digest + ".parquet",
      "process/former/" + digest + ".parquet",
      "process/day=2024/" + digest + ".parquet",
  };
  for (const std::string& name : theirs) {
    lake.folder.write("lake/" + name, "mine");
  }
  for (const auto& file : lake.write()) {
    CHECK(file.change == Became::kept);
  }
  auto left = files_in(lake.folder / "lake");
  for (const std::string& name : theirs) {
    INFO(name);
    CHECK(left.erase(name) == 1);
  }
  CHECK(left == files);
}

TEST_CASE("a folder of a table that cannot be read is named, before anything is written",
          "[lake]") {
  Lake lake;
  const std::string file = lake.folder.write("lake/poll", "no folder");
  CHECK_THROWS_WITH(lake.write(), file + ": cannot be read: Not a directory");
  CHECK(files_in(lake.folder / "lake").size() == 1);
}

TEST_CASE("a file of a lake that was damaged is written again", "[lake]") {
  Lake lake;
  const auto written = lake.write();
  const auto files = files_in(lake.folder / "lake");
  std::string damaged = files.at(written.front().file);
  damaged[damaged.size() / 2] ^= 1;
  lake.folder.write("lake/" + written.front().file, damaged);
  CHECK(count(lake.write(), Became::written) == 1);
  CHECK(files_in(lake.folder / "lake") == files);
}

TEST_CASE("a lake of another store is not overwritten", "[lake]") {
  Lake lake;
  static_cast<void>(lake.write());
  const auto before = files_in(lake.folder / "lake");
  Store other = Store::open_or_create(lake.folder / "other.db");
  other.ingest({lake.folder.write("z.json", poll("03T09:30", "z", 7))});
  CHECK_THROWS_WITH(export_lake(other, lake.folder / "lake"),
                    Catch::Contains("holds the lake of another store"));
  CHECK(files_in(lake.folder / "lake") == before);
  lake.add("03T09:30", "r", 300);
  CHECK(count(lake.write(), Became::written) > 0);
}

TEST_CASE("a folder with somebody else's manifest is refused", "[lake]") {
  Lake lake;
  const std::string theirs = lake.folder.write("lake/manifest.json", R"({"form": "another"})");
  CHECK_THROWS_WITH(lake.write(), theirs +
                                      ": no manifest of a lake; name another folder, or move "
                                      "it away");
  CHECK(files_in(lake.folder / "lake").size() == 1);
}

TEST_CASE("a lake is of parquet or of csv", "[lake]") {
  Lake lake;
  CHECK_THROWS_WITH(export_lake(lake.store, lake.folder / "lake", {}, {}, Format::json),
                    "format: a lake is of parquet or csv");
  const auto files = export_lake(lake.store, lake.folder / "lake", {}, {}, Format::csv);
  CHECK(files.front().file.ends_with(".csv"));
}
