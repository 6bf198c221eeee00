// A report's page: bounded however large the fleet, with sums that stay exact, and honest about a
// period that is not over.

#include <algorithm>
#include <string>
#include <vector>

#include "report/files.hpp"
#include "report/known.hpp"
#include "report/page.hpp"
#include "report/people.hpp"
#include "report/share.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using report::Facts;
using report::Share;

constexpr std::int64_t kHour_ms = 3'600'000;
constexpr std::int64_t kDay_ms = 24 * kHour_ms;

/// Numbers without a pattern, the same in every run.
class Random {
 public:
  std::int64_t below(std::int64_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((state_ >> 33) % static_cast<std::uint64_t>(limit));
  }

 private:
  std::uint64_t state_ = 17;
};

std::vector<Share> shares(std::size_t count, std::size_t slots) {
  Random random;
  std::vector<Share> all(count);
  for (std::size_t i = 0; i < count; ++i) {
    all[i].name = "name-" + std::to_string(100'000 + i);
    const Int128 ms = random.below(50) * kHour_ms;
    all[i].billable_ms = {ms, ms - ms / 10, ms + ms / 10};
    const Int128 sent = random.below(1'000'000'000);
    all[i].egress_bytes = {sent, sent, sent + 7};
    all[i].open_processes = random.below(2);
    all[i].billable_ms_before = random.below(50) * kHour_ms;
    all[i].egress_by_slot.assign(slots, {sent / 30, sent / 30, sent / 30});
  }
  return all;
}

Share sum_of(const std::vector<Share>& all) {
  Share sum;
  sum.parts = 0;
  for (const Share& one : all) {
    sum += one;
  }
  return sum;
}

/// November in UTC, of so many apps and regions, as far as is known at an as-of.
Facts facts_of(std::size_t parts, std::int64_t known_days = 30) {
  Facts facts;
  facts.period = {"2024-11", "UTC", true, 1'730'419'200'000, 1'730'419'200'000 + 30 * kDay_ms};
  facts.as_of_ms = facts.period.from_ms + known_days * kDay_ms;
  facts.version = "1";
  for (int day = 1; day <= 30; ++day) {
    const std::int64_t from_ms = facts.period.from_ms + (day - 1) * kDay_ms;
    facts.slots.push_back({std::string("2024-11-") + (day < 10 ? "0" : "") + std::to_string(day),
                           from_ms, from_ms + kDay_ms});
    const bool is_known = day <= known_days;
    const Int128 ms = is_known ? day * kHour_ms : 0;
    facts.billable_by_slot.push_back({ms, ms, ms});
    facts.egress_by_slot.push_back({ms, ms, ms});
  }
  std::vector<Share> all = shares(parts, facts.slots.size());
  const Share sum = sum_of(all);
  facts.totals.billable_ms = sum.billable_ms;
  facts.totals.egress_bytes = sum.egress_bytes;
  facts.totals.processes = static_cast<std::int64_t>(parts);
  facts.before_label = "2024-10";
  facts.before = facts.totals;
  facts.is_comparable = true;
  facts.moved_apps = report::movers(all);
  facts.moved_regions = report::movers(all);
  facts.regions = report::largest_shares(all);
  facts.apps = report::largest_shares(std::move(all));
  facts.concurrency.part_ms = 30 * kDay_ms / 288;
  facts.concurrency.most.assign(288, 3);
  facts.concurrency.most_hi.assign(288, 4);
  return facts;
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("the largest and the rest add up to the whole, exactly", "[report]") {
  for (const std::size_t count : {0U, 1U, 19U, 20U, 21U, 22U, 50'000U}) {
    INFO(count);
    std::vector<Share> all = shares(count, 2);
    const Share whole = sum_of(all);
    const std::vector<Share> shown = report::largest_shares(all);
    CHECK(shown.size() == std::min(count, report::kMostShown));
    const Share sum = sum_of(shown);
    CHECK(sum.parts == static_cast<std::int64_t>(count));
    CHECK(sum.billable_ms == whole.billable_ms);
    CHECK(sum.egress_bytes == whole.egress_bytes);
    CHECK(sum.open_processes == whole.open_processes);
    CHECK(sum.billable_ms_before == whole.billable_ms_before);
    CHECK(sum.egress_by_slot == whole.egress_by_slot);
    // Whatever is shown by its name is at least as large as whatever is not.
    std::sort(all.begin(), all.end(), [](const Share& a, const Share& b) {
      return a.billable_ms.point > b.billable_ms.point;
    });
    for (std::size_t i = 0; i < shown.size() && shown[i].parts == 1; ++i) {
      CHECK(shown[i].billable_ms.point == all[i].billable_ms.point);
    }
  }
}

TEST_CASE("what is shown does not depend on the order in which it came", "[report]") {
  std::vector<Share> all = shares(500, 1);
  const std::vector<Share> shown = report::largest_shares(all);
  std::reverse(all.begin(), all.end());
  const std::vector<Share> again = report::largest_shares(all);
  REQUIRE(again.size() == shown.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    CHECK(again[i].name == shown[i].name);
    CHECK(again[i].billable_ms == shown[i].billable_ms);
  }
}

TEST_CASE("a page does not grow with the fleet", "[report]") {
  const std::size_t of_few = report::page(facts_of(report::kMostShown + 1)).size();
  for (const std::size_t count : {1'000U, 50'000U}) {
    const Facts facts = facts_of(count);
    const std::string page = report::page(facts);
    CHECK(page.size() < of_few + of_few / 10);
    CHECK(report::markdown(facts).size() < 20'000);
    CHECK(report::files_of(facts, {}).at("report.json").bytes < 40'000);
    const std::string rest = report::thousands(static_cast<Int128>(count - 19));
    CHECK(page.find("the rest: " + rest + " regions") != std::string::npos);
    CHECK(page.find("the rest: " + rest + " apps") != std::string::npos);
  }
  // With few, nothing is left out.
  CHECK(report::page(facts_of(report::kMostShown)).find("the rest") == std::string::npos);
}

TEST_CASE("what changed most is told, up and down, and nothing that did not change", "[report]") {
  std::vector<Share> all(3);
  all[0].name = "same";
  all[0].billable_ms.point = all[0].billable_ms_before = 90 * kHour_ms;
  all[1].name = "up";
  all[1].billable_ms.point = 2 * kHour_ms;
  all[2].name = "gone";
  all[2].billable_ms_before = 3 * kHour_ms;
  const std::vector<Share> moved = report::movers(all);
  REQUIRE(moved.size() == 2);
  CHECK(moved[0].name == "gone");
  CHECK(moved[1].name == "up");
}

TEST_CASE("a month that is not over says so, and its lines end at the as-of", "[report]") {
  const std::string page = report::page(facts_of(3, 3));
  CHECK(page.find("3 of 30 days known") != std::string::npos);
  CHECK(page.find("not over yet") != std::string::npos);
  // No spot, no row and no sum speaks of a day that has not been.
  CHECK(page.find("2024-11-03: ") != std::string::npos);
  CHECK(page.find("2024-11-04: ") == std::string::npos);
  CHECK(page.find(">2024-11-04<") == std::string::npos);
  CHECK(count_of(page, "class=\"future\"") == 2 + 3);  // two charts over time, three regions

  const std::string whole = report::page(facts_of(3));
  CHECK(whole.find("days known") == std::string::npos);
  CHECK(whole.find("class=\"future\"") == std::string::npos);
  CHECK(whole.find(">2024-11-30<") != std::string::npos);
}

TEST_CASE("a day that has begun counts as known when it is over", "[report]") {
  Facts facts = facts_of(1, 3);
  CHECK(report::known_slots(facts) == 3);
  facts.as_of_ms += kDay_ms - 1;
  CHECK(report::known_slots(facts) == 3);
  facts.as_of_ms += 1;
  CHECK(report::known_slots(facts) == 4);
  facts.as_of_ms = facts.period.from_ms - 1;
  CHECK(report::known_text(facts) == "0 of 30 days known");
  CHECK(report::known_until(facts) == facts.period.from_ms);
}

TEST_CASE("a page leads to the reports that there are, and to no other", "[report]") {
  Facts facts = facts_of(1);
  CHECK(report::page(facts).find("href=\"../2024-1") == std::string::npos);
  facts.linked = {"2024-10", "", {"2024-11-02"}};
  const std::string page = report::page(facts);
  CHECK(page.find("href=\"../2024-10/index.html\" rel=\"prev\"") != std::string::npos);
  CHECK(page.find("rel=\"next\"") == std::string::npos);
  CHECK(count_of(page, "href=\"../2024-11-") == 1);
}

TEST_CASE("why bounds lie apart is told for each cause, and not where they meet", "[report]") {
  Facts facts = facts_of(1);
  CHECK(report::reasons_of(facts).empty());
  CHECK(report::page(facts).find("id=\"wide\"") == std::string::npos);
  facts.gap_count = 2;
  facts.uncovered_ms = kHour_ms;
  facts.widths.push_back({"orphan", 4, 10 * kHour_ms, 3 * kHour_ms, "p"});
  facts.totals.unmetered_processes = 5;
  const std::vector<report::Reason> reasons = report::reasons_of(facts);
  REQUIRE(reasons.size() == 3);
  CHECK(reasons[0].text.find("2 gaps") != std::string::npos);
  CHECK(reasons[1].text.find("4 processes") != std::string::npos);
  CHECK(reasons[2].text.find("5 processes") != std::string::npos);
}
