// What an explanation is worth: the true one is found where finals were lost, and a figure that was
// drawn at random is hardly ever explained.

#include <functional>
#include <random>

#include "support/biller.hpp"
#include "support/catch.hpp"
#include "support/month.hpp"
#include "support/rows.hpp"

namespace {

using namespace fleetmeter;
using namespace fleetmeter::test;

HiddenPolicy with(const std::function<void(HiddenPolicy&)>& change) {
  HiddenPolicy policy;
  change(policy);
  return policy;
}

struct Hidden {
  HiddenPolicy policy;
  std::string product;
  std::string words;
};

std::vector<Hidden> hidden_policies() {
  return {
      {with([](auto& p) { p.gib = true; }), "egress", "GB of 2^30 bytes (GiB)"},
      {with([](auto& p) { p.step_ms = kMinute; }), "compute",
       "each process rounded up to the minute"},
      {with([](auto& p) { p.step_ms = kHour; }), "compute", "each process rounded up to the hour"},
      {with([](auto& p) { p.from_starting = true; }), "compute", "startingAt to stoppingAt"},
      {with([](auto& p) { p.minimum_ms = kHour; }), "compute", "each process at least 1h"},
      {with([](auto& p) { p.zone = "America/Los_Angeles"; }), "egress",
       "month in America/Los_Angeles"},
  };
}

bool is_told(const Reconciliation& said, const Hidden& hidden) {
  for (const Row& line : rows_where(table_of(said.lines), "product", hidden.product)) {
    if (line["explained_by"].find(hidden.words) != std::string::npos) {
      return true;
    }
  }
  for (const Row& row : rows_where(table_of(said.policies), "policy", hidden.words)) {
    if (row["product"] == hidden.product) {
      return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("with a tenth of the finals lost, the true policy is named or listed", "[money]") {
  int told = 0;
  int all = 0;
  for (std::uint64_t seed = 31; seed <= 33; ++seed) {
    Month month({seed, 2, 2, 6, 180, 100});
    for (const Hidden& hidden : hidden_policies()) {
      const MonthlyBill bill = month.bill(hidden.policy);
      month.import(MoneyKind::invoice, "i.csv", csv_of("i", compute_line(bill), egress_line(bill)));
      const Reconciliation said = month.reconcile("i");
      ++all;
      told += is_told(said, hidden) ? 1 : 0;
      INFO("seed " << seed << ": " << hidden.words << '\n'
                   << printed(table_of(said.lines)) << printed(table_of(said.policies)));
      CHECK_NOFAIL(is_told(said, hidden));
    }
  }
  CHECK(told * 10 >= all * 9);
}

TEST_CASE("a figure drawn at random is hardly ever explained", "[money]") {
  std::mt19937_64 random(5);
  int named = 0;
  int all = 0;
  for (std::uint64_t seed = 41; seed <= 43; ++seed) {
    Month month({seed, 2, 3, 6, 120, 100});
    const MonthlyBill bill = month.bill({});
    for (int i = 0; i < 60; ++i) {
      const auto drawn = [&](const Fraction& value) {
        return Fraction{value.numerator * static_cast<Wide>(600'000 + random() % 1'000'000),
                        value.denominator * 1'000'000};
      };
      const Fraction hours = drawn(bill.vcpu_hours);
      const Fraction gigabytes = drawn(bill.gigabytes);
      const std::string hours_text = decimal_text(hours, 2);
      const std::string gigabytes_text = decimal_text(gigabytes, 2);
      const Line compute{hours_text, price_of_printed(hours_text, 800)};
      const Line egress{gigabytes_text, price_of_printed(gigabytes_text, 1200)};
      const std::string file = i % 2 == 0 ? csv_of("i", compute, egress)
                                          : std::string(kHeader) + "i,2024-11,compute,,,," +
                                                compute.amount + "\ni,2024-11,egress,,,," +
                                                egress.amount + '\n';
      month.import(MoneyKind::invoice, "i.csv", file);
      for (const Row& line : rows_of(table_of(month.reconcile("i").lines))) {
        ++all;
        named += line["explained_by"].empty() ? 0 : 1;
      }
    }
  }
  INFO(named << " of " << all);
  CHECK(named * 50 < all);
}
