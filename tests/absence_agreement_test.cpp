// What lists prove, on archives that try to break it: the program against an independent reading of
// the rules, number for number, in any order and at any state of knowledge.

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <set>
#include <sstream>

#include "reference/reference.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "sim/random.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"
#include "support/list_archives.hpp"

namespace {

using namespace fleetmeter;
using test::csv;
using test::Folder;
using test::ListDocument;

/// FLEETMETER_ARCHIVES=20000 makes a long run; the first seed is FLEETMETER_FIRST_ARCHIVE.
std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::stoull(text);
}

struct Asked {
  std::string name;
  Question question;
  reference::Question same;
};

Asked asked(const std::string& by, const std::string& tz = "UTC") {
  Asked out;
  out.name = "--by " + by + " --tz " + tz;
  out.question.by = parse_group_by(by);
  out.question.tz = out.same.tz = tz;
  std::stringstream list(by);
  for (std::string name; std::getline(list, name, ',');) {
    out.same.by.push_back(name);
  }
  return out;
}

Asked ignoring(Asked out) {
  out.name += " --absence ignore";
  out.question.absence = Absence::ignore;
  out.same.trusts_absence = false;
  return out;
}

Asked within(Asked out, std::int64_t from_ms, std::int64_t to_ms) {
  out.name += " --from " + std::to_string(from_ms) + " --to " + std::to_string(to_ms);
  out.question.from_ms = out.same.from_ms = from_ms;
  out.question.to_ms = out.same.to_ms = to_ms;
  return out;
}

Asked as_of(Asked out, std::int64_t as_of_ms) {
  out.name += " --as-of " + std::to_string(as_of_ms);
  out.question.as_of_ms = out.same.as_of_ms = as_of_ms;
  return out;
}

Asked assuming(Asked out, std::int64_t grace_ms, std::int64_t max_lifespan_ms) {
  out.name += " --grace " + std::to_string(grace_ms) + "ms --max-lifespan " +
              std::to_string(max_lifespan_ms) + "ms";
  out.question.grace_ms = out.same.grace_ms = grace_ms;
  out.question.max_lifespan_ms = out.same.max_lifespan_ms = max_lifespan_ms;
  return out;
}

/// The questions that are asked of one archive.
std::vector<Asked> askings(const std::vector<ListDocument>& documents, std::uint64_t seed) {
  sim::Random random(seed ^ 0xa5cedU);
  const auto [first, last] = std::minmax_element(documents.begin(), documents.end(),
                                                 [](const ListDocument& a, const ListDocument& b) {
                                                   return a.observed_at_ms < b.observed_at_ms;
                                                 });
  const std::int64_t from = first->observed_at_ms - random.between(0, 3'600'000);
  const std::int64_t to = last->observed_at_ms + random.between(1, 600'000);
  const std::int64_t middle = random.between(from, to - 1);
  const std::int64_t grace = random.pick(std::vector<std::int64_t>{0, 1, 61'001, 3'600'000});
  const std::int64_t lifespan =
      random.pick(std::vector<std::int64_t>{1, 60'000, 1'234'567, 7'200'000});
  return {asked("process"),
          ignoring(asked("process")),
          assuming(asked("process"), grace, lifespan),
          asked("region,hour", "Australia/Lord_Howe"),
          asked("app,day", "America/New_York"),
          within(asked("process"), middle, to),
          within(asked("process,hour"), from, middle + 1),
          as_of(asked("process"), middle),
          as_of(asked("process"), to),
          as_of(assuming(asked("region,process"), grace, lifespan), middle)};
}

IngestOptions options_of(const ListDocument& document) {
  IngestOptions options;
  options.list = document.flag_list;
  options.list_app = document.flag_app;
  options.list_region = document.flag_region;
  options.absence = document.ignores_absence ? Absence::ignore : Absence::trust;
  options.name_pattern = document.path_list.empty() ? "" : test::kListPattern;
  return options;
}

void add(reference::Archive& archive, const ListDocument& document) {
  const auto first = [](const std::string& flag, const std::string& path) {
    return flag.empty() ? path : flag;
  };
  reference::SaidOfList said;
  said.list = first(document.flag_list, document.path_list);
  said.app_id = first(document.flag_app, document.path_app);
  said.region = first(document.flag_region, document.path_region);
  said.is_trusted = !document.ignores_absence;
  archive.add_text(document.text, document.observed_at_ms, said);
}

reference::Archive read(const std::vector<ListDocument>& documents) {
  reference::Archive archive;
  for (const ListDocument& document : documents) {
    add(archive, document);
  }
  return archive;
}

/// The documents as one would read them to find out what went wrong.
std::string shown(const std::vector<ListDocument>& documents) {
  std::ostringstream out;
  for (const ListDocument& document : documents) {
    out << document.path(0) << (document.ignores_absence ? " --absence ignore" : "") << " --list '"
        << document.flag_list << "' --list-app '" << document.flag_app << "' --list-region '"
        << document.flag_region << "'\n  " << document.text << '\n';
  }
  return out.str();
}

/// A store with the documents of an archive, in the runs in which they were given.
class Filled {
 public:
  Filled() : store_(Store::open_or_create(folder_ / "store.db")) {}

  /// In as few runs as their options allow. After each: the documents so far, and the store's seq.
  std::vector<std::pair<std::size_t, std::int64_t>> ingest_in_batches(
      const std::vector<ListDocument>& documents) {
    std::vector<std::pair<std::size_t, std::int64_t>> known;
    for (std::size_t i = 0; i < documents.size();) {
      std::vector<std::string> paths;
      const ListDocument& first = documents[i];
      for (; i < documents.size() && documents[i].is_asked_like(first); ++i) {
        paths.push_back(write(documents[i]));
      }
      store_.ingest(paths, options_of(first));
      known.emplace_back(i, last_seq());
    }
    return known;
  }
  void ingest(const ListDocument& document) {
    store_.ingest({write(document)}, options_of(document));
  }
  [[nodiscard]] const Store& store() const { return store_; }
  [[nodiscard]] std::int64_t last_seq() const {
    Table table;
    store_.sql("SELECT coalesce(max(snapshot_seq), 0) FROM snapshot", table);
    return std::get<std::int64_t>(table.rows[0][0]);
  }

 private:
  std::string write(const ListDocument& document) {
    return folder_.write("archive/" + document.path(++files_), document.text);
  }

  Folder folder_;
  Store store_;
  std::size_t files_ = 0;
};

/// "" when two answers are the same, else both.
std::string differing(const std::string& what, const std::string& ours, const std::string& theirs) {
  return ours == theirs ? "" : what + "\nthe program:\n" + ours + "the reference:\n" + theirs;
}

/// From the rollups and from the observations.
std::string differing_answer(const Store& store, const reference::Archive& archive, Asked asked) {
  const std::string expected = reference::billing_csv(archive, asked.same);
  std::string out = differing(asked.name, csv(store, "billing", asked.question), expected);
  if (out.empty()) {
    asked.question.scan = true;
    out = differing(asked.name + " --scan", csv(store, "billing", asked.question), expected);
  }
  return out;
}

/// A store does not tell a list's own words from what was said beside it: the same bytes with less
/// said beside them are known to it, though they may speak for more.
constexpr bool kTellsOwnWords = true;

void leave_out_what_is_not_told(std::vector<ListDocument>& documents) {
  if (!kTellsOwnWords) {
    test::drop_bare_repeats(documents);
  }
}

/// Anomalies do not tell this flag yet; the reference does.
constexpr bool kTellsFlickered = true;

std::string differing_flicker(const Store& store, const reference::Archive& archive) {
  const auto line = [](const std::string& process_id, std::int64_t at_ms) {
    return process_id + ' ' + std::to_string(at_ms) + '\n';
  };
  std::set<std::string> told;
  for (const Anomaly& anomaly : store.anomalies({})) {
    if (anomaly.flag == Flag::flickered) {
      told.insert(line(anomaly.process_id, anomaly.observed_at_ms));
    }
  }
  std::set<std::string> expected;
  for (const auto& [process_id, at_ms] : reference::flickered(archive)) {
    expected.insert(line(process_id, at_ms));
  }
  const auto all = [](const std::set<std::string>& lines) {
    return std::accumulate(lines.begin(), lines.end(), std::string());
  };
  return differing("flickered", all(told), all(expected));
}

/// The first thing in which the store is not what it should be; "" for none.
std::string first_fault(const Store& store, const reference::Archive& archive,
                        const std::vector<Asked>& questions) {
  for (const Asked& asked : questions) {
    if (std::string fault = differing_answer(store, archive, asked); !fault.empty()) {
      return fault;
    }
  }
  for (const Finding& finding : store.check()) {
    if (finding.status != Finding::Status::ok) {
      return "check " + finding.check + ": " + finding.first_difference.value_or("") + '\n';
    }
  }
  const std::string fault = kTellsFlickered ? differing_flicker(store, archive) : "";
  return !fault.empty() ? fault
                        : differing("egress", csv(store, "egress", questions[0].question),
                                    reference::egress_csv(archive, questions[0].same));
}

/// The first fault in what the store knew when it had the first so many documents.
std::string fault_of_knowledge(const Store& store, const std::vector<ListDocument>& documents,
                               const std::vector<std::pair<std::size_t, std::int64_t>>& known,
                               const std::vector<Asked>& questions) {
  reference::Archive early;
  std::size_t added = 0;
  std::string fault;
  for (std::size_t i = 0; i < known.size() && fault.empty(); ++i) {
    for (; added < known[i].first; ++added) {
      add(early, documents[added]);
    }
    Asked then = questions[i % questions.size()];
    then.question.known_seq = known[i].second;
    then.name += " --known-seq " + std::to_string(known[i].second);
    fault = known[i].second == 0 ? "" : differing_answer(store, early, then);
  }
  return fault;
}

/// All in as few runs as can be.
std::string fault_of_batches(const std::vector<ListDocument>& documents,
                             const std::vector<Asked>& questions) {
  Filled filled;
  const auto known = filled.ingest_in_batches(documents);
  const std::string fault = first_fault(filled.store(), read(documents), questions);
  return fault.empty() ? fault_of_knowledge(filled.store(), documents, known, questions) : fault;
}

/// One document a run; then all of it once more.
std::string fault_of_single_runs(const std::vector<ListDocument>& documents,
                                 const std::vector<Asked>& questions) {
  Filled filled;
  std::vector<std::pair<std::size_t, std::int64_t>> known;
  for (const ListDocument& document : documents) {
    filled.ingest(document);
    known.emplace_back(known.size() + 1, filled.last_seq());
  }
  const reference::Archive archive = read(documents);
  std::string fault = first_fault(filled.store(), archive, questions);
  if (fault.empty()) {
    fault = fault_of_knowledge(filled.store(), documents, known, questions);
  }
  if (fault.empty()) {
    filled.ingest_in_batches(documents);
    fault = first_fault(filled.store(), archive, questions);
  }
  return fault;
}

using Fault = std::string (*)(const std::vector<ListDocument>&, const std::vector<Asked>&);

/// The fault with the least archive that still has one; "" for none.
std::string told(Fault fault_of, std::vector<ListDocument> documents,
                 const std::vector<Asked>& questions) {
  if (fault_of(documents, questions).empty()) {
    return "";
  }
  documents = test::least_archive(std::move(documents), [&](const std::vector<ListDocument>& less) {
    return !fault_of(less, questions).empty();
  });
  return shown(documents) + fault_of(documents, questions);
}

}  // namespace

TEST_CASE("what lists prove is what an independent reading of the rules says", "[absence]") {
  constexpr std::uint64_t kTogether = 12;
  const std::uint64_t first = number_from("FLEETMETER_FIRST_ARCHIVE", 1);
  const std::uint64_t count = number_from("FLEETMETER_ARCHIVES", 300);
  std::size_t gone = 0;
  for (std::uint64_t seed = first; seed < first + count / kTogether; ++seed) {
    std::vector<ListDocument> documents = test::list_archives(seed, kTogether);
    test::put_together(documents, seed);
    leave_out_what_is_not_told(documents);
    const std::vector<Asked> questions = askings(documents, seed);
    const reference::Archive archive = read(documents);
    const std::string trusted = reference::billing_csv(archive, questions[0].same);
    gone += trusted == reference::billing_csv(archive, questions[1].same) ? 0U : 1U;
    INFO("seed " << seed);
    CHECK(told(fault_of_batches, documents, questions) == "");
  }
  REQUIRE(gone > count / kTogether / 2);
}

TEST_CASE("lists that come one by one and again, in any order, prove the same", "[absence]") {
  const std::uint64_t first = number_from("FLEETMETER_FIRST_ARCHIVE", 1);
  const std::uint64_t count = number_from("FLEETMETER_ARCHIVES", 300) / 12;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    std::vector<ListDocument> documents = test::list_archive(seed);
    sim::Random(seed).shuffle(documents);
    leave_out_what_is_not_told(documents);
    INFO("seed " << seed);
    CHECK(told(fault_of_single_runs, documents, askings(documents, seed)) == "");
  }
}

TEST_CASE("the lists of a long time prove what they ought to, in whatever order they come",
          "[absence]") {
  for (const std::uint64_t seed : {1U, 2U}) {
    sim::ArchiveOptions options = sim::profile("cron");
    options.form = sim::Form::envelope;
    options.api = sim::Api::lean;
    options.fleet.seed = seed;
    options.fleet.duration_ms = 12 * 3'600'000;
    options.fleet.regions = 2;
    options.fleet.lifetime_minutes = 60;
    options.fleet.processes_alive = seed == 1 ? 16 : 8;
    options.poll_s = 40;
    std::vector<ListDocument> documents;
    sim::emit_archive(options, [&](const sim::Document& document) {
      documents.emplace_back();
      documents.back().text = document.text;
      documents.back().observed_at_ms = document.observed_at_ms;
    });
    sim::Random random(seed);
    random.shuffle(documents);
    const std::vector<Asked> questions = askings(documents, seed);
    Filled filled;
    for (std::size_t i = 0; i < documents.size();) {
      const std::size_t size = std::min(documents.size() - i, 1 + random.index(800));
      filled.ingest_in_batches({documents.begin() + static_cast<std::ptrdiff_t>(i),
                                documents.begin() + static_cast<std::ptrdiff_t>(i + size)});
      i += size;
    }
    INFO("seed " << seed);
    CHECK(first_fault(filled.store(), read(documents), questions) == "");
  }
}
