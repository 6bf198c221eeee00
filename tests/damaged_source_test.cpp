// The same file gives the same snapshots whatever else is in the store or on the command line, also
// when it is damaged; and nothing that a damaged file altered is ever stored.

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "fleetmeter/store.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;

std::string gzip(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()) + 32, '\0');
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  const std::size_t size =
      ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size());
  ZSTD_freeCCtx(context);
  REQUIRE(ZSTD_isError(size) == 0);
  packed.resize(size);
  return packed;
}

std::string poll(int minute, int bytes) {
  const std::string two = std::to_string(100 + minute).substr(1);
  return R"({"observedAt":"2024-11-01T08:)" + two + R"(:00Z","processes":[{"processId":"p)" +
         std::to_string(minute % 3) + R"(","egressedBytes":)" + std::to_string(bytes) + "}]}";
}

/// What is stored, apart from when and how it came.
std::string snapshots(const std::string& store) {
  SQLite::Database db(store);
  SQLite::Statement row(db,
                        "SELECT process_id, observed_at_ms, egressed_bytes FROM observation_view "
                        "ORDER BY 2, 1, 3");
  std::string all;
  while (row.executeStep()) {
    all += row.getColumn(0).getString() + ' ' + row.getColumn(1).getString() + ' ' +
           row.getColumn(2).getString() + '\n';
  }
  return all;
}

std::vector<SourceReport> ingest(const std::string& store, const std::vector<std::string>& paths,
                                 const IngestOptions& options = {}) {
  return Store::open_or_create(store).ingest(paths, options);
}

/// The same source alone; behind others; into a store that has others; again; and as a pipe.
class WaysIn {
 public:
  WaysIn() {
    for (int i = 0; i < 6; ++i) {
      others_.push_back(folder_.write("others/" + std::to_string(i) + ".json", "[]"));
    }
    with_time_.observed_at = parse_observed_at("2024-11-02T00:00:00Z");
  }

  /// What a source gives on every way; a text that says which differ, if they do.
  std::string compare(const std::string& bytes) {
    const std::string path = folder_.write("source.json", bytes);
    const std::string alone = on_a_way({{path}});
    if (on_a_way({others_, {path}}) != alone) {
      return "it differs in a store that has other documents";
    }
    std::vector<std::string> all{path};
    all.insert(all.end(), others_.begin(), others_.end());
    if (on_a_way({all}) != alone) {
      return "it differs on a command line with others";
    }
    if (on_a_way({{path}, {path}}) != alone) {
      return "it differs when it is handed in again";
    }
    if (through_a_pipe(bytes) != alone) {
      return "it differs through a pipe";
    }
    return "";
  }

  [[nodiscard]] const std::string& store() const { return store_; }

 private:
  std::string on_a_way(const std::vector<std::vector<std::string>>& runs) {
    forget_store();
    for (const auto& paths : runs) {
      static_cast<void>(ingest(store_, paths, with_time_));
    }
    return snapshots(store_);
  }

  std::string through_a_pipe(const std::string& bytes) {
    forget_store();
    static_cast<void>(ingest(store_, others_, with_time_));
    const std::string fifo = folder_ / "fifo";
    mkfifo(fifo.c_str(), 0600);
    std::thread writer([&] { std::ofstream(fifo, std::ios::binary) << bytes; });
    static_cast<void>(ingest(store_, {fifo}, with_time_));
    writer.join();
    std::filesystem::remove(fifo);
    return snapshots(store_);
  }

  void forget_store() const {
    for (const char* suffix : {"", "-wal", "-shm"}) {
      std::filesystem::remove(store_ + suffix);
    }
  }

  test::Folder folder_;
  std::string store_ = folder_ / "s.db";
  std::vector<std::string> others_;
  IngestOptions with_time_;
};

}  // namespace

TEST_CASE("a packed file that was cut anywhere gives the same on every way in", "[damage]") {
  const std::string text = poll(1, 100) + '\n' + poll(2, 200);
  WaysIn ways;
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    for (std::size_t size = 0; size <= packed.size(); ++size) {
      INFO("the first " << size << " of " << packed.size() << " bytes");
      REQUIRE(ways.compare(packed.substr(0, size)) == "");
    }
  }
}

TEST_CASE("a document that is whole is stored though the packing around it is not", "[damage]") {
  const std::string text = poll(1, 100);
  WaysIn ways;
  const std::string packed = gzip(text);
  for (const std::string& damaged :
       {packed.substr(0, packed.size() - 8), packed.substr(0, packed.size() - 3),
        packed + std::string(512, '\0'), packed + "rubbish"}) {
    REQUIRE(ways.compare(damaged) == "");
    CHECK(snapshots(ways.store()) == "p1 1730448060000 100\n");
  }
}

TEST_CASE("zeros behind packed data are no fault, other bytes are", "[damage]") {
  const test::Folder folder;
  const std::string packed = gzip(poll(1, 100));
  const auto reports =
      ingest(folder / "s.db", {folder.write("a.gz", packed + std::string(300, '\0')),
                               folder.write("b.gz", packed + std::string(300, 'x')),
                               folder.write("c.gz", packed + packed)});
  CHECK(reports.at(0).error.empty());
  CHECK(reports.at(1).error_code == static_cast<int>(ErrorKind::data));
  CHECK(reports.at(2).error.empty());
  CHECK(reports.at(2).duplicates == 2);
}

TEST_CASE("a flipped bit leaves no snapshot that nobody wrote", "[damage]") {
  std::string text;
  std::set<std::string> written;
  for (int i = 0; i < 40; ++i) {
    text += poll(i, 1000 * i) + '\n';
  }
  const test::Folder folder;
  static_cast<void>(ingest(folder / "whole.db", {folder.write("whole.json", text)}));
  std::istringstream lines(snapshots(folder / "whole.db"));
  for (std::string line; std::getline(lines, line);) {
    written.insert(line);
  }
  std::mt19937 random(7);
  for (const std::string& packed : {gzip(text), zstd(text), gzip(text) + gzip(poll(50, 7))}) {
    for (int round = 0; round < 60; ++round) {
      std::string damaged = packed;
      damaged[10 + random() % (damaged.size() - 10)] ^= static_cast<char>(1U << random() % 8);
      const std::string store = folder / ("flip" + std::to_string(round) + ".db");
      static_cast<void>(ingest(store, {folder.write("flip.gz", damaged)}));
      std::istringstream found(snapshots(store));
      for (std::string line; std::getline(found, line);) {
        INFO(line);
        CHECK((written.count(line) == 1 || line == "p2 1730451000000 7"));
      }
      std::filesystem::remove(store);
    }
  }
}

TEST_CASE("a long member is unpacked a second time and gives the same", "[damage]") {
  std::string text;
  std::mt19937 random(3);
  while (text.size() < 9'000'000) {
    text += R"({"observedAt":"2024-11-01T08:00:00Z","processes":[{"processId":"p)" +
            std::to_string(random()) + R"(","summaryExitReason":")" + std::string(900, 'x') +
            "\"}]}\n";
  }
  const test::Folder folder;
  const auto whole = ingest(folder / "a.db", {folder.write("a.json", text)}).at(0);
  for (const std::string& packed : {gzip(text) + gzip(text), zstd(text) + zstd(text)}) {
    const auto twice = ingest(folder / "a.db", {folder.write("b.json", packed)}).at(0);
    CHECK(twice.error.empty());
    CHECK(twice.bytes == 2 * whole.bytes);
    CHECK(twice.duplicates == 2 * whole.processes);
    std::string broken = packed;
    broken[packed.size() / 4] ^= 1;  // in the first member
    const auto nothing = ingest(folder / "b.db", {folder.write("c.json", broken)}).at(0);
    CHECK(nothing.status() == SourceReport::Status::unreadable);
    CHECK(nothing.snapshots == 0);
  }
}
