// Cost adds up, whatever the groups, policies and tiers.

#include "support/catch.hpp"
#include "support/month.hpp"
#include "support/rows.hpp"

using namespace fleetmeter;
using namespace fleetmeter::test;

namespace {

/// The sums over the rows of an answer about cost, by product and unit; amounts in cents.
struct CostSums {
  std::map<std::string, std::int64_t> amounts;
  std::map<std::string, Int128> metered;
  friend bool operator==(const CostSums&, const CostSums&) = default;
};

Int128 tenths(const std::string& text) {
  const Decimal value = Decimal::parse(text).value_or(Decimal());
  return value.digits() * power_of_ten(6 - value.scale());
}

CostSums sums_of(const Table& cost) {
  CostSums sums;
  for (const Row& row : rows_of(cost)) {
    sums.amounts[row["product"]] += row.cents("amount");
    sums.metered[row["product"] + ' ' + row["metered_unit"]] += tenths(row["metered"]);
  }
  return sums;
}

void check_bounds(const Table& cost) {
  for (const Row& row : rows_of(cost)) {
    CHECK(row.cents("amount_lo") <= row.cents("amount"));
    CHECK(row.cents("amount") <= row.cents("amount_hi"));
    CHECK(tenths(row["metered_lo"]) <= tenths(row["metered"]));
    CHECK(tenths(row["metered"]) <= tenths(row["metered_hi"]));
  }
}

Question november(const std::string& by) {
  Question question;
  set_window(question, {{}, {}, {}, "2024-11"});
  if (!by.empty()) {
    question.by = parse_group_by(by);
  }
  return question;
}

std::string policy_json(const std::string& name, const std::string& fields) {
  return R"({"fleetmeter_policy": 1, "name": ")" + name + '"' + fields + '}';
}

}  // namespace

TEST_CASE("cost adds up to the invoice's lines whatever the groups", "[money]") {
  const char* const kGroups[] = {"region",     "app",     "deployment,app", "day",
                                 "region,day", "process", "process,day",    "hour"};
  for (const auto& [seed, lost, no_size] :
       {std::tuple{31U, 0, false}, std::tuple{32U, 200, false}, std::tuple{33U, 200, true}}) {
    Month month({seed, 2, 2, 3, 90, lost}, false, no_size);
    month.import(MoneyKind::policy, "minute.json",
                 policy_json("minute", R"(, "rounding": {"step": "minute"}, "minimum": "1h")"));
    month.import(MoneyKind::policy, "line.json",
                 policy_json("line", R"(, "rounding": {"step": "hour", "per": "line"})"));
    month.import(MoneyKind::policy, "clock.json",
                 policy_json("clock", R"(, "clock": {"start": "startingAt", "stop": )"
                                      R"("terminatedAt"}, "orphan": "longest", "gb": "GiB")"));
    month.import(MoneyKind::rates, "tiered.json",
                 R"({"fleetmeter_rates": 1, "name": "tiered", "rates": [
                   {"unit": "vcpu_hour", "free": "100", "price": "0.083"},
                   {"unit": "active_hour", "price": "0.0117", "region": "London"},
                   {"unit": "vcpu_hour", "price": "0.07", "region": "Chicago", "to": "2024-11-15"},
                   {"unit": "vcpu_hour", "price": "0.09", "region": "Chicago",
                    "from": "2024-11-15"},
                   {"unit": "GB", "tiers": [{"from": "0", "price": "0.12"},
                                            {"from": "100", "price": "0.1"}]}]})");
    for (const char* const rates : {"vcpu-hours", "tiered"}) {
      for (const char* const policy : {"standard", "minute", "line", "clock"}) {
        const Pricing pricing{rates, policy, std::nullopt};
        const Table whole = month.cost(november(""), pricing);
        check_bounds(whole);
        for (const char* const by : kGroups) {
          INFO("seed " << seed << ", " << rates << ", " << policy << ", --by " << by);
          Question question = november(by);
          const Table parts = month.cost(question, pricing);
          check_bounds(parts);
          CHECK(sums_of(parts) == sums_of(whole));
          if (std::string(by) != "hour" && std::string(by) != "process,day") {
            question.scan = true;
            CHECK(printed(month.cost(question, pricing)) == printed(parts));
          }
        }
      }
    }
    const Table plain = month.cost(november("app,deployment"), Month::pricing());
    CHECK((rows_where(plain, "status", "no_deployment").size() == 1) == no_size);
    month.import(MoneyKind::invoice, "none.csv", csv_of("none", {"1", "0.08"}, {"1", "0.12"}));
    const Reconciliation none = month.reconcile("none");
    for (const Row& line : rows_of(table_of(none.lines))) {
      CHECK(line.cents("amount") == sums_of(plain).amounts[line["product"]]);
    }
  }
}
