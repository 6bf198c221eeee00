// The dataset of FOCUS sums to what `cost` gives, and other programs can check it with doubles.

#include <cstdlib>

#include "rate/printed_quantities.hpp"
#include "sim/adversarial.hpp"
#include "support/catch.hpp"
#include "support/month.hpp"
#include "support/rows.hpp"

using namespace fleetmeter;
using namespace fleetmeter::test;

namespace {

constexpr int kPlaces = 18;  // more than any number here has

Int128 digits_of(const std::string& text) {
  const Decimal value = Decimal::parse(text).value_or(Decimal());
  return value.digits() * power_of_ten(kPlaces - value.scale());
}

/// As a checker reads a decimal.
double number(const std::string& text) {
  return std::strtod(text.c_str(), nullptr);
}

Question window(const char* from, const char* to, const char* tz) {
  Question question;
  question.tz = tz;
  set_window(question, {from, to, {}, {}});
  return question;
}

void import_terms(Month& month) {
  month.import(MoneyKind::rates, "odd.json",
               R"({"fleetmeter_rates": 1, "name": "odd", "rates": [
                 {"unit": "vcpu_hour", "tiers": [{"from": "0", "price": "0"},
                   {"from": "7.3", "price": "0.083"}, {"from": "150.25", "price": "0.0711111"}]},
                 {"unit": "active_hour", "price": "0.0317", "region": "London"},
                 {"unit": "vcpu_hour", "price": "0.07", "region": "Chicago",
                  "to": "2024-11-15T09:30:00Z"},
                 {"unit": "vcpu_hour", "price": "0.333333333", "region": "Chicago",
                  "from": "2024-11-15T09:30:00Z"},
                 {"unit": "GB", "free": "0.5", "tiers": [{"from": "0", "price": "0.12"},
                                                         {"from": "40", "price": "0.1"}]},
                 {"unit": "GiB", "price": "0.0999", "region": "Chicago"}]})");
  month.import(MoneyKind::policy, "line.json",
               R"({"fleetmeter_policy": 1, "name": "line",
                   "rounding": {"step": "hour", "per": "line"}})");
  month.import(MoneyKind::policy, "minute.json",
               R"({"fleetmeter_policy": 1, "name": "minute", "rounding": {"step": "minute"},
                   "zone": "America/New_York", "gb": "GiB", "orphan": "longest"})");
}

/// What a checker adds up to 1, of each charge that is divided.
std::map<std::string, Int128> ratios_of(const Table& focus) {
  std::map<std::string, Int128> ratios;
  for (const Row& row : rows_of(focus)) {
    const std::string details = row["AllocatedMethodDetails"];
    REQUIRE(details.empty() == (row["ChargeCategory"] == "Adjustment"));
    if (!details.empty()) {
      const std::size_t begin = details.find(':', details.find("AllocatedRatio")) + 1;
      ratios[row["ResourceId"] + ' ' + row["ChargePeriodStart"] + ' ' + row["SkuPriceId"]] +=
          digits_of(details.substr(begin, details.find(',', begin) - begin));
    }
  }
  return ratios;
}

struct Sums {
  std::map<std::string, Int128> cost;      // by product
  std::map<std::string, Int128> quantity;  // by price
  std::map<std::string, Int128> consumed;  // by price
  std::map<std::string, std::string> unit;
};

/// Checks each row by itself, as a checker does, and sums them.
Sums sums_of(const Table& focus) {
  Sums sums;
  for (const Row& row : rows_of(focus)) {
    const bool is_usage = row["ChargeCategory"] == "Usage";
    sums.cost[row["ServiceCategory"]] += digits_of(row["ContractedCost"]);
    REQUIRE(row["ListCost"] == row["ContractedCost"]);
    REQUIRE(row["BilledCost"] == "0");
    REQUIRE(digits_of(row["x_CostLo"]) <= digits_of(row["ContractedCost"]));
    REQUIRE(digits_of(row["ContractedCost"]) <= digits_of(row["x_CostHi"]));
    REQUIRE(row["ChargePeriodStart"] < row["ChargePeriodEnd"]);
    REQUIRE(row["BillingPeriodStart"] <= row["ChargePeriodStart"]);
    REQUIRE(row["ChargePeriodEnd"] <= row["BillingPeriodEnd"]);
    REQUIRE((row["PricingQuantity"].empty() || is_usage));
    if (is_usage) {
      const std::string price = row["SkuPriceId"];
      INFO(price << ": " << row["PricingQuantity"] << " * " << row["ContractedUnitPrice"]);
      REQUIRE(number(row["PricingQuantity"]) * number(row["ContractedUnitPrice"]) ==
              number(row["ContractedCost"]));
      REQUIRE(rate::product_of(*Decimal::parse(row["PricingQuantity"]),
                               *Decimal::parse(row["ContractedUnitPrice"])) ==
              *Decimal::parse(row["ContractedCost"]));
      REQUIRE(digits_of(row["PricingQuantity"]) >= 0);
      REQUIRE(digits_of(row["x_QuantityLo"]) <= digits_of(row["PricingQuantity"]));
      REQUIRE(digits_of(row["PricingQuantity"]) <= digits_of(row["x_QuantityHi"]));
      sums.quantity[price] += digits_of(row["PricingQuantity"]);
      sums.consumed[price] += digits_of(row["ConsumedQuantity"]);
      sums.unit[price] = row["PricingUnit"];
    }
  }
  return sums;
}

}  // namespace

TEST_CASE("focus sums to cost, and its products hold for doubles", "[money][focus]") {
  for (const auto& [seed, lost, no_size] :
       {std::tuple{61U, 0, false}, std::tuple{62U, 200, true}}) {
    Month month({seed, 2, 2, 3, 90, lost}, true, no_size);
    import_terms(month);
    for (const char* const rates : {"vcpu-hours", "plans", "odd"}) {
      for (const char* const policy : {"standard", "line", "minute"}) {
        for (const Question& question :
             {window("2024-11-01", "2024-12-01", "UTC"),
              window("2024-10-31", "2024-11-20T13:07:11Z", "America/New_York")}) {
          INFO("seed " << seed << ", " << rates << ", " << policy << ", " << question.tz);
          const Pricing pricing{rates, policy, question.tz};
          const Table focus = month.store().focus(question, pricing).table;
          const Table rooms =
              month.store().focus(question, pricing, {"1.3", "unknown", true}).table;
          const Sums sums = sums_of(focus);
          const Sums sums_of_rooms = sums_of(rooms);
          CHECK(rooms.rows.size() > 3 * focus.rows.size());
          CHECK(sums_of_rooms.cost == sums.cost);
          CHECK(sums_of_rooms.consumed == sums.consumed);
          for (const auto& [charge, ratio] : ratios_of(rooms)) {
            INFO(charge);
            REQUIRE(ratio == power_of_ten(kPlaces));
          }
          std::map<std::string, Int128> costs;
          for (const Row& row : rows_of(month.cost(question, pricing))) {
            if (!row["amount"].empty()) {
              costs[row["product"] == "compute" ? "Compute" : "Networking"] +=
                  digits_of(row["amount"]);
            }
          }
          CHECK(sums.cost == costs);
          for (const auto& [price, consumed] : sums.consumed) {
            const std::string unit = sums.unit.at(price);
            const Int128 size = unit == "GB" ? 1'000'000'000 : unit == "GiB" ? 1'073'741'824 : 3600;
            const Int128 off = sums.quantity.at(price) - consumed / size;
            INFO(price << " is off by " << to_text(off));
            // Half a 10^-9 is rounding; only prices of one row a month may be off by more.
            CHECK((off < 0 ? -off : off) <= 41 * power_of_ten(kPlaces - 9));
          }
        }
      }
    }
  }
}

TEST_CASE("focus sums to cost in the nastiest archives", "[money][focus]") {
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    const Folder folder;
    sim::write_adversarial_archive(seed, folder / "archive");
    Store store = Store::open_or_create(folder / "store.db");
    static_cast<void>(store.ingest({folder / "archive"}));
    static_cast<void>(store.import_money(
        MoneyKind::rates,
        {folder.write("card.json", R"({"fleetmeter_rates": 1, "name": "card", "rates": [
           {"unit": "active_hour", "tiers": [{"from": "0", "price": "3.17"},
                                             {"from": "9.5", "price": "1.1"}]},
           {"unit": "GB", "free": "0.001", "price": "1234.5"}]})")}));
    const Pricing pricing{"card", "standard", sim::adversarial_zone(seed)};
    Question question;
    question.tz = *pricing.tz;
    INFO("seed " << seed);
    Table cost;
    give(question, store.cost(question, pricing), cost);
    std::map<std::string, Int128> costs;
    for (const Row& row : rows_of(cost)) {
      if (!row["amount"].empty()) {
        costs[row["product"] == "compute" ? "Compute" : "Networking"] += digits_of(row["amount"]);
      }
    }
    const Sums sums = sums_of(store.focus(question, pricing).table);
    for (const auto& [product, sum] : costs) {
      CHECK(to_text(sum) == to_text(sums.cost.count(product) > 0 ? sums.cost.at(product) : 0));
    }
    const Table rooms = store.focus(question, pricing, {"1.4", "unknown", true}).table;
    CHECK(sums_of(rooms).cost == sums.cost);
    for (const auto& [charge, ratio] : ratios_of(rooms)) {
      INFO(charge);
      REQUIRE(ratio == power_of_ten(kPlaces));
    }
  }
}

TEST_CASE("printed quantities differ little and make up for it", "[money][focus]") {
  std::int64_t adjusted = 0;
  std::int64_t farthest = 0;
  for (const char* const text :
       {"0.08", "0.12", "0.0317", "0.333333333", "1", "0", "123.456", "0.000000123", "0.1", "7"}) {
    const Decimal unit_price = *Decimal::parse(text);
    std::vector<base::Ratio> exact;
    base::Ratio sum;
    for (std::int64_t i = 0; i < 4000; ++i) {
      exact.emplace_back(i % 7 == 0 ? 0 : i * i * 7919 % 86'400'000, 3'600'000);
      sum += exact.back();
    }
    const std::vector<Decimal> printed = rate::printed_quantities(exact, unit_price);
    REQUIRE(printed.size() == exact.size());
    Int128 carried = 0;
    Int128 all = 0;
    for (std::size_t i = 0; i < exact.size(); ++i) {
      const Decimal cost = rate::product_of(printed[i], unit_price);
      REQUIRE(number(to_text(printed[i])) * number(text) == number(to_text(cost)));
      REQUIRE(printed[i].digits() >= 0);
      carried += exact[i].round(9).digits() - printed[i].digits();
      all += printed[i].digits();
      const auto off = static_cast<std::int64_t>(exact[i].round(9).digits() - printed[i].digits());
      adjusted += off != 0 ? 1 : 0;
      farthest = std::max(farthest, std::abs(off));
    }
    CHECK(all == sum.round(9).digits());
  }
  INFO("adjusted " << adjusted << ", at most by " << farthest);
  CHECK(farthest <= 40);
  CHECK(adjusted > 1000);  // else nothing was tried
}

TEST_CASE("versions of FOCUS differ in their columns", "[money][focus]") {
  Month month({63, 1, 1, 1, 90});
  const auto names = [&](const char* version) {
    return month.store()
        .focus(window("2024-11-01", "2024-11-02", "UTC"), Month::pricing(),
               {version, "account", false})
        .table.names;
  };
  const auto has = [&](const char* version, const char* name) {
    const std::vector<std::string> all = names(version);
    return std::count(all.begin(), all.end(), name) == 1;
  };
  for (const char* const version : {"1.2", "1.3", "1.4"}) {
    const std::vector<std::string> all = names(version);
    CHECK(std::is_sorted(all.begin(), all.end()));  // x_ sorts behind the capitals
    CHECK(has(version, "HostProviderName") == (std::string(version) != "1.2"));
    CHECK(has(version, "ServiceProviderName") == (std::string(version) != "1.2"));
    CHECK(has(version, "ProviderName") == (std::string(version) != "1.4"));
    CHECK(has(version, "PublisherName") == (std::string(version) != "1.4"));
    CHECK(has(version, "InvoiceDetailId") == (std::string(version) == "1.4"));
  }
  CHECK_THROWS_AS(names("1.1"), Error);
  CHECK_THROWS_AS(month.store().focus({}, Month::pricing(), {"1.2", "account", true}), Error);
}
