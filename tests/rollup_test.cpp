// Answers from the rollups against answers from the observations: the same bytes, whatever is
// asked.

#include <algorithm>
#include <random>

#include "sim/adversarial.hpp"
#include "sim/archive.hpp"
#include "sim/fleet.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::csv;
using test::Folder;
using Random = std::mt19937_64;

constexpr std::int64_t kHour_ms = 3'600'000;

std::int64_t pick(Random& random, std::int64_t from, std::int64_t to) {
  return std::uniform_int_distribution<std::int64_t>(from, to)(random);
}

template <class Value>
const Value& one_of(Random& random, const std::vector<Value>& values) {
  return values[static_cast<std::size_t>(
      pick(random, 0, static_cast<std::int64_t>(values.size()) - 1))];
}

/// The instants at which something happens in an archive, and those beside them.
struct Instants {
  std::vector<std::int64_t> at_ms;

  [[nodiscard]] std::int64_t pick_one(Random& random) const {
    const std::int64_t near = one_of(random, at_ms);
    switch (pick(random, 0, 5)) {
      case 0:
        return near;
      case 1:
        return near - near % kHour_ms;
      case 2:
        return near - near % kHour_ms + kHour_ms;
      case 3:
        return near - near % (24 * kHour_ms) + 24 * kHour_ms * pick(random, 0, 1);
      case 4:
        return near + pick(random, -2, 2);
      default:
        return near + pick(random, -5 * kHour_ms, 5 * kHour_ms);
    }
  }
};

Question any_question(Random& random, const Instants& instants) {
  static const std::vector<std::string> kZones{
      "UTC",           "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Kathmandu",
      "Europe/London", "America/Sao_Paulo"};
  static const std::vector<std::string> kGroupings{
      "",        "region",     "app,deployment,region,day", "day",
      "hour",    "region,day", "month,deployment",          "app,hour",
      "process", "process,day"};
  Question question;
  question.tz = one_of(random, kZones);
  const std::string& by = one_of(random, kGroupings);
  if (!by.empty()) {
    question.by = parse_group_by(by);
  }
  if (pick(random, 0, 3) > 0) {
    const std::int64_t a = instants.pick_one(random);
    const std::int64_t b = instants.pick_one(random);
    if (a != b) {
      question.from_ms = std::min(a, b);
      question.to_ms = std::max(a, b);
    }
  }
  if (pick(random, 0, 2) == 0) {
    question.as_of_ms = instants.pick_one(random);
  }
  if (pick(random, 0, 3) == 0) {
    question.grace_ms = one_of(random, std::vector<std::int64_t>{0, 1, 60'000, 30 * kHour_ms});
  }
  if (pick(random, 0, 7) == 0) {
    question.max_lifespan_ms = pick(random, 1, 100) * kHour_ms;
  }
  return question;
}

std::string said(const Question& question) {
  std::string text = "tz " + question.tz + " by";
  for (const GroupBy by : question.by) {
    text += std::string(" ") + column_name(by);
  }
  const auto say = [&](const char* name, const std::optional<std::int64_t>& at) {
    text += std::string(" ") + name + " " + (at ? std::to_string(*at) : "-");
  };
  say("from", question.from_ms);
  say("to", question.to_ms);
  say("as-of", question.as_of_ms);
  say("grace", question.grace_ms);
  say("lifespan", question.max_lifespan_ms);
  return text;
}

/// The flags of processes, which are looked for where the summaries say that they can be, and the
/// gaps and holes between polls, which are looked for in what was noted of each snapshot.
std::string evidence(const Store& store, const Question& question) {
  std::ostringstream out;
  give(store.anomalies(question), *make_writer(Format::csv, out));
  const Coverage coverage = store.coverage(question);
  give(coverage.missing(), *make_writer(Format::csv, out));
  give(coverage.places, *make_writer(Format::csv, out));
  give(store.advise(question), *make_writer(Format::csv, out));
  return out.str();
}

/// Both meters, flags and gaps; a question that is refused gives why.
std::string answers(const Store& store, const Question& question) {
  try {
    return csv(store, "billing", question) + csv(store, "egress", question) +
           evidence(store, question);
  } catch (const Error& error) {
    return error.what();
  }
}

void compare(const Store& store, Question question) {
  INFO(said(question));
  question.scan = false;
  const std::string rolled_up = answers(store, question);
  question.scan = true;
  CHECK(rolled_up == answers(store, question));
}

Instants instants_of(const std::vector<sim::AdversarialDocument>& documents) {
  Instants instants;
  for (const auto& document : documents) {
    instants.at_ms.push_back(document.observed_at_ms);
  }
  return instants;
}

/// An adversarial archive, one document a file, stored in a few runs.
Instants store_adversarial(const Folder& folder, Store& store, std::uint64_t seed) {
  const auto documents = sim::adversarial_archive(seed);
  Random random(seed);
  std::vector<std::string> batch;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string name =
        documents[i].file_name.substr(documents[i].file_name.find_last_of('/') + 1);
    batch.push_back(folder.write("archive/" + std::to_string(i) + '/' + name, documents[i].text));
    if (pick(random, 0, 3) == 0 || i + 1 == documents.size()) {
      store.ingest(batch);
      batch.clear();
    }
  }
  return instants_of(documents);
}

}  // namespace

TEST_CASE("rollups answer what a scan answers, on archives that try to break them", "[rollup]") {
  const char* const more = std::getenv("FLEETMETER_ROLLUP_SEEDS");
  const std::uint64_t seeds = more == nullptr ? 16 : std::stoull(more);
  for (std::uint64_t seed = 3000; seed < 3000 + seeds; ++seed) {
    INFO("seed " << seed);
    const Folder folder;
    Store store = Store::open_or_create(folder / "store.db");
    const Instants instants = store_adversarial(folder, store, seed);
    Random random(seed * 31);
    for (int i = 0; i < 100; ++i) {
      compare(store, any_question(random, instants));
    }
  }
}

TEST_CASE("rollups answer what a scan answers, on a fleet with every vice", "[rollup]") {
  struct Vice {
    std::int64_t poll_s;
    bool cap10;
    int lost_finals;
    int late;
  };
  for (const Vice& vice : {Vice{60, false, 0, 0}, Vice{300, true, 0, 50},
                           Vice{900, false, 300, 200}, Vice{3 * 3600, false, 100, 0}}) {
    sim::ArchiveOptions options = sim::profile("demo");
    options.poll_s = static_cast<decltype(options.poll_s)>(vice.poll_s);
    options.cap10 = vice.cap10;
    options.lost_finals = static_cast<decltype(options.lost_finals)>(vice.lost_finals);
    options.late = static_cast<decltype(options.late)>(vice.late);
    options.dips = 5;
    options.fleet.breaks = 20;
    options.fleet.clamp32 = 10;
    options.fleet.seed = static_cast<std::uint64_t>(vice.poll_s);
    const Folder folder;
    Instants instants;
    std::string text;
    sim::emit_archive(options, [&](const sim::Document& document) {
      text += document.text;
      text += '\n';
    });
    folder.write("archive.ndjson", text);
    Store::open_or_create(folder / "store.db").ingest({folder / "archive.ndjson"});
    const Store store = Store::open(folder / "store.db");
    for (std::int64_t at = options.fleet.start_ms; at < options.fleet.start_ms + 30 * kHour_ms;
         at += 777'777) {
      instants.at_ms.push_back(at);
    }
    Random random(options.fleet.seed);
    for (int i = 0; i < 60; ++i) {
      INFO("poll " << vice.poll_s);
      if (i % 2 == 0) {
        test::forget(folder / "store.db");  // so that it is read ahead
      }
      compare(store, any_question(random, instants));
    }
  }
}
