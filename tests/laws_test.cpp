// The laws, on archives that try to break them: the program against an independent reading of the
// rules, byte for byte, and against itself in other orders and batches.

#include <algorithm>
#include <map>

#include "reference/reference.hpp"
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

struct Asked {
  std::string by;
  std::string tz;
};

Question question_of(const Asked& asked) {
  Question question;
  question.tz = asked.tz;
  if (!asked.by.empty()) {
    question.by = parse_group_by(asked.by);
  }
  return question;
}

reference::Question reference_of(const Asked& asked) {
  reference::Question question;
  question.tz = asked.tz;
  std::stringstream list(asked.by);
  for (std::string name; std::getline(list, name, ',');) {
    question.by.push_back(name);
  }
  return question;
}

std::vector<Asked> askings(const std::string& zone) {
  return {{"", "UTC"},           {"region,day", zone},     {"process", "UTC"},
          {"month,app", zone},   {"hour", zone},           {"deployment,region", "UTC"},
          {"process,day", zone}, {"day,hour,region", zone}};
}

std::string both_csv(const Store& store, const Question& question) {
  return csv(store, "billing", question) + csv(store, "egress", question);
}

/// Writes each document into a file of its own whose name is its place and tells its time.
void write_files(const Folder& folder, const std::vector<sim::AdversarialDocument>& documents) {
  int place = 100000;
  for (const auto& document : documents) {
    const std::string name = std::to_string(++place) + '/' +
                             document.file_name.substr(document.file_name.find_last_of('/') + 1);
    folder.write("archive/" + name, document.text);
  }
}

void ingest_all(Store& store, const std::string& path) {
  IngestOptions options;
  options.any_time = true;  // some of these archives were polled in 1970
  for (const SourceReport& report : store.ingest({path}, options)) {
    INFO(report.source << ' ' << report.error);
    CHECK(report.clean());
  }
}

/// "" when two answers are the same bytes, else the first line that differs, both ways.
std::string difference(const std::string& ours, const std::string& theirs) {
  std::istringstream a(ours);
  std::istringstream b(theirs);
  std::string line_a;
  std::string line_b;
  while (ours != theirs) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a));
    const bool more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a || !more_b || line_a != line_b) {
      return "ours: " + (more_a ? line_a : "(end)") + "\ntheirs: " + (more_b ? line_b : "(end)");
    }
  }
  return "";
}

std::int64_t bounded_int(Int128 value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

TEST_CASE("the program answers byte for byte what an independent reading of the rules answers",
          "[laws]") {
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const Folder folder;
    const auto documents = sim::adversarial_archive(seed);
    write_files(folder, documents);
    Store store = Store::open_or_create(folder / "store.db");
    ingest_all(store, folder / "archive");
    reference::Archive archive;
    for (const auto& document : documents) {
      archive.add_text(document.text, document.observed_at_ms);
    }
    for (const Asked& asked : askings(sim::adversarial_zone(seed))) {
      INFO("seed " << seed << " --by " << asked.by << " --tz " << asked.tz);
      Question question = question_of(asked);
      reference::Question same = reference_of(asked);
      CHECK(difference(csv(store, "billing", question), reference::billing_csv(archive, same)) ==
            "");
      CHECK(difference(csv(store, "egress", question), reference::egress_csv(archive, same)) == "");
      question.scan = true;
      CHECK(difference(csv(store, "billing", question), reference::billing_csv(archive, same)) ==
            "");
    }
  }
}

TEST_CASE("windows, as-of, grace and lifespan agree with the independent reading", "[laws]") {
  for (std::uint64_t seed = 500; seed <= 560; ++seed) {
    const Folder folder;
    const auto documents = sim::adversarial_archive(seed);
    write_files(folder, documents);
    Store store = Store::open_or_create(folder / "store.db");
    ingest_all(store, folder / "archive");
    reference::Archive archive;
    std::vector<std::int64_t> instants;
    for (const auto& document : documents) {
      archive.add_text(document.text, document.observed_at_ms);
      instants.push_back(document.observed_at_ms);
    }
    std::sort(instants.begin(), instants.end());
    for (int shift = 1; shift < 4; ++shift) {
      Asked asked{shift % 2 == 0 ? "region,hour" : "app,process", sim::adversarial_zone(seed)};
      Question question = question_of(asked);
      reference::Question same = reference_of(asked);
      question.from_ms = same.from_ms = instants.front() - 7'000 * shift;
      question.to_ms = same.to_ms = instants.back() - 11'111 * shift + 1;
      if (*question.from_ms >= *question.to_ms) {
        continue;
      }
      question.as_of_ms = same.as_of_ms = instants[instants.size() / 2] + 3 * shift;
      question.grace_ms = same.grace_ms = shift * 600'000;
      question.max_lifespan_ms = same.max_lifespan_ms = shift * 7'200'000;
      INFO("seed " << seed << " shift " << shift);
      CHECK(difference(csv(store, "billing", question), reference::billing_csv(archive, same)) ==
            "");
      CHECK(difference(csv(store, "egress", question), reference::egress_csv(archive, same)) == "");
    }
  }
}

TEST_CASE("order, repetition and batching of the input change no answer", "[laws]") {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.seed = 11;
  std::vector<std::pair<std::string, std::string>> documents;  // name, text
  sim::emit_archive(options, [&](const sim::Document& document) {
    documents.emplace_back(document.file_name, std::string(document.text));
  });
  REQUIRE(documents.size() > 100);
  const Folder folder;

  for (const auto& [name, text] : documents) {
    folder.write("one.ndjson", text + '\n', true);
  }
  Store one = Store::open_or_create(folder / "one.db");
  ingest_all(one, folder / "one.ndjson");

  std::mt19937_64 random(5);
  std::shuffle(documents.begin(), documents.end(), random);
  std::vector<std::string> paths;
  for (const auto& [name, text] : documents) {
    paths.push_back(folder.write("many/" + std::to_string(paths.size()) + ".json", text));
  }
  Store many = Store::open_or_create(folder / "many.db");
  many.ingest(paths);

  Store twice = Store::open_or_create(folder / "twice.db");
  ingest_all(twice, folder / "many");
  const std::string before = both_csv(twice, question_of({"process,day", "UTC"}));
  for (const SourceReport& report : twice.ingest({folder / "one.ndjson"})) {
    CHECK(report.snapshots == 0);
    CHECK(report.new_count == 0);
    CHECK(report.duplicates == report.processes);
  }
  for (const Asked& asked : askings("America/Sao_Paulo")) {
    INFO("--by " << asked.by << " --tz " << asked.tz);
    const std::string expected = both_csv(one, question_of(asked));
    CHECK(difference(both_csv(many, question_of(asked)), expected) == "");
    CHECK(difference(both_csv(twice, question_of(asked)), expected) == "");
  }
  CHECK(difference(both_csv(twice, question_of({"process,day", "UTC"})), before) == "");
}

TEST_CASE("the truth lies inside the bounds of every cell that is closed", "[laws]") {
  for (const int poll_s : {60, 300, 900}) {
    sim::ArchiveOptions options = sim::profile("demo");
    options.poll_s = poll_s;
    options.api = sim::Api::v1_rooms;
    options.lost_finals = 0;
    options.cap10 = false;
    options.dips = 0;  // a stale read is a false witness: no bound survives it
    options.fleet.breaks = 0;
    options.fleet.clamp32 = 0;
    options.fleet.seed = static_cast<std::uint64_t>(poll_s);
    const Folder folder;
    std::string text;
    std::vector<sim::TrueProcess> truth;
    sim::emit_archive(
        options,
        [&](const sim::Document& document) {
          text += document.text;
          text += '\n';
        },
        [&](const sim::TrueProcess& process) { truth.push_back(process); });
    folder.write("archive.ndjson", text);
    Store store = Store::open_or_create(folder / "store.db");
    ingest_all(store, folder / "archive.ndjson");

    Question question = question_of({"region,day", "UTC"});
    question.to_ms = options.fleet.start_ms + 2 * 86'400'000LL;
    question.from_ms = options.fleet.start_ms - options.fleet.start_ms % 86'400'000;
    std::size_t cells = 0;
    for (const EgressRow& row : store.egress(question)) {
      if (row.open_processes > 0) {
        continue;
      }
      const std::int64_t day_ms = parse_instant("day", row.group[1], "UTC");
      const std::int64_t from_ms = std::max(day_ms, *question.from_ms);
      const std::int64_t to_ms = std::min(day_ms + 86'400'000, *question.to_ms);
      std::int64_t bytes = 0;
      for (const sim::TrueProcess& process : truth) {
        bytes += process.region == row.group[0]
                     ? process.bytes_before(to_ms) - process.bytes_before(from_ms)
                     : 0;
      }
      INFO("poll " << poll_s << ' ' << row.group[0] << ' ' << row.group[1]);
      CHECK(bounded_int(row.egress_bytes.lo) <= bytes);
      CHECK(bytes <= bounded_int(row.egress_bytes.hi));
      ++cells;
    }
    CHECK(cells > 5);
  }
}

TEST_CASE("a later snapshot never changes what an earlier knowledge answers", "[laws]") {
  for (std::uint64_t seed = 900; seed < 915; ++seed) {
    const Folder folder;
    const auto documents = sim::adversarial_archive(seed);
    Store store = Store::open_or_create(folder / "store.db");
    std::map<std::int64_t, std::string> answers;
    const Question question = question_of({"process", "UTC"});
    std::int64_t stored = 0;
    for (const auto& document : documents) {
      const std::string name = document.file_name.substr(document.file_name.find_last_of('/') + 1);
      const auto reports = store.ingest({folder.write(name, document.text)});
      stored += reports.front().snapshots;
      answers[stored] = both_csv(store, question);
    }
    for (const auto& [seq, answer] : answers) {
      Question then = question;
      then.known_seq = seq;
      INFO("seed " << seed << " known " << seq);
      CHECK(difference(both_csv(store, then), answer) == "");
    }
  }
}

TEST_CASE("the parts of any partition sum exactly to the whole", "[laws]") {
  for (std::uint64_t seed = 700; seed < 730; ++seed) {
    const Folder folder;
    write_files(folder, sim::adversarial_archive(seed));
    Store store = Store::open_or_create(folder / "store.db");
    ingest_all(store, folder / "archive");
    const BillingRow billed = store.billing(question_of({"", "UTC"})).front();
    const EgressRow sent = store.egress(question_of({"", "UTC"})).front();
    for (const Asked& asked : askings(sim::adversarial_zone(seed))) {
      INFO("seed " << seed << " --by " << asked.by << " --tz " << asked.tz);
      Int128 billable_ms = 0;
      for (const BillingRow& row : store.billing(question_of(asked))) {
        billable_ms += row.billable_ms.point;
        CHECK(row.billable_ms.lo <= row.billable_ms.point);
        CHECK(row.billable_ms.point <= row.billable_ms.hi);
      }
      Int128 egress_bytes = 0;
      for (const EgressRow& row : store.egress(question_of(asked))) {
        egress_bytes += row.egress_bytes.point;
        CHECK(row.egress_bytes.lo <= row.egress_bytes.point);
        CHECK(row.egress_bytes.point <= row.egress_bytes.hi);
      }
      CHECK(to_text(billable_ms) == to_text(billed.billable_ms.point));
      CHECK(to_text(egress_bytes) == to_text(sent.egress_bytes.point));
    }
  }
}
