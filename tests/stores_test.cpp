// Many stores that are asked as one give the bytes of one store with all their documents, however
// these are split, repeated and ordered.

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>
#include <sstream>
#include <utility>

#include "sim/adversarial.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "sim/random.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"
#include "support/list_archives.hpp"
#include "support/store_answers.hpp"

namespace {

using namespace fleetmeter;
using sim::Random;
using test::answers;
using test::Folder;
using test::ListDocument;
using test::other_answers;

/// Documents on their way into stores, in the order in which they come.
using Documents = std::vector<ListDocument>;

ListDocument document_of(std::string_view text, std::int64_t observed_at_ms, bool tells_its_time) {
  ListDocument document;
  document.text = std::string(text);
  document.observed_at_ms = observed_at_ms;
  document.tells_its_time = tells_its_time;
  return document;
}

Documents adversarial(std::uint64_t seed) {
  Documents documents;
  for (const auto& one : sim::adversarial_archive(seed)) {
    documents.push_back(document_of(one.text, one.observed_at_ms, one.tells_its_time));
  }
  return documents;
}

Documents fleet(std::uint64_t seed) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.seed = seed;
  options.fleet.duration_ms = 12 * 3'600'000;
  options.fleet.lifetime_minutes = seed % 2 == 0 ? 40 : 300;
  options.poll_s = 1800;
  options.api = seed % 4 == 0 ? std::optional(sim::Api::v1_rooms) : std::nullopt;
  options.running_only = seed % 3 == 0;
  options.by_region = seed % 3 == 0;
  options.lost_finals = 200;
  options.repeat = 30;
  options.late = 50;
  Documents documents;
  sim::emit_archive(options, [&](const sim::Document& one) {
    documents.push_back(document_of(one.text, one.observed_at_ms, true));
  });
  return documents;
}

Documents lists(std::uint64_t seed) {
  Documents documents = test::list_archives(seed, 3);
  test::drop_bare_repeats(documents);
  return documents;
}

/// Writes documents into a folder and takes them into a store, in their order.
void ingest(const Documents& documents, const Folder& folder, const std::string& under,
            Store& store) {
  for (std::size_t from = 0; from < documents.size();) {
    const ListDocument& first = documents[from];
    std::vector<std::string> paths;
    for (; from < documents.size() && documents[from].is_asked_like(first); ++from) {
      const std::string path = documents[from].path(from);
      paths.push_back(folder.write(under + '/' + path, documents[from].text));
    }
    IngestOptions options;
    options.list = first.flag_list;
    options.list_app = first.flag_app;
    options.list_region = first.flag_region;
    options.name_pattern = first.path_list.empty() ? "" : test::kListPattern;
    options.absence = first.ignores_absence ? Absence::ignore : Absence::trust;
    static_cast<void>(store.ingest(paths, options));
  }
}

/// The documents in an order in which those of one instant come by their digests. That of the
/// others stays.
Documents by_digest(Documents documents, const Folder& folder) {
  Store store = Store::open_or_create(folder / "scratch.db");
  ingest(documents, folder, "scratch", store);
  Table rows;
  store.sql("SELECT source, min(observed_at_ms), min(sha256) FROM snapshot_view GROUP BY source",
            rows);
  std::map<std::int64_t, std::map<std::size_t, std::string>> digests;  // by instant and place
  for (const auto& row : rows.rows) {
    const auto source = std::get<std::string>(row[0]).substr((folder / "scratch/").size());
    digests[std::get<std::int64_t>(row[1])][std::stoul(source) - 100'000] =
        std::get<std::string>(row[2]);
  }
  const Documents before = documents;
  // One that comes again, with nothing said beside it, is not stored again, but stands with the
  // first: where stores have the one or the other, they must not contradict each other.
  std::map<std::pair<std::int64_t, std::string>, std::pair<std::int64_t, std::string>> stored;
  for (const auto& [instant, at_instant] : digests) {
    for (const auto& [place, digest] : at_instant) {
      stored[{before[place].observed_at_ms, before[place].text}] = {instant, digest};
    }
  }
  for (std::size_t place = 0; place < before.size(); ++place) {
    if (const auto found = stored.find({before[place].observed_at_ms, before[place].text});
        found != stored.end()) {
      digests[found->second.first][place] = found->second.second;
    }
  }
  for (const auto& [instant, at_instant] : digests) {
    std::vector<std::size_t> order;
    for (const auto& [place, digest] : at_instant) {
      order.push_back(place);
    }
    std::stable_sort(order.begin(), order.end(), [&, &known = at_instant](auto a, auto b) {
      return known.at(a) < known.at(b);
    });
    auto next = order.begin();
    for (const auto& [place, digest] : at_instant) {
      documents[place] = before[*next++];
    }
  }
  return documents;
}

/// What a part of the text of a document says of where it is of; one number for each region, say.
std::size_t said_by(const std::string& text, const std::string& member) {
  const std::size_t at = text.find('"' + member + '"');
  const std::string said = at == std::string::npos ? "" : text.substr(at, member.size() + 12);
  return std::hash<std::string>()(said);
}

/// The documents of each of some stores, each in the order of all.
std::vector<Documents> split(const Documents& documents, Random& random) {
  const auto stores = static_cast<std::size_t>(random.between(2, 6));
  const std::int64_t way = random.below(6);
  const std::int64_t repeated = random.chance(500) ? random.between(0, 600) : 0;
  std::vector<Documents> parts(stores);
  std::int64_t first_ms = documents.front().observed_at_ms;
  std::int64_t last_ms = first_ms;
  for (const ListDocument& document : documents) {
    first_ms = std::min(first_ms, document.observed_at_ms);
    last_ms = std::max(last_ms, document.observed_at_ms + 1);
  }
  for (const ListDocument& document : documents) {
    const auto in_time = static_cast<std::size_t>((document.observed_at_ms - first_ms) /
                                                  ((last_ms - first_ms) / 1000 + 1));
    const std::size_t chosen = way == 0   ? said_by(document.text, "region") % stores
                               : way == 1 ? said_by(document.text, "appId") % stores
                               : way == 2 ? in_time * stores / 1001
                                          : random.index(stores);
    for (std::size_t part = 0; part < stores; ++part) {
      if (part == chosen || random.chance(repeated) || way == 5) {
        parts[part].push_back(document);
      }
    }
  }
  return parts;
}

/// Something that can be asked about billing and egress, with a window, a zone and a belief.
Question any_question(const Documents& documents, const std::string& zone, Random& random) {
  static const std::vector<std::string> kGroups{
      "",          "process", "region,day", "app,deployment,hour", "region",
      "month,app", "hour",    "day,region", "process,day",         "deployment"};
  constexpr std::int64_t kMinute_ms = 60'000;
  const auto instant = [&] {
    const std::int64_t near_ms = random.pick(documents).observed_at_ms;
    return random.chance(400) ? near_ms / 3'600'000 * 3'600'000
                              : near_ms + random.between(-90, 90) * kMinute_ms;
  };
  Question question;
  if (const std::string groups = random.pick(kGroups); !groups.empty()) {
    question.by = parse_group_by(groups);
  }
  if (random.chance(600)) {
    question.from_ms = instant();
    question.to_ms = *question.from_ms + random.between(1, 2000) * kMinute_ms;
  }
  if (random.chance(300)) {
    question.as_of_ms = instant();
  }
  question.tz = random.chance(300) ? zone : "UTC";
  question.scan = random.chance(250);
  question.absence = random.chance(250) ? Absence::ignore : Absence::trust;
  question.grace_ms = random.chance(300) ? random.between(0, 200) * kMinute_ms : question.grace_ms;
  if (random.chance(200)) {
    question.max_lifespan_ms = random.between(1, 9000) * kMinute_ms;
  }
  if (random.chance(200)) {
    question.regions = {random.pick(std::vector<std::string>{"Oslo", "Rome", "Tokyo", ""})};
  }
  if (random.chance(100)) {
    question.app_ids = {random.pick(std::vector<std::string>{"a-1", "b-2", "app", ""})};
  }
  return question;
}

std::string described(const Question& question) {
  std::string text;
  for (const GroupBy by : question.by) {
    text += std::string(" --by ") + column_name(by);
  }
  text += " --from " + (question.from_ms ? std::to_string(*question.from_ms) : "-");
  text += " --to " + (question.to_ms ? std::to_string(*question.to_ms) : "-");
  text += " --as-of " + (question.as_of_ms ? std::to_string(*question.as_of_ms) : "-");
  text += " --grace " + std::to_string(question.grace_ms);
  text += " --max-lifespan " + std::to_string(question.max_lifespan_ms) + " --tz " + question.tz;
  for (const std::string& region : question.regions) {
    text += " --region " + region;
  }
  for (const std::string& app_id : question.app_ids) {
    text += " --app " + app_id;
  }
  text += question.scan ? " --scan" : "";
  text += question.absence == Absence::ignore ? " --absence ignore" : "";
  return text;
}

/// How often stores were asked, and how often adding up what each of them answers would not do.
struct Tally {
  int asked = 0;
  int not_added = 0;
};

/// Whether the totals of the stores, each asked by itself about the same instants, add up.
bool adds_up(const std::vector<std::string>& paths, const Store& whole, Question question) {
  const StoreStatus known = whole.status(Store::Gaps::left_out);
  question.by.clear();
  question.as_of_ms = question.as_of_ms ? question.as_of_ms : known.last_observed_at_ms;
  question.from_ms = question.from_ms.value_or(0);
  question.to_ms = question.to_ms.value_or(*question.as_of_ms);
  if (*question.from_ms >= *question.to_ms) {
    return true;
  }
  BillingRow sum;
  for (const std::string& path : paths) {
    const BillingRow one = Store::open(path).billing(question).front();
    sum.processes += one.processes;
    sum.billable_ms += one.billable_ms;
  }
  const BillingRow all = whole.billing(question).front();
  return sum.processes == all.processes && sum.billable_ms.point == all.billable_ms.point &&
         sum.billable_ms.lo == all.billable_ms.lo && sum.billable_ms.hi == all.billable_ms.hi;
}

/// What some stores of an archive answer otherwise than one store of all of it; "" for nothing.
std::string first_difference(Documents documents, const std::string& zone, std::uint64_t seed,
                             Tally& tally) {
  const Folder folder;
  Random random(seed);
  if (random.chance(500)) {
    random.shuffle(documents);
  }
  documents = by_digest(std::move(documents), folder);
  Store whole = Store::open_or_create(folder / "whole.db");
  ingest(documents, folder, "whole", whole);
  for (int times = 0; times < 3; ++times) {
    std::vector<std::string> paths;
    const std::vector<Documents> parts = split(documents, random);
    for (std::size_t part = 0; part < parts.size(); ++part) {
      const std::string name = std::to_string(times) + '.' + std::to_string(part);
      Store store = Store::open_or_create(folder / (name + ".db"));
      ingest(parts[part], folder, name, store);
      paths.push_back(folder / (name + ".db"));
    }
    random.shuffle(paths);
    const Stores stores = Stores::open(paths);
    for (int question_no = 0; question_no < 12; ++question_no) {
      const Question question = any_question(documents, zone, random);
      const std::string expected = answers(whole, question);
      const std::string given = answers(stores, question);
      tally.asked += 1;
      tally.not_added += adds_up(paths, whole, question) ? 0 : 1;
      if (given != expected) {
        return "split " + std::to_string(times) + " into " + std::to_string(parts.size()) +
               described(question) + "\none store:\n" + expected.substr(0, 4000) + "\nseveral:\n" +
               given.substr(0, 4000);
      }
    }
    const std::string united = folder / (std::to_string(times) + ".united.db");
    stores.unite(united);
    const Store one = Store::open(united);
    if (!is_sound(one.check())) {
      return "the united store does not agree with itself";
    }
    for (int question_no = 0; question_no < 2; ++question_no) {
      const Question question = any_question(documents, zone, random);
      const std::string expected = answers(whole, question) + other_answers(whole, question);
      const std::string given = answers(one, question) + other_answers(one, question);
      if (given != expected) {
        const auto at = std::mismatch(given.begin(), given.end(), expected.begin(), expected.end());
        const auto from = static_cast<std::size_t>(at.first - given.begin());
        const std::size_t before = from < 600 ? 0 : from - 600;
        return "united, split " + std::to_string(times) + " into " + std::to_string(parts.size()) +
               described(question) + "\none store:\n" + expected.substr(before, 1500) +
               "\nunited:\n" + given.substr(before, 1500);
      }
    }
    const std::vector<StoresStatus> status = stores.status();
    const StoreStatus all = whole.status(Store::Gaps::left_out);
    if (status.back().processes != all.processes || status.back().gone != all.gone ||
        status.back().last_observed_at_ms != all.last_observed_at_ms) {
      return "status: " + std::to_string(status.back().processes) + " processes of " +
             std::to_string(all.processes) + ", gone " + std::to_string(status.back().gone) +
             " of " + std::to_string(all.gone);
    }
  }
  return "";
}

}  // namespace

TEST_CASE("stores that are asked as one answer what one store of everything answers", "[stores]") {
  const char* const longer = std::getenv("FLEETMETER_ARCHIVES");  // for a long run
  const char* const from = std::getenv("FLEETMETER_SEED");
  const std::uint64_t archives = longer == nullptr ? 6 : std::stoull(longer);
  const std::uint64_t first = from == nullptr ? 1 : std::stoull(from);
  Tally tally;
  for (std::uint64_t seed = first; seed < first + archives; ++seed) {
    INFO("seed " << seed);
    REQUIRE(first_difference(adversarial(seed), sim::adversarial_zone(seed), seed, tally) == "");
    REQUIRE(first_difference(lists(seed), "Europe/Oslo", seed, tally) == "");
    if (seed % 3 == 1) {  // it takes the longest
      REQUIRE(first_difference(fleet(seed), "America/New_York", seed, tally) == "");
    }
  }
  // Adding up the answers of the stores would be wrong more often than not.
  CHECK(tally.not_added * 4 > tally.asked);
}
