// Laws of coverage, on archives of running lists that were cut or not, of one region or of all,
// against a plain reading of the rules; and what unseen time is.

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "ask/evidence.hpp"
#include "base/time_text.hpp"
#include "store/connection.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::csv;
using test::Folder;
using Random = std::mt19937_64;
using Place = std::pair<std::string, std::string>;

constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kBegin_ms = 1'730'448'000'000;  // 2024-11-01T08:00:00Z
constexpr std::int64_t kGap_ms = 25 * kMinute_ms;

std::int64_t pick(Random& random, std::int64_t from, std::int64_t to) {
  return std::uniform_int_distribution<std::int64_t>(from, to)(random);
}

struct Process {
  std::string id;
  Place place;
  std::int64_t started_ms = 0;
  std::int64_t ended_ms = 0;
};

/// A running list: what it was asked for, what it shows, and from when on it speaks.
struct List {
  std::int64_t at_ms = 0;
  std::string app;
  std::string region;  ///< "": all regions of the app
  std::vector<Process> shown;
  bool was_cut = false;

  [[nodiscard]] std::string text() const {
    std::string all;
    for (const Process& one : shown) {
      const std::string started = base::format_utc(one.started_ms);
      all += (all.empty() ? "" : ",");
      all += R"({"processId":")" + one.id + R"(","appId":")" + one.place.first +
             R"(","deploymentId":1,"region":")" + one.place.second + R"(","startingAt":")" +
             started + R"(","startedAt":")" + started + "\"}";
    }
    return R"({"observedAt":")" + base::format_utc(at_ms) + R"(","list":"running","appId":")" +
           app + '"' + (region.empty() ? "" : R"(,"region":")" + region + '"') + R"(,"capped":)" +
           (was_cut ? "true" : "false") + R"(,"processes":[)" + all + "]}\n";
  }
};

/// Lists of a small fleet at odd times, each cut after `most` processes.
std::vector<List> some_lists(Random& random, std::size_t most) {
  const std::vector<std::string> apps{"a", "b"};
  const std::vector<std::string> regions{"London", "Rome", "Tokyo"};
  std::vector<Process> fleet;
  for (int i = 0; i < 60; ++i) {
    const std::int64_t started_ms = kBegin_ms + pick(random, 0, 300) * kMinute_ms;
    fleet.push_back({"p" + std::to_string(i),
                     {apps[static_cast<std::size_t>(pick(random, 0, 1))],
                      regions[static_cast<std::size_t>(pick(random, 0, 2))]},
                     started_ms,
                     started_ms + pick(random, 1, 60) * kMinute_ms});
  }
  std::sort(fleet.begin(), fleet.end(), [](const Process& a, const Process& b) {
    return std::tie(b.started_ms, a.id) < std::tie(a.started_ms, b.id);
  });
  std::vector<List> lists;
  for (int i = 0; i < 120; ++i) {
    List list;
    list.at_ms = kBegin_ms + pick(random, 0, 36) * 10 * kMinute_ms + pick(random, 0, 1);
    list.app = apps[static_cast<std::size_t>(pick(random, 0, 1))];
    list.region =
        pick(random, 0, 2) == 0 ? "" : regions[static_cast<std::size_t>(pick(random, 0, 2))];
    for (const Process& one : fleet) {
      const bool runs = one.started_ms <= list.at_ms && list.at_ms < one.ended_ms;
      if (runs && one.place.first == list.app &&
          (list.region.empty() || one.place.second == list.region)) {
        list.was_cut = list.shown.size() == most;
        if (list.was_cut) {
          break;
        }
        list.shown.push_back(one);
      }
    }
    lists.push_back(list);
  }
  return lists;
}

std::string stored(const Folder& folder, const std::string& name, const std::vector<List>& lists) {
  std::string text;
  for (const List& list : lists) {
    text += list.text();
  }
  const std::string path = folder / (name + ".db");
  Store::open_or_create(path).ingest({folder.write(name + ".ndjson", text)});
  return path;
}

/// What the rules say of the lists of one place, read plainly.
struct Expected {
  std::int64_t lists = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> holes;
  std::int64_t seen_ms = 0;
};

Expected expected_of(const std::vector<List>& lists, const Place& place, std::int64_t from_ms,
                     std::int64_t to_ms) {
  std::map<std::int64_t, std::int64_t> floors;  // by instant; -1: some list was not cut
  std::set<std::string> told;                   // a document that comes twice counts once
  Expected all;
  for (const List& list : lists) {
    if (list.app != place.first || (!list.region.empty() && list.region != place.second) ||
        !told.insert(list.text()).second) {
      continue;
    }
    const std::int64_t floor = list.was_cut ? list.shown.back().started_ms : -1;
    const auto found = floors.emplace(list.at_ms, floor).first;
    found->second = std::min(found->second, floor);
    all.lists += from_ms <= list.at_ms && list.at_ms <= to_ms ? 1 : 0;
  }
  for (auto now = floors.begin(); now != floors.end(); ++now) {
    if (now == floors.begin()) {
      continue;
    }
    const std::int64_t before_ms = std::prev(now)->first;
    const std::int64_t begin = std::max(before_ms, from_ms);
    const std::int64_t end = std::min(now->first, to_ms);
    if (begin >= end) {
      continue;
    }
    if (now->second >= before_ms) {
      all.holes.emplace_back(begin, end);
    } else if (now->first - before_ms <= kGap_ms) {
      all.seen_ms += end - begin;
    }
  }
  return all;
}

std::string told(const Coverage& coverage) {
  std::ostringstream out;
  give(coverage.places, *make_writer(Format::csv, out));
  give(coverage.missing(), *make_writer(Format::csv, out));
  return out.str();
}

std::string told(const std::vector<PollingAdvice>& advice) {
  std::ostringstream out;
  give(advice, *make_writer(Format::csv, out));
  return out.str();
}

Question window_of(Random& random) {
  Question question;
  question.from_ms = kBegin_ms + pick(random, -30, 300) * kMinute_ms;
  question.to_ms = *question.from_ms + pick(random, 1, 120) * kMinute_ms;
  return question;
}

void check_places(const Coverage& coverage, const std::vector<List>& lists,
                  const Question& question, std::int64_t as_of_ms) {
  const std::int64_t to_ms = std::min(*question.to_ms, as_of_ms);
  for (const PlaceCoverage& one : coverage.places) {
    INFO(one.app_id << ' ' << one.region);
    const Expected expected =
        expected_of(lists, {one.app_id, one.region}, *question.from_ms, to_ms);
    CHECK(one.lists == expected.lists);
    CHECK(one.seen_ms == expected.seen_ms);
    CHECK(one.seen_ms + one.hole_ms <= to_ms - *question.from_ms);
    CHECK(one.seen_share == Decimal(Int128{one.seen_ms} * 10'000 / (to_ms - *question.from_ms), 2));
    std::vector<std::pair<std::int64_t, std::int64_t>> holes;
    for (const CoverageGap& hole : coverage.holes) {
      if (hole.app_id == one.app_id && hole.region == one.region) {
        holes.emplace_back(hole.from_ms, hole.to_ms);
      }
    }
    CHECK(holes == expected.holes);
  }
}

void check_advice(const std::vector<PollingAdvice>& advice, const BillingRow& billed) {
  CHECK(advice.front().billable_ms == billed.billable_ms);
  const auto width = [](const PollingAdvice& row) {
    return row.billable_ms.hi - row.billable_ms.lo;
  };
  for (const PollingAdvice& row : advice) {
    INFO(row.advice);
    CHECK(row.billable_ms.lo <= row.billable_ms.point);
    CHECK(row.billable_ms.point <= row.billable_ms.hi);
    if (row.basis == PollingAdvice::Basis::computed) {
      CHECK(row.billable_ms.point == billed.billable_ms.point);
      CHECK(width(row) <= width(advice.front()));
      CHECK(row.polls_per_day >= advice.front().polls_per_day);
    }
  }
}

std::vector<meter::Window> unseen(const std::string& path, const Question& question) {
  const auto db = store::open_store(path, store::Access::read);
  store::Reader reader(*db, question.known_seq, question.absence);
  return ask::unseen(question, reader);
}

}  // namespace

TEST_CASE("coverage: lists, holes and what was seen are what the rules say", "[coverage]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const Folder folder;
    const bool any_is_cut = seed % 3 != 0;
    std::vector<List> lists = some_lists(random, any_is_cut ? 2 : 1000);
    const std::string path = stored(folder, "archive", lists);
    std::int64_t as_of_ms = 0;
    for (const List& list : lists) {
      as_of_ms = std::max(as_of_ms, list.at_ms);
    }
    const Store store = Store::open(path);
    std::shuffle(lists.begin(), lists.end(), random);
    const Store shuffled = Store::open(stored(folder, "shuffled", lists));
    std::size_t holes = 0;
    for (int i = 0; i < 12; ++i) {
      Question question = window_of(random);
      const Coverage coverage = store.coverage(question, kGap_ms);
      check_places(coverage, lists, question, as_of_ms);
      holes += coverage.holes.size();
      CHECK(told(coverage) == told(shuffled.coverage(question, kGap_ms)));
      const auto advice = store.advise(question);
      check_advice(advice, store.billing(question).front());
      CHECK(told(advice) == told(shuffled.advise(question)));
      question.scan = true;
      CHECK(told(coverage) == told(store.coverage(question, kGap_ms)));
      CHECK(told(advice) == told(store.advise(question)));
    }
    CHECK((holes > 0) == any_is_cut);
  }
}

TEST_CASE("coverage of an earlier knowledge is that of a store that holds no more", "[coverage]") {
  for (std::uint64_t seed = 101; seed <= 106; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const Folder folder;
    const std::vector<List> lists = some_lists(random, 2);
    const Store whole = Store::open(stored(folder, "whole", lists));
    std::vector<List> first;
    std::set<std::string> told_by_first;
    for (const List& list : lists) {
      if (told_by_first.size() < 40 && told_by_first.insert(list.text()).second) {
        first.push_back(list);
      }
    }
    const Store part = Store::open(stored(folder, "part", first));
    Question question;
    const std::string expected = told(part.coverage(question)) + told(part.advise(question));
    for (const bool scan : {false, true}) {
      question.known_seq = 40;
      question.scan = scan;
      CHECK(told(whole.coverage(question)) + told(whole.advise(question)) == expected);
    }
  }
}

TEST_CASE("coverage: unseen time holds every gap and hole, in order and apart", "[coverage]") {
  Random random(7);
  const Folder folder;
  const std::string path = stored(folder, "archive", some_lists(random, 2));
  const Store store = Store::open(path);
  for (int i = 0; i < 20; ++i) {
    Question question = window_of(random);
    if (i % 2 == 0) {
      question.app_ids = {"a"};
    }
    const std::vector<meter::Window> spans = unseen(path, question);
    for (std::size_t at = 0; at < spans.size(); ++at) {
      CHECK(spans[at].from_ms >= *question.from_ms);
      CHECK(spans[at].to_ms <= *question.to_ms);
      CHECK(spans[at].from_ms < spans[at].to_ms);
      CHECK((at == 0 || spans[at - 1].to_ms < spans[at].from_ms));
    }
    for (const CoverageGap& one : store.coverage(question).missing()) {
      CHECK(std::any_of(spans.begin(), spans.end(), [&](const meter::Window& span) {
        return span.from_ms <= one.from_ms && one.to_ms <= span.to_ms;
      }));
    }
  }
}

TEST_CASE("coverage: a single poll of one finished process leaves its month unseen", "[coverage]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  Store::open_or_create(path).ingest(
      {folder.write("2024-11-15T12-00-00Z.json",
                    R"([{"processId":"p","appId":"a","deploymentId":1,"region":"London",)"
                    R"("startedAt":"2024-11-15T11:00:00Z","stoppingAt":"2024-11-15T11:30:00Z",)"
                    R"("terminatedAt":"2024-11-15T11:30:00Z"}])")});
  Question question;
  set_window(question, {.from = {}, .to = {}, .day = {}, .month = "2024-11"});
  question.as_of_ms = *question.to_ms;
  const std::vector<meter::Window> spans = unseen(path, question);
  REQUIRE(spans.size() == 1);
  CHECK(spans[0].to_ms - spans[0].from_ms == 720 * 60 * kMinute_ms);
}
