// What is known at a state of knowledge: whatever came later, every question answers as the store
// answered when that state was all it knew, byte for byte. The answers are kept after each piece of
// an archive that comes in no order, and asked for again when all of it is there.

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>

#include "sim/adversarial.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "store/known_tables.hpp"
#include "support/archive.hpp"
#include "support/askings.hpp"
#include "support/catch.hpp"
#include "support/list_archives.hpp"

namespace {

using namespace fleetmeter;
using test::Asking;
using test::Askings;
using test::csv;
using test::Folder;

/// A file on its way into a store.
struct File {
  std::string name;
  std::string text;
};

using Archive = std::vector<File>;

/// A fleet with rooms, polled by whoever, and documents about some of its rooms.
Archive fleet(std::uint64_t seed) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.seed = seed;
  options.fleet.duration_ms = 12 * 3'600'000;
  options.poll_s = 1800;
  options.api = seed % 2 == 0 ? std::optional(sim::Api::v1_rooms) : std::nullopt;
  options.running_only = seed % 3 == 0;
  options.by_region = seed % 3 == 0;
  options.repeat = 30;
  Archive archive;
  std::mt19937_64 random(seed);
  sim::emit_archive(options, [&](const sim::Document& document) {
    const std::string number = std::to_string(archive.size());
    archive.push_back({"poll" + number + ".json", std::string(document.text)});
    const std::size_t room = document.text.find("\"roomId\":\"");
    if (room != std::string_view::npos && random() % 3 == 0) {
      const std::string id(
          document.text.substr(room, document.text.find('"', room + 10) - room + 1));
      archive.push_back({"rooms/" + std::to_string(document.observed_at_ms / 1000) + ".json",
                         "{" + id +
                             R"(,"appId":"app","status":"destroyed","currentAllocation":null,)" +
                             R"("allocations":[{"roomAllocationId":"late)" + number +
                             R"(","processId":"named only here","scheduledAt":null,)" +
                             R"("unscheduledAt":null}]})"});
    }
  });
  return archive;
}

/// So many processes of short lives that their numbers fill several blocks.
Archive crowd(std::uint64_t seed) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.seed = seed;
  options.fleet.duration_ms = 24 * 3'600'000;
  options.fleet.processes_alive = 12;
  options.fleet.lifetime_minutes = 15;
  options.poll_s = 1200;
  Archive archive;
  sim::emit_archive(options, [&](const sim::Document& document) {
    archive.push_back(
        {"poll" + std::to_string(1000 + archive.size()) + ".json", std::string(document.text)});
  });
  return archive;
}

Archive adversarial(std::uint64_t seed) {
  std::map<std::string, std::string> files;
  for (const auto& document : sim::adversarial_archive(seed)) {
    files[document.file_name] += document.text + '\n';
  }
  Archive archive;
  for (auto& [name, text] : files) {
    archive.push_back({name, std::move(text)});
  }
  return archive;
}

Archive lists(std::uint64_t seed) {
  Archive archive;
  for (const test::ListDocument& document : test::list_archives(seed, 3)) {
    if (document.tells_its_time) {
      archive.push_back({"list" + std::to_string(archive.size()) + ".json", document.text});
    }
  }
  return archive;
}

std::string given_csv(const Store& store, const Question& question, const Asking& asking) {
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  try {
    asking(store, question, *writer);
  } catch (const Error& error) {
    out << error.what();
  }
  return out.str();
}

/// Everything that can be asked of a store about the past, by name.
Askings all_askings() {
  Askings all;
  test::add_meters({{"", [](Question&) {}},
                    {" --absence ignore", [](Question& one) { one.absence = Absence::ignore; }}},
                   all);
  all["anomalies"] = [](const Store& store, const Question& question, RowSink& sink) {
    give(store.anomalies(question), sink);
  };
  all["status"] = [](const Store& store, const Question& question, RowSink& sink) {
    StoreStatus status = store.status(Store::Gaps::counted, question);
    status.store_bytes = 0;
    give(std::vector{status}, sink);
  };
  test::add_named_queries("named only here", "2024-11-01T12:00:00Z", all);
  return all;
}

/// Tables whose rows have no numbered past, or are asked for by what is made of them.
bool has_no_past(const std::string& name) {
  for (const char* one : {"control_sum", "egress_gap", "label", "process_block", "rollup",
                          "room_config", "room_config_form", "room_config_text"}) {
    if (name == one) {
      return true;
    }
  }
  return false;
}

/// Every table and view of a store with a past, row by row in an order of their own.
Askings all_tables(const Store& store) {
  Table names;
  store.sql("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name", names);
  Askings all;
  for (const auto& row : names.rows) {
    const auto& name = std::get<std::string>(row.front());
    if (!has_no_past(name) && name.substr(0, 7) != "sqlite_") {
      all["table " + name] = [name](const Store& asked, const Question& question, RowSink& sink) {
        Table rows;
        asked.sql("SELECT * FROM " + name, rows, {}, question);
        std::vector<std::string> lines;
        for (const auto& cells : rows.rows) {
          std::ostringstream line;
          const auto writer = make_writer(Format::csv, line);
          writer->columns(rows.names);
          writer->row(cells);
          writer->end();
          lines.push_back(line.str());
        }
        std::sort(lines.begin(), lines.end());
        sink.columns({"row"});
        for (const std::string& line : lines) {
          sink.row({line});
        }
        sink.end();
      };
    }
  }
  return all;
}

/// What a store answered at a state of knowledge.
struct Kept {
  std::int64_t known_seq = 0;
  std::map<std::string, std::string> answers;
};

std::int64_t newest(const Store& store) {
  Table table;
  store.sql("SELECT coalesce(max(snapshot_seq), 0) FROM snapshot", table);
  return std::get<std::int64_t>(table.rows.front().front());
}

Archive shuffled(Archive archive, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::shuffle(archive.begin(), archive.end(), random);
  return archive;
}

/// Some documents come last.
Archive partly_late(Archive archive, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::stable_partition(archive.begin(), archive.end(), [&](const File&) { return random() % 8; });
  return archive;
}

/// The name of the first question that answers otherwise when it is asked again, with both answers.
/// With `sums_alone`, billing and egress are asked.
std::string first_difference(const Archive& archive, std::size_t pieces, bool sums_alone = false) {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  Askings askings = all_askings();
  askings.merge(all_tables(store));
  if (sums_alone) {
    std::erase_if(askings, [](const auto& one) {
      return one.first.rfind("billing", 0) != 0 && one.first.rfind("egress", 0) != 0;
    });
  }
  std::vector<Kept> kept;
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    const std::string under = "piece" + std::to_string(piece) + '/';
    // A document that nobody could read has no number: it counts if it stands before the next
    // snapshot. So each piece begins with one.
    folder.write(under + "0.json", R"({"observedAt":"2024-11-01T00:00:0)" + std::to_string(piece) +
                                       R"(Z","processes":[{"processId":"first"}]})");
    for (std::size_t i = piece * archive.size() / pieces; i < (piece + 1) * archive.size() / pieces;
         ++i) {
      folder.write(under + archive[i].name, archive[i].text);
    }
    static_cast<void>(store.ingest({folder / under}));
    Kept& now = kept.emplace_back(Kept{newest(store), {}});
    for (const auto& [name, asking] : askings) {
      now.answers[name] = given_csv(store, {}, asking);
    }
  }
  std::size_t known_otherwise_now = 0;
  for (const Kept& then : kept) {
    Question question;
    question.known_seq = then.known_seq;
    for (const auto& [name, asking] : askings) {
      const std::string again = given_csv(store, question, asking);
      if (again != then.answers.at(name)) {
        return name + " --known-seq " + std::to_string(then.known_seq) + " of " +
               std::to_string(kept.back().known_seq) + "\nthen:\n" +
               then.answers.at(name).substr(0, 3000) + "\nagain:\n" + again.substr(0, 3000);
      }
      known_otherwise_now += again == kept.back().answers.at(name) ? 0U : 1U;
    }
  }
  return 4 * known_otherwise_now > askings.size() ? "" : "hardly anything has changed";
}

}  // namespace

TEST_CASE("every question can be asked again of an earlier state of knowledge", "[knowledge]") {
  const char* const longer = std::getenv("FLEETMETER_ARCHIVES");  // for a long run
  const std::uint64_t archives = longer == nullptr ? 2 : std::stoull(longer);
  for (std::uint64_t seed = 2; seed < 2 + archives; ++seed) {
    INFO("seed " << seed);
    if (seed % 2 == 0) {
      CHECK(first_difference(shuffled(fleet(seed), seed), 3) == "");  // it takes the longest
    }
    CHECK(first_difference(shuffled(adversarial(4000 + seed), seed), 3) == "");
    CHECK(first_difference(shuffled(lists(4000 + seed), seed), 3) == "");
    CHECK(first_difference(partly_late(crowd(seed), seed), 8, true) == "");
  }
}

TEST_CASE("a state of knowledge can be named by the time at which it was stored", "[knowledge]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  static_cast<void>(store.ingest({folder.write(
      "a.json", R"({"observedAt":"2024-11-01T09:00:00Z","processes":[{"processId":"p","appId":"a",)"
                R"("deploymentId":1,"region":"x","startedAt":"2024-11-01T08:00:00Z",)"
                R"("stoppingAt":"2024-11-01T08:30:00Z"}]})")}));
  Question question;
  question.known_at_ms = 0;
  CHECK(store.billing(question).front().processes == 0);
  question.known_at_ms = std::numeric_limits<std::int64_t>::max();
  CHECK(store.billing(question).front().processes == 1);
  // With both, the older state counts.
  question.known_seq = 0;
  CHECK(store.billing(question).front().processes == 0);
}

TEST_CASE("what has no past is refused rather than answered from the present", "[knowledge]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  for (int minute = 10; minute < 12; ++minute) {
    const std::string at = "2024-11-01T09:" + std::to_string(minute) + ":00Z";
    static_cast<void>(store.ingest({folder.write(
        std::to_string(minute) + ".json",
        R"({"observedAt":")" + at + R"(","processes":[{"processId":")" + std::to_string(minute) +
            R"(","appId":"a","region":"x","startedAt":"2024-11-01T08:00:00Z"}]})")}));
  }
  Question question;
  question.known_seq = 1;
  const auto asked = [&](const std::string& what) {
    Table rows;
    store.sql("SELECT " + what, rows, {}, question);
    return std::get<std::int64_t>(rows.rows.front().front());
  };
  CHECK(asked("count(*) FROM process") == 1);
  CHECK(asked("count(*) FROM observation_view") == 1);
  CHECK_THROWS_AS(asked("count(*) FROM rollup"), Error);
  CHECK_THROWS_AS(asked("sum(bytes) FROM egress_gap"), Error);
  CHECK_THROWS_AS(asked("min(from_ms) FROM process_block"), Error);
  CHECK_THROWS_AS(asked("sum(row_count) FROM control_sum"), Error);
  // Past the view that shows what counts.
  CHECK_THROWS_WITH(
      asked("max(process_key) FROM main.process"),
      Catch::Contains("refused: main.process holds what is known by now; process, without "
                      "main, shows what was known then"));
  question.known_seq.reset();
  CHECK(asked("count(*) FROM process") == 2);
  CHECK(asked("max(process_key) FROM main.process") == 2);
}

TEST_CASE("a state of knowledge is shown of one moment, whoever ingests meanwhile", "[knowledge]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  const auto see = [&](const std::string& process_id, int minute) {
    static_cast<void>(store.ingest(
        {folder.write(std::to_string(minute) + ".json",
                      R"({"observedAt":"2024-11-01T09:)" + std::to_string(minute) +
                          R"(:00Z","processes":[{"processId":")" + process_id +
                          R"(","appId":"a","region":"x","startedAt":"2024-11-01T08:00:00Z"}]})")}));
  };
  see("p", 10);
  see("q", 20);
  for (const std::int64_t known_seq : {1, 3}) {  // an older state, and the newest
    SQLite::Database shown(folder / "store.db", SQLite::OPEN_READWRITE);
    store::show_as_known(shown, known_seq, {"process"}, [] {});
    see("p", 30 + static_cast<int>(known_seq));  // nothing more had been said of it
    CHECK(shown.execAndGet("SELECT touched_seq FROM process WHERE process_id = 'p'").getInt64() ==
          known_seq);
    CHECK(shown.execAndGet("SELECT max(snapshot_seq) FROM snapshot").getInt64() == known_seq);
  }
}
