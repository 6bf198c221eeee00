// Moving observations to files: whatever is asked afterwards is answered as before, byte for byte,
// or is refused; what begins at the instant or later is never refused; and all can be put back.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/time_text.hpp"
#include "support/catch.hpp"
#include "support/pruning.hpp"
#include "support/sealing.hpp"

namespace {

using namespace fleetmeter;
using namespace fleetmeter::test;

constexpr std::int64_t kHour_ms = 3'600'000;

/// Ingests some files of an archive under a folder of their own, the rest stays.
void ingest_some(Store& store, Archive& archive, std::size_t count, const Folder& folder) {
  const std::string under = "part" + std::to_string(archive.size()) + '/';
  for (std::size_t i = 0; i < count && !archive.empty(); ++i) {
    const auto first = archive.begin();
    folder.write(under + first->first, first->second);
    archive.erase(first);
  }
  static_cast<void>(store.ingest({folder / under}));
}

std::vector<std::string> ids_in(const Store& store) {
  return store.process_ids("", 100'000);
}

/// A window of the past around some instant, as it is known by now, or was once.
struct Window {
  std::string name;
  std::optional<std::int64_t> from_ms;
  std::optional<std::int64_t> to_ms;
  std::optional<std::int64_t> known_seq = {};
};

std::vector<Window> windows_around(std::int64_t before_ms, std::mt19937_64& random) {
  const auto some = [&] { return static_cast<std::int64_t>(random() % 90'000'000); };
  const std::int64_t hour_ms = before_ms / kHour_ms * kHour_ms;
  return {{"all", {}, {}},
          {"from it on", before_ms, {}},
          {"from later on", before_ms + some(), {}},
          {"after it", before_ms, before_ms + some()},
          {"until it", {}, before_ms},
          {"by hours before", hour_ms - 30 * kHour_ms, hour_ms},
          {"across", hour_ms - some(), hour_ms + some()},
          {"some time before", hour_ms - 100'000'000 - some(), hour_ms - 10'000'000},
          {"as known early", {}, {}, 20},
          {"as known later", before_ms, {}, 90}};
}

using Answers = std::map<std::string, Answered>;

/// Everything that is asked, by its name and window.
Answers ask_all(const Store& store, const std::vector<Window>& windows) {
  Answers all;
  for (const auto& [name, asking] : questions_of_windows()) {
    for (const Window& window : windows) {
      Question question;
      question.from_ms = window.from_ms;
      question.to_ms = window.to_ms;
      question.known_seq = window.known_seq;
      all[name + ", " + window.name] = answer_of(store, question, asking);
    }
  }
  all["diff"] =
      answer_of(store, {}, [](const Store& asked, const Question& question, RowSink& sink) {
        give_processes(asked.diff(question, {.seq = 50, .at_ms = {}}), sink);
      });
  for (const std::string& id : ids_in(store)) {
    all["explain " + id] =
        answer_of(store, {}, [&](const Store& asked, const Question& question, RowSink& sink) {
          give(asked.explain(id, question), sink);
        });
  }
  return all;
}

bool begins_at_it(const std::string& name) {
  return name.find(", from ") != std::string::npos || name.find(", after ") != std::string::npos;
}

/// Whether all is answered as before, or refused. How much was refused.
std::size_t expect_same_or_refused(const Answers& before, const Answers& after) {
  std::size_t refused = 0;
  for (const auto& [name, answer] : after) {
    const Answered& was = before.at(name);
    INFO(name << "\nwas:\n"
              << was.text.substr(0, 2000) << "\nis:\n"
              << answer.text.substr(0, 2000));
    const bool must_be_same = begins_at_it(name) && name.find("whole query") == std::string::npos &&
                              name.find("advise") == std::string::npos;
    CHECK((answer == was || (answer.is_refused && !must_be_same)));
    refused += answer.is_refused ? 1 : 0;
  }
  return refused;
}

void expect_sound(const Store& store) {
  for (const Finding& one : store.check()) {
    INFO(one.check << ": " << one.first_difference.value_or(""));
    CHECK(one.status == Finding::Status::ok);
  }
}

/// The processes whose explanation is refused are explained from the files as they were before.
void expect_explained(const Store& store, const Answers& before, const std::string& folder) {
  for (const auto& [name, was] : before) {
    if (name.starts_with("explain ")) {
      const std::string id = name.substr(8);
      Question question;
      question.archive = folder;
      const Answered again =
          answer_of(store, question, [&](const Store& asked, const Question& of, RowSink& sink) {
            give(asked.explain(id, of), sink);
          });
      INFO(name);
      CHECK(again.text == was.text);
    }
  }
}

/// Prunes a store, asks everything before and after, and puts it back. How many observations went.
std::int64_t try_out(const Archive& files, std::int64_t before_ms, std::uint64_t seed) {
  const Folder folder;
  std::mt19937_64 random(seed);
  Archive archive = files;
  Store store = Store::open_or_create(folder / "store.db");
  ingest_some(store, archive, archive.size() / 2, folder);
  ingest_some(store, archive, archive.size(), folder);
  const std::int64_t last_ms = *store.status(Store::Gaps::left_out).last_observed_at_ms;
  const std::int64_t instant =
      std::min(before_ms, last_ms - static_cast<std::int64_t>(seed % 2) * kHour_ms);
  const std::vector<Window> windows = windows_around(instant, random);
  const Answers before = ask_all(store, windows);
  const std::string dump = dump_of(store);
  const Pruning early = store.prune({instant - 40 * kHour_ms, folder.path(), false});
  Pruning done = store.prune({instant, folder.path(), seed % 2 == 0});
  INFO("seed " << seed << ", before " << base::format_utc(instant));
  CHECK(done.file.has_value() == (done.processes > 0));
  done.processes += early.processes;
  done.observations += early.observations;
  const std::size_t refused = expect_same_or_refused(before, ask_all(store, windows));
  CHECK((refused > 0) == (done.processes > 0));
  expect_sound(store);
  expect_explained(store, before, folder.path());
  const Pruning again = store.prune({instant, folder.path(), false});
  CHECK(again.processes == 0);
  CHECK(store.restore_pruned(folder.path()).size() ==
        (done.file ? 1U : 0U) + (early.file ? 1U : 0U));
  CHECK(dump_of(store) == dump);
  const Pruning repeated = store.prune({instant, folder.path(), false});
  CHECK((early.file || repeated.file == done.file));
  CHECK(repeated.observations == done.observations);
  return done.observations;
}

}  // namespace

TEST_CASE("what is asked after pruning is answered as before, or refused", "[prune]") {
  const char* const longer = std::getenv("FLEETMETER_ARCHIVES");  // for a long run
  const std::uint64_t archives = longer == nullptr ? 2 : std::stoull(longer);
  std::int64_t moved = 0;
  for (std::uint64_t seed = 1; seed <= archives; ++seed) {
    moved += try_out(fleet_of_days(seed, 7), kFleetStart_ms + 6 * 86'400'000 + 1'234'567, seed);
    moved += try_out(adversarial_files(seed), kFleetStart_ms + 20 * 86'400'000, seed);
    moved += try_out(running_lists(seed), kFleetStart_ms + 20 * 86'400'000, seed);
  }
  CHECK(moved > 100);
}

TEST_CASE("what was refused while observations were pruned is taken up when they are back",
          "[prune]") {
  const Folder folder;
  const auto poll = [](const char* hour, const char* more) {
    return std::string(R"({"observedAt":"2024-11-0)") + hour + R"(:00:00Z","processes":[)" + more +
           R"({"processId":"lives","appId":"a","region":"x","startedAt":"2024-11-01T08:00:00Z",)"
           R"("egressedBytes":70}]})";
  };
  const auto ended = [](const char* bytes) {
    return std::string(R"({"processId":"ended","appId":"a","region":"x",)"
                       R"("startedAt":"2024-11-01T08:00:00Z","stoppingAt":"2024-11-01T09:30:00Z",)"
                       R"("terminatedAt":"2024-11-01T09:31:00Z","egressedBytes":)") +
           bytes + "},";
  };
  const std::string early = folder.write("early.json", poll("1T10", ended("500").c_str()));
  const std::string later = folder.write("later.json", poll("5T10", ""));
  const std::string late = folder.write("late.json", poll("1T11", ended("900").c_str()));
  Store pruned = Store::open_or_create(folder / "pruned.db");
  Store whole = Store::open_or_create(folder / "whole.db");
  static_cast<void>(pruned.ingest({early, later}));
  static_cast<void>(whole.ingest({early, later, late}));
  const std::int64_t before_ms = kFleetStart_ms + 3 * 86'400'000;
  REQUIRE(pruned.prune({before_ms, folder.path(), false}).processes == 1);
  CHECK(pruned.ingest({late}).front().rejected == 1);
  CHECK(pruned.ingest({late}).front().made_good == 0);
  static_cast<void>(pruned.restore_pruned(folder.path()));
  CHECK(pruned.egress({}).front().egress_bytes.point == 570);
  CHECK(pruned.ingest({late}).front().made_good == 1);
  CHECK(pruned.egress({}).front().egress_bytes.point == 970);
  CHECK(pruned.egress({}).front().egress_bytes == whole.egress({}).front().egress_bytes);
  CHECK(pruned.billing({}).front().billable_ms == whole.billing({}).front().billable_ms);
  CHECK(pruned.ingest({late}).front().made_good == 0);
  CHECK(pruned.ingest({late}).front().snapshots == 0);
  expect_sound(pruned);
}

TEST_CASE("what is ingested after pruning counts as if nothing had been pruned", "[prune]") {
  for (const std::uint64_t seed : {2U, 3U}) {
    const Folder folder;
    std::mt19937_64 random(seed);
    const Archive files = fleet_of_days(seed, 8);
    Archive archive = files;
    Archive again = files;
    Store pruned = Store::open_or_create(folder / "pruned.db");
    Store whole = Store::open_or_create(folder / "whole.db");
    ingest_some(pruned, archive, files.size() * 8 / 10, folder);
    ingest_some(whole, again, files.size() * 8 / 10, folder);
    const std::int64_t before_ms = kFleetStart_ms + 4 * 86'400'000;
    REQUIRE(pruned.prune({before_ms, folder.path(), false}).processes > 0);
    ingest_some(pruned, archive, files.size(), folder);
    ingest_some(whole, again, files.size(), folder);
    INFO("seed " << seed);
    CHECK(pruned.status().rejects == whole.status().rejects);
    const std::vector<Window> windows = windows_around(before_ms, random);
    static_cast<void>(expect_same_or_refused(ask_all(whole, windows), ask_all(pruned, windows)));
    expect_sound(pruned);
    static_cast<void>(pruned.restore_pruned(folder.path()));
    CHECK((ask_all(pruned, windows) == ask_all(whole, windows)));
    expect_sound(pruned);
  }
}
