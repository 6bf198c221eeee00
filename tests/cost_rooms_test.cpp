// What a process costs is shared among its rooms, to the unit.

#include <random>

#include "rate/share_out.hpp"
#include "sim/adversarial.hpp"
#include "support/catch.hpp"
#include "support/month.hpp"
#include "support/rows.hpp"

using namespace fleetmeter;
using namespace fleetmeter::test;

namespace {

Question november(const std::string& by) {
  Question question;
  set_window(question, {{}, {}, {}, "2024-11"});
  question.by = parse_group_by(by);
  return question;
}

Int128 digits_of(const std::string& text, int scale) {
  const Decimal value = Decimal::parse(text).value_or(Decimal());
  return value.digits() * power_of_ten(scale - value.scale());
}

/// Every number that is shared, summed by the columns named and by what has one price.
std::map<std::string, std::vector<Int128>> sums_by(const Table& cost,
                                                   const std::vector<std::string>& columns) {
  std::map<std::string, std::vector<Int128>> sums;
  for (const Row& row : rows_of(cost)) {
    std::string key = row["product"] + ' ' + row["unit"] + ' ' + row["unit_price"];
    for (const std::string& column : columns) {
      key += ' ' + row[column];
    }
    // Rounding is beside the processes, but not beside the whole.
    if (row["status"] == "rounding" && !columns.empty()) {
      continue;
    }
    std::vector<Int128>& sum = sums[key];
    sum.resize(6);
    for (std::size_t i = 0; i < 3; ++i) {
      static const char* const kEnds[] = {"", "_lo", "_hi"};
      sum[i] += digits_of(row[std::string("amount") + kEnds[i]], 2);
      sum[i + 3] += digits_of(row[std::string("metered") + kEnds[i]], 6);
    }
  }
  std::erase_if(sums, [](const auto& one) { return one.second == std::vector<Int128>(6); });
  return sums;
}

std::map<std::string, Int128> points_of(const std::map<std::string, std::vector<Int128>>& sums) {
  std::map<std::string, Int128> points;
  for (const auto& [key, sum] : sums) {
    if (sum[0] != 0) {
      points.emplace(key, sum[0]);
    }
  }
  return points;
}

void check_bounds(const Table& cost) {
  std::size_t outside = 0;
  for (const Row& row : rows_of(cost)) {
    const bool ordered = row.cents("amount_lo") <= row.cents("amount") &&
                         row.cents("amount") <= row.cents("amount_hi") &&
                         digits_of(row["metered_lo"], 6) <= digits_of(row["metered"], 6) &&
                         digits_of(row["metered"], 6) <= digits_of(row["metered_hi"], 6);
    outside += ordered ? 0 : 1;
  }
  CHECK(outside == 0);
}

void import_terms(Month& month) {
  month.import(MoneyKind::rates, "hours.json",
               R"({"fleetmeter_rates": 1, "name": "hours", "rates": [
                 {"unit": "active_hour", "price": "0.0317", "to": "2024-11-10T07:30:00Z"},
                 {"unit": "active_hour", "price": "0.0317", "from": "2024-11-10T07:30:00Z"},
                 {"unit": "GB", "tiers": [{"from": "0", "price": "0.12"},
                                          {"from": "20", "price": "0.1"}]}]})");
  month.import(MoneyKind::policy, "minute.json",
               R"({"fleetmeter_policy": 1, "name": "minute",
                   "rounding": {"step": "minute"}, "minimum": "1h", "orphan": "longest"})");
}

}  // namespace

TEST_CASE("shares sum to the total, by largest remainder", "[money][rooms]") {
  using rate::Claim;
  using Shares = std::vector<Int128>;
  CHECK(rate::share_out(20, {{3}, {3}, {2}}) == Shares{8, 7, 5});  // 7.5, 7.5 and 5
  CHECK(rate::share_out(10, {{1}, {1}, {1}}) == Shares{4, 3, 3});  // of equals the first
  CHECK(rate::share_out(10, {{1}, {5}, {1}}) == Shares{2, 7, 1});  // 1.43, 7.14 and 1.43
  CHECK(rate::share_out(0, {{1}, {2}}) == Shares{0, 0});
  CHECK(rate::share_out(9, {{1, 0, 2}, {1}, {0}}) == Shares{2, 7, 0});  // a limit goes before
  CHECK(rate::share_out(9, {{1, 8}, {1}}) == Shares{8, 1});
  CHECK(rate::share_out(9, {{1, 0, 0}, {0}}) == Shares{0, 9});

  std::mt19937_64 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<Claim> claims(1 + random() % 6);
    Int128 least = 0;
    Int128 most = 0;
    Int128 weight = 0;
    for (Claim& claim : claims) {
      claim.weight = static_cast<Int128>(random() % 5 * (random() % 1000));
      claim.least = static_cast<Int128>(random() % 3 * (random() % 20));
      claim.most = claim.least + static_cast<Int128>(random() % 40);
      least += claim.least;
      most += claim.most;
      weight += claim.weight;
    }
    claims.front().weight += weight == 0 ? 1 : 0;
    const Int128 total = least + static_cast<Int128>(random() >> 1U) % (most - least + 1);
    const Shares shares = rate::share_out(total, claims);
    Int128 sum = 0;
    for (std::size_t i = 0; i < claims.size(); ++i) {
      sum += shares[i];
      REQUIRE(claims[i].least <= shares[i]);
      REQUIRE(shares[i] <= claims[i].most);
    }
    REQUIRE(sum == total);
  }
}

TEST_CASE("rooms and idle time sum to their process", "[money][rooms]") {
  for (const auto& [seed, lost, gaps] :
       {std::tuple{51U, 0, 0}, std::tuple{52U, 300, 0}, std::tuple{53U, 300, 100}}) {
    Month month({seed, 2, 2, 3, 90, lost, gaps}, true);
    import_terms(month);
    for (const char* const rates : {"vcpu-hours", "hours"}) {
      for (const char* const policy : {"standard", "minute"}) {
        INFO("seed " << seed << ", " << rates << ", " << policy);
        const Pricing pricing{rates, policy, std::nullopt};
        const Table processes = month.cost(november("process"), pricing);
        const Table rooms = month.cost(november("process,room"), pricing);
        check_bounds(rooms);
        CHECK(sums_by(rooms, {"process_id"}) == sums_by(processes, {"process_id"}));
        CHECK(rooms.rows.size() > processes.rows.size() + 100);
        const auto whole = points_of(sums_by(month.cost(november("region"), pricing), {}));
        for (const char* const by : {"room", "room,region", "day,room", "app,process,room"}) {
          INFO("--by " << by);
          Question question = november(by);
          const Table parts = month.cost(question, pricing);
          check_bounds(parts);
          CHECK(points_of(sums_by(parts, {})) == whole);
          question.scan = true;
          CHECK(printed(month.cost(question, pricing)) == printed(parts));
        }
      }
    }
  }
}

TEST_CASE("rooms and idle time sum to their process in the nastiest archives", "[money][rooms]") {
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    const Folder folder;
    sim::write_adversarial_archive(seed, folder / "archive");
    Store store = Store::open_or_create(folder / "store.db");
    static_cast<void>(store.ingest({folder / "archive"}));
    static_cast<void>(store.import_money(
        MoneyKind::rates, {folder.write("card.json",
                                        R"({"fleetmeter_rates": 1, "name": "card", "rates": [
                                          {"unit": "active_hour", "price": "3.17"},
                                          {"unit": "GB", "price": "1234.5"}]})")}));
    const Pricing pricing{"card", "standard", std::nullopt};
    const auto cost = [&](const std::string& by) {
      Question question;
      question.tz = sim::adversarial_zone(seed);
      question.by = parse_group_by(by);
      Table table;
      give(question, store.cost(question, pricing), table);
      return table;
    };
    INFO("seed " << seed);
    const Table rooms = cost("process,room");
    check_bounds(rooms);
    CHECK(sums_by(rooms, {"process_id"}) == sums_by(cost("process"), {"process_id"}));
    CHECK(points_of(sums_by(cost("hour,room"), {})) == points_of(sums_by(cost("app"), {})));
  }
}

TEST_CASE("idle cost is of the idle time that the named query gives", "[money][rooms]") {
  Month month({54, 2, 2, 3, 90, 200, 50}, true);
  import_terms(month);
  const Question question = november("app,deployment,room");
  std::map<std::string, Int128> idle;
  for (const Row& row :
       rows_where(month.cost(question, {"hours", "standard", std::nullopt}), "status", "idle")) {
    if (row["product"] == "compute") {
      idle[row["app_id"] + ' ' + row["deployment_id"]] += digits_of(row["metered"], 6);
    }
  }
  Table named;
  month.store().query("idle_time_by_deployment", {}, november("app"), named);
  REQUIRE(named.rows.size() == idle.size());
  for (const Row& row : rows_of(named)) {
    CHECK(to_text(idle[row["app_id"] + ' ' + row["deployment_id"]]) == row["idle_ms"] + "000000");
  }
}
