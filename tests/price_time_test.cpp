// Prices in time: what rounding and prices that change make of a process, of its days and of its
// bounds.

#include <algorithm>
#include <random>

#include "rate/charge.hpp"
#include "rate/price_book.hpp"
#include "rate/rounded_time.hpp"
#include "reconcile/parts_of_whole.hpp"
#include "support/catch.hpp"
#include "support/month.hpp"
#include "support/rows.hpp"

using namespace fleetmeter;
using namespace fleetmeter::test;

namespace {

using meter::Window;

/// Milliseconds at a price, one by one.
std::vector<std::int64_t> instants_of(const Window& ran, const std::vector<Window>& when) {
  std::vector<std::int64_t> all;
  for (std::int64_t at = ran.from_ms; at < ran.to_ms; ++at) {
    if (std::any_of(when.begin(), when.end(),
                    [&](const Window& one) { return one.from_ms <= at && at < one.to_ms; })) {
      all.push_back(at);
    }
  }
  return all;
}

/// What a part has of one life, by the words of the rule: what is taken off is taken off the end,
/// and what is added is added where it ends.
std::int64_t share_of(const Window& ran, const std::vector<Window>& when,
                      const model::Policy& policy, const Window& part) {
  std::vector<std::int64_t> instants = instants_of(ran, when);
  if (instants.empty()) {
    return 0;
  }
  const std::int64_t charged = rate::charged_ms(static_cast<std::int64_t>(instants.size()), policy);
  const std::int64_t last = instants.back();
  while (static_cast<std::int64_t>(instants.size()) > charged) {
    instants.pop_back();
  }
  while (static_cast<std::int64_t>(instants.size()) < charged) {
    instants.push_back(last);
  }
  return std::count_if(instants.begin(), instants.end(),
                       [&](std::int64_t at) { return part.from_ms <= at && at < part.to_ms; });
}

model::Policy any_policy(std::mt19937& random) {
  constexpr base::Rounding kDirections[] = {base::Rounding::up, base::Rounding::down,
                                            base::Rounding::half_up};
  model::Policy policy;
  policy.step_ms = static_cast<std::int64_t>(random() % 8);
  policy.step_per = model::Policy::Per::process;
  policy.step_direction = kDirections[random() % 3];
  policy.minimum_ms = random() % 2 == 0 ? 0 : static_cast<std::int64_t>(random() % 12);
  return policy;
}

const std::vector<std::vector<Window>> kTimes{
    {{0, 40}}, {{0, 17}}, {{9, 40}}, {{0, 8}, {14, 40}}, {{5, 9}, {11, 13}, {20, 31}}};

}  // namespace

TEST_CASE("the parts of a rounded time sum to it, and their bounds are the closest there are",
          "[money]") {
  std::mt19937 random(20241101);
  const auto at = [&] { return static_cast<std::int64_t>(random() % 41); };
  for (int round = 0; round < 3'000; ++round) {
    const model::Policy policy = any_policy(random);
    const std::vector<Window>& when = kTimes[random() % kTimes.size()];
    std::int64_t ends[] = {at(), at(), at(), at()};
    std::sort(std::begin(ends), std::end(ends));
    const auto& [from, lo, point, hi] = ends;
    const meter::BillableSpan span{meter::BillingRule::gone,
                                   {{from, point}, {from, lo}, {from, hi}}};
    const rate::RoundedTime time(span, when, policy);
    std::int64_t sum = 0;
    std::int64_t cut[] = {0, at(), at(), 40};
    std::sort(std::begin(cut), std::end(cut));
    for (int i = 0; i < 3; ++i) {
      const Window part{cut[i], cut[i + 1]};
      Bounded<std::int64_t> truth{share_of({from, point}, when, policy, part), 1'000, -1};
      for (std::int64_t end = lo; end <= hi; ++end) {
        const std::int64_t share = share_of({from, end}, when, policy, part);
        truth.lo = std::min(truth.lo, share);
        truth.hi = std::max(truth.hi, share);
      }
      INFO("step " << policy.step_ms << ", minimum " << policy.minimum_ms << ", ran from " << from
                   << " to " << lo << ".." << hi << ", part " << part.from_ms << ".."
                   << part.to_ms);
      REQUIRE(time.in(part) == truth);
      REQUIRE(time.may_run_in(part) ==
              !instants_of({std::max(from, part.from_ms), std::min(hi, part.to_ms)}, when).empty());
      sum += truth.point;
    }
    REQUIRE(sum == share_of({from, point}, when, policy, {0, 40}));
  }
}

TEST_CASE("the bounds of a process that may not have started are the closest that hold every life",
          "[money]") {
  std::mt19937 random(20241102);
  const auto at = [&](std::int64_t most) {
    return static_cast<std::int64_t>(random() % static_cast<unsigned>(most + 1));
  };
  for (int round = 0; round < 500; ++round) {
    const model::Policy policy = any_policy(random);
    const std::vector<Window>& when = kTimes[random() % kTimes.size()];
    const std::int64_t from = 1 + at(20);
    const std::int64_t to = from + at(19);
    const Window part{at(20), 20 + at(20)};
    const meter::BillableSpan span{meter::BillingRule::starting, {{}, {}, {from, to}}};
    const Bounded<std::int64_t> bounds = rate::RoundedTime(span, when, policy).in(part);
    CHECK(bounds.lo == 0);
    CHECK(bounds.point == 0);
    std::int64_t most = 0;
    for (std::int64_t start = from; start <= to; ++start) {
      for (std::int64_t end = start; end <= to; ++end) {
        most = std::max(most, share_of({start, end}, when, policy, part));
      }
    }
    INFO("step " << policy.step_ms << ", minimum " << policy.minimum_ms << ", may run from " << from
                 << " to " << to << ", part " << part.from_ms << ".." << part.to_ms);
    REQUIRE(bounds.hi == most);
  }
}

TEST_CASE("parts of a known whole come to no more and no less than they can", "[money]") {
  std::mt19937 random(20241103);
  const auto draw = [&](int from, int to) {
    return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
  };
  for (int round = 0; round < 400; ++round) {
    const int lo[] = {draw(0, 4), draw(0, 4), draw(0, 4)};
    const int hi[] = {draw(lo[0], 8), draw(lo[1], 8), draw(lo[2], 8)};
    const int price[] = {draw(0, 3), draw(0, 3), draw(0, 3)};
    const int least_sum = lo[0] + lo[1] + lo[2];
    const int most_sum = hi[0] + hi[1] + hi[2];
    const int whole_lo = draw(0, most_sum);
    const int whole_hi = draw(std::max(whole_lo, least_sum), most_sum + 3);
    Int128 least = 1'000;
    Int128 most = -1;
    for (int a = lo[0]; a <= hi[0]; ++a) {
      for (int b = lo[1]; b <= hi[1]; ++b) {
        for (int c = lo[2]; c <= hi[2]; ++c) {
          if (whole_lo <= a + b + c && a + b + c <= whole_hi) {
            const Int128 worth = a * price[0] + b * price[1] + c * price[2];
            least = std::min(least, worth);
            most = std::max(most, worth);
          }
        }
      }
    }
    std::vector<reconcile::UsedPart> parts;
    for (int i = 0; i < 3; ++i) {
      parts.push_back({{lo[i], lo[i], hi[i]}, base::Ratio(price[i])});
    }
    const auto worth_of = [&](const std::vector<Int128>& used) {
      return used[0] * price[0] + used[1] * price[1] + used[2] * price[2];
    };
    const Bounded<Int128> whole{whole_lo, whole_lo, whole_hi};
    REQUIRE(worth_of(reconcile::least_parts(parts, whole)) == least);
    REQUIRE(worth_of(reconcile::most_parts(parts, whole)) == most);
  }
}

TEST_CASE("rates that differ in nothing but their time are one price", "[money]") {
  model::RateCard card;
  model::Rate rate;
  rate.unit = model::RateUnit::active_hour;
  rate.tiers = {{Decimal(), Decimal(8, 2)}};
  rate.to_ms = 100;
  card.rates.push_back(rate);
  rate.from_ms = 100;
  rate.to_ms.reset();
  rate.tiers = {{Decimal(), Decimal(80, 3)}};
  card.rates.push_back(rate);
  rate.app_id = "app-2";  // an offer for another app alone
  rate.tiers = {{Decimal(), Decimal(5, 2)}};
  rate.from_ms = 40;
  rate.to_ms = 60;
  card.rates.push_back(rate);
  const rate::PriceBook book(card, {});
  const auto one = book.prices(model::Product::compute, {"app-1", "1", "London", ""}, {0, 200});
  REQUIRE(one.size() == 1);
  REQUIRE(one[0].when.size() == 1);
  CHECK(one[0].when[0].to_ms == 200);
  const auto two = book.prices(model::Product::compute, {"app-2", "1", "London", ""}, {0, 200});
  REQUIRE(two.size() == 2);
  REQUIRE(two[0].when.size() == 2);
  CHECK(two[0].when[0].to_ms == 40);
  CHECK(two[0].when[1].from_ms == 60);
  CHECK(two[0].when[1].to_ms == 200);
  CHECK(two[1].priced.rate_no == 2);
}

TEST_CASE("rates of what never ran change no answer", "[money]") {
  Month month({41, 2, 2, 3, 90, 200});
  month.import(MoneyKind::policy, "minute.json",
               R"({"fleetmeter_policy": 1, "name": "minute", "rounding": {"step": "hour"},
                   "minimum": "2h"})");
  const std::string kRates = R"({"unit": "vcpu_hour", "price": "0.08"},
                                {"unit": "GB", "price": "0.12"})";
  std::string others;
  for (int day = 2; day < 30; day += 3) {
    const std::string from = std::to_string(day);
    for (const char* const unit : {"vcpu_hour", "GB"}) {
      others += R"(, {"unit": ")" + std::string(unit) + R"(", "price": "1", "app_id": "other-)" +
                from + R"(", "from": "2024-11-)" + (day < 10 ? "0" : "") + from + R"(T05:07:00Z"})";
    }
  }
  const auto card = [&](const std::string& name, const std::string& rates) {
    month.import(MoneyKind::rates, name + ".json",
                 R"({"fleetmeter_rates": 1, "name": ")" + name + R"(", "rates": [)" + rates + "]}");
  };
  card("plain", kRates);
  card("others", kRates + others);
  month.import(MoneyKind::invoice, "i.csv", csv_of("i", {"650.5", "52.04"}, {"80", "9.60"}));
  for (const char* const policy : {"standard", "minute"}) {
    for (const char* const by : {"", "day", "process", "app,region", "room,process"}) {
      INFO(policy << " --by " << by);
      Question question;
      set_window(question, {{}, {}, {}, "2024-11"});
      if (*by != '\0') {
        question.by = parse_group_by(by);
      }
      CHECK(printed(month.cost(question, {"plain", policy, std::nullopt})) ==
            printed(month.cost(question, {"others", policy, std::nullopt})));
    }
    const auto said = [&](const char* rates) {
      const Reconciliation all = month.store().reconcile({"i"}, {}, {rates, policy, std::nullopt});
      std::vector<std::string> rows;
      for (const Row& row : rows_of(table_of(all.lines))) {
        rows.push_back(row["product"] + ' ' + row["quantity_lo"] + ' ' + row["quantity_hi"] + ' ' +
                       row["amount"] + ' ' + row["amount_lo"] + ' ' + row["amount_hi"] + ' ' +
                       row["status"]);
      }
      std::sort(rows.begin(), rows.end());
      rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
      return rows;
    };
    CHECK(said("plain") == said("others"));
  }
}

TEST_CASE("the days of a month that are asked for one by one sum to it", "[money]") {
  Month month({43, 2, 2, 3, 300, 200});
  for (const auto& [name, fields] :
       {std::pair{"up", R"("rounding": {"step": "hour"})"},
        std::pair{"down", R"("rounding": {"step": "hour", "direction": "down"})"},
        std::pair{"nearest", R"("rounding": {"step": "hour", "direction": "nearest"})"},
        std::pair{"least", R"("minimum": "9h")"}}) {
    month.import(
        MoneyKind::policy, std::string(name) + ".json",
        R"({"fleetmeter_policy": 1, "name": ")" + std::string(name) + "\", " + fields + '}');
    const Pricing pricing{"vcpu-hours", name, std::nullopt};
    const auto metered = [&](const WindowText& window) {
      Question question;
      set_window(question, window);
      Int128 sum = 0;
      for (const CostRow& row : month.store().cost(question, pricing)) {
        if (row.product == std::string("compute")) {
          CHECK(row.metered->lo.digits() >= 0);
          sum += row.metered->point.digits() * power_of_ten(6 - row.metered->point.scale());
        }
      }
      return sum;
    };
    Int128 days = 0;
    for (int day = 1; day <= 30; ++day) {
      days += metered(
          {{}, {}, "2024-11-" + std::string(day < 10 ? "0" : "") + std::to_string(day), {}});
    }
    INFO(name);
    CHECK(days == metered({{}, {}, {}, "2024-11"}));
  }
}
