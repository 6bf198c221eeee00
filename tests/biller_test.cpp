// Months that a biller bills by rules of its own: the program, which sees only the archive and the
// invoice, has to say which rules those were.

#include <algorithm>
#include <functional>

#include "support/biller.hpp"
#include "support/catch.hpp"
#include "support/month.hpp"
#include "support/rows.hpp"

namespace {

using namespace fleetmeter;
using namespace fleetmeter::test;

// ---- laws of a reconciliation

void check_waterfall(const Reconciliation& said, std::int64_t invoiced, std::int64_t metered) {
  const std::vector<Row> steps = rows_of(table_of(said.waterfall));
  INFO(printed(table_of(said.waterfall)));
  REQUIRE(steps.size() >= 2);
  CHECK(steps.front()["step"] == "invoiced");
  CHECK(steps.front().cents("balance") == invoiced);
  std::int64_t balance = invoiced;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    balance += steps[i].cents("amount");
    CHECK(steps[i].cents("balance") == balance);
  }
  CHECK(steps.back()["step"] == "metered");
  CHECK(balance == metered);
}

bool is_price_of_printed(const Row& line) {
  const std::string quantity = line["quantity_invoiced"];
  return !quantity.empty() && !line["unit_price"].empty() &&
         test::price_of_printed(quantity, line.cents("unit_price") * 100) ==
             line["amount_invoiced"];
}

/// Whether all of the month was seen: then bounds hold for everything that ran in it.
bool is_all_seen(const Reconciliation& said) {
  const std::vector<Row> found = rows_where(table_of(said.header), "name", "unseen");
  REQUIRE(found.size() == 1);
  return found[0]["value"] == "nothing";
}

void check_statuses(const Reconciliation& said) {
  for (const Row& line : rows_of(table_of(said.lines))) {
    INFO(printed(table_of(said.lines)));
    const std::string status = line["status"];
    const std::int64_t invoiced = line.cents("amount_invoiced");
    const bool bounded = line["open_processes"] == "0" && is_all_seen(said);
    const std::int64_t own = line.cents("own_tolerance");
    // The price of a quantity as it is printed is only as exact as that.
    const bool by_quantity = is_price_of_printed(line);
    const std::int64_t printed_e6 = line.cents("quantity_invoiced") * 10'000;
    const bool above = !by_quantity || printed_e6 >= line.cents("quantity_hi") + 10'000;
    const bool below = !by_quantity || printed_e6 <= line.cents("quantity_lo") - 10'000;
    CHECK((status == "OVERBILLED") ==
          (bounded && above && invoiced > line.cents("amount_hi") + own));
    CHECK((status == "UNDERBILLED") == (below && invoiced < line.cents("amount_lo") - own));
    CHECK((status == "MATCH") == (invoiced == line.cents("amount")));
    CHECK(line.cents("amount_lo") <= line.cents("amount"));
    CHECK(line.cents("amount") <= line.cents("amount_hi"));
  }
}

std::int64_t metered_of(const Reconciliation& said) {
  std::int64_t sum = 0;
  for (const Row& line : rows_of(table_of(said.lines))) {
    sum += line.cents("amount");
  }
  return sum;
}

std::int64_t invoiced_of(const Reconciliation& said) {
  std::int64_t sum = 0;
  for (const Row& line : rows_of(table_of(said.lines))) {
    sum += line.cents("amount_invoiced");
  }
  return sum;
}

void check_laws(const Reconciliation& said) {
  check_waterfall(said, invoiced_of(said), metered_of(said));
  check_statuses(said);
}

/// The policy is among those that fit; and it is the one that is told, unless another that differs
/// in as little comes to the same.
void check_named(const Reconciliation& said, const std::string& product,
                 const std::string& policy) {
  INFO(product << ": " << policy << '\n'
               << printed(table_of(said.lines)) << printed(table_of(said.policies)));
  const std::vector<Row> fitting = rows_where(table_of(said.policies), "product", product);
  const std::vector<Row> named = rows_where(table_of(said.policies), "policy", policy);
  const std::vector<Row> lines = rows_where(table_of(said.lines), "product", product);
  REQUIRE(!fitting.empty());
  REQUIRE(!named.empty());
  REQUIRE(lines.size() == 1);
  CHECK(fitting.front()["fit"] == "exact");
  const std::string told = lines.front()["explained_by"];
  if (policy == "as the contract") {
    CHECK(told.empty());
    return;
  }
  const std::string differences = fitting.front()["differences"];
  const auto as_plain = std::count_if(fitting.begin(), fitting.end(), [&](const Row& row) {
    return row["differences"] == differences;
  });
  CHECK(named.front()["differences"] == differences);
  if (as_plain == 1) {
    CHECK(told == policy);
  } else {
    CHECK(told.find(as_plain == 2 ? " other fits as well)" : " others fit as well)") !=
          std::string::npos);
  }
}

/// Rules with the words for them.
struct Case {
  const char* name;
  HiddenPolicy policy;
  std::string compute = "as the contract";
  std::string egress = "as the contract";
};

HiddenPolicy with(const std::function<void(HiddenPolicy&)>& change) {
  HiddenPolicy policy;
  change(policy);
  return policy;
}

const char* const kGib = "GB of 2^30 bytes (GiB)";
const char* const kMinuteUp = "each process rounded up to the minute";

std::vector<Case> single_policies() {
  return {
      {"contract", {}},
      {"GiB", with([](auto& p) { p.gib = true; }), "as the contract", kGib},
      {"minute", with([](auto& p) { p.step_ms = kMinute; }), kMinuteUp},
      {"hour", with([](auto& p) { p.step_ms = kHour; }), "each process rounded up to the hour"},
      {"Los Angeles", with([](auto& p) { p.zone = "America/Los_Angeles"; }),
       "month in America/Los_Angeles", "month in America/Los_Angeles"},
      {"Kolkata", with([](auto& p) { p.zone = "Asia/Kolkata"; }), "month in Asia/Kolkata",
       "month in Asia/Kolkata"},
      {"to termination", with([](auto& p) { p.to_terminated = true; }),
       "startedAt to terminatedAt"},
      {"from starting", with([](auto& p) { p.from_starting = true; }), "startingAt to stoppingAt"},
      {"whole life", with([](auto& p) { p.from_starting = p.to_terminated = true; }),
       "startingAt to terminatedAt"},
      {"minimum", with([](auto& p) { p.minimum_ms = kHour; }), "each process at least 1h"},
  };
}

std::vector<Case> pairs_of_policies() {
  return {
      {"minute in Berlin", with([](auto& p) {
         p.step_ms = kMinute;
         p.zone = "Europe/Berlin";
       }),
       std::string(kMinuteUp) + "; month in Europe/Berlin", "month in Europe/Berlin"},
      {"GiB in Tokyo", with([](auto& p) {
         p.gib = true;
         p.zone = "Asia/Tokyo";
       }),
       "month in Asia/Tokyo", std::string(kGib) + "; month in Asia/Tokyo"},
      {"minute to termination", with([](auto& p) {
         p.step_ms = kMinute;
         p.to_terminated = true;
       }),
       std::string(kMinuteUp) + "; startedAt to terminatedAt"},
      {"New York from starting", with([](auto& p) {
         p.zone = "America/New_York";
         p.from_starting = true;
       }),
       "month in America/New_York; startingAt to stoppingAt", "month in America/New_York"},
      {"minute and GiB", with([](auto& p) {
         p.step_ms = kMinute;
         p.gib = true;
       }),
       kMinuteUp, kGib},
      {"minimum to termination", with([](auto& p) {
         p.minimum_ms = kHour;
         p.to_terminated = true;
       }),
       "each process at least 1h; startedAt to terminatedAt"},
  };
}

std::string resize_text(const Contract& contract, const Build& build) {
  const std::int64_t size = contract.vcpu_hundredths.at(build);
  return "deployment " + build.second + " of " + build.first + " counted with " +
         decimal_text({2 * size, 100}, 2) + " vCPU, not " + decimal_text({size, 100}, 2);
}

/// One deployment at double its size, alone and beside another rule.
std::vector<Case> double_sizes(const Contract& contract) {
  const Build build = contract.vcpu_hundredths.begin()->first;
  const std::string words = resize_text(contract, build);
  return {{"double", with([&](auto& p) { p.doubled = build; }), words},
          {"double and hour", with([&](auto& p) {
             p.doubled = build;
             p.step_ms = kHour;
           }),
           "each process rounded up to the hour; " + words},
          {"double in Los Angeles", with([&](auto& p) {
             p.doubled = build;
             p.zone = "America/Los_Angeles";
           }),
           "month in America/Los_Angeles; " + words, "month in America/Los_Angeles"}};
}

std::vector<Case> all_policies(const Contract& contract) {
  std::vector<Case> all = single_policies();
  for (const auto& more : {pairs_of_policies(), double_sizes(contract)}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::vector<FleetShape> fleets() {
  return {{1, 2, 3, 6, 180}, {2, 1, 1, 4, 60}, {3, 3, 2, 8, 240}, {4, 1, 4, 5, 40}};
}

}  // namespace

TEST_CASE("a biller's hidden policy is named by its quantities and amounts", "[money]") {
  for (const FleetShape& shape : fleets()) {
    Month month(shape);
    for (const Case& one : all_policies(month.contract())) {
      INFO("seed " << shape.seed << ", " << one.name);
      const MonthlyBill bill = month.bill(one.policy);
      Line compute = compute_line(bill);
      Line egress = egress_line(bill);
      month.import(MoneyKind::invoice, "exact.csv", csv_of("exact", compute, egress));
      const Reconciliation exact = month.reconcile("exact");
      check_laws(exact);
      check_named(exact, "compute", one.compute);
      check_named(exact, "egress", one.egress);

      compute.amount = test::price_of_printed(compute.quantity, 800);
      egress.amount = test::price_of_printed(egress.quantity, 1200);
      month.import(MoneyKind::invoice, "printed.csv", csv_of("printed", compute, egress));
      const Reconciliation as_printed = month.reconcile("printed");
      check_laws(as_printed);
      check_named(as_printed, "compute", one.compute);
      check_named(as_printed, "egress", one.egress);
    }
  }
}

TEST_CASE("one amount, a page of items or a sum is enough to find a hidden policy", "[money]") {
  Month month({1, 2, 3, 6, 180});
  for (const Case& one : single_policies()) {
    INFO(one.name);
    const MonthlyBill bill = month.bill(one.policy);
    const Line compute = compute_line(bill);
    const Line egress = egress_line(bill);
    const auto lists = [](const Reconciliation& said, const std::string& product,
                          const std::string& policy) {
      INFO(printed(table_of(said.lines)) << printed(table_of(said.policies)));
      std::vector<Row> rows = rows_where(table_of(said.policies), "policy", policy);
      std::erase_if(
          rows, [&](const Row& row) { return row["product"] != product || row["fit"] != "exact"; });
      CHECK(rows.size() == 1);
    };

    month.import(MoneyKind::invoice, "amounts.csv",
                 std::string(kHeader) + "amounts,2024-11,compute,,,," + compute.amount +
                     "\namounts,2024-11,egress,,,," + egress.amount + '\n');
    const Reconciliation amounts = month.reconcile("amounts");
    check_laws(amounts);
    lists(amounts, "compute", one.compute);
    lists(amounts, "egress", one.egress);

    month.import(MoneyKind::invoice, "items.json",
                 R"([{"productName":"Process vCPU hours","unit":"vCPU hour","quantity":)" +
                     compute.quantity + R"(,"unitPrice":0.08,"amount":)" + compute.amount +
                     R"(},{"productName":"Egress","unit":"GB","quantity":)" + egress.quantity +
                     R"(,"unitPrice":0.12,"amount":)" + egress.amount + "}]",
                 {"items", "2024-11", std::nullopt});
    const Reconciliation items = month.reconcile("items");
    check_laws(items);
    check_named(items, "compute", one.compute);
    check_named(items, "egress", one.egress);

    month.import(MoneyKind::invoice, "limits.json",
                 R"({"monthlyProcessVcpuHoursConsumed":)" + compute.quantity + '}',
                 {"limits", "2024-11", std::nullopt});
    check_named(month.reconcile("limits"), "compute", one.compute);

    month.import(MoneyKind::invoice, "due.json",
                 R"({"id":"due","status":"paid","year":2024.0,"month":11.0,"amountDue":)" +
                     test::sum_text(compute.amount, egress.amount) + '}');
    const Reconciliation due = month.reconcile("due");
    check_laws(due);
    lists(due, "total", "compute " + one.compute + "; egress " + one.egress);
  }
}

TEST_CASE("a truthful invoice lies within the bounds, whatever was lost", "[money]") {
  for (const int lost : {0, 30, 300, 1000}) {
    for (const bool simulated : {false, true}) {
      for (std::uint64_t seed = 11; seed <= 12; ++seed) {
        INFO("seed " << seed << ", " << lost << " of 1000 finals lost, simulated " << simulated);
        Month month({seed, 2, 2, 5, 120, lost, lost == 0 ? 20 : 0}, simulated);
        const MonthlyBill bill = month.bill({});
        const Line compute = compute_line(bill);
        const Line egress = egress_line(bill);
        month.import(MoneyKind::invoice, "true.csv", csv_of("true", compute, egress));
        const Reconciliation said = month.reconcile("true");
        check_laws(said);
        for (const Row& line : rows_of(table_of(said.lines))) {
          INFO(printed(table_of(said.lines)));
          CHECK(line["status"] != "OVERBILLED");
          CHECK(line["status"] != "UNDERBILLED");
          CHECK(line["status"] != "EXPLAINED");
        }
        CHECK(said.agrees);

        const auto more = [](const test::Fraction& value) {
          return test::Fraction{value.numerator * 105, value.denominator * 100};
        };
        month.import(
            MoneyKind::invoice, "more.csv",
            csv_of("more",
                   {decimal_text(more(bill.vcpu_hours), 2), decimal_text(more(bill.compute), 2)},
                   {decimal_text(more(bill.gigabytes), 2), decimal_text(more(bill.egress), 2)}));
        const Reconciliation inflated = month.reconcile("more");
        check_laws(inflated);
        if (lost == 0) {
          const char* const status = is_all_seen(inflated) ? "OVERBILLED" : "UNBOUNDED";
          CHECK(rows_where(table_of(inflated.lines), "status", status).size() == 2);
          CHECK(is_all_seen(inflated) == !simulated);  // the simulator leaves polls out
        }
      }
    }
  }
}

TEST_CASE("a truthful invoice is not called too high by an archive that knows too little",
          "[money]") {
  for (std::uint64_t seed = 21; seed <= 23; ++seed) {
    INFO("seed " << seed);
    Month month({seed, 2, 2, 5, 120}, false, true);
    const MonthlyBill bill = month.bill({});
    month.import(MoneyKind::invoice, "true.csv",
                 csv_of("true", compute_line(bill), egress_line(bill)));
    const Reconciliation without_size = month.reconcile("true");
    check_laws(without_size);
    INFO(printed(table_of(without_size.lines)));
    CHECK(rows_of(table_of(without_size.lines))[0]["status"] == "UNBOUNDED");
    CHECK(rows_of(table_of(without_size.lines))[1]["status"] == "MATCH");

    Question early;
    early.as_of_ms = kNovember + 20 * kDay + kHour;
    const Reconciliation half_known = month.reconcile("true", early);
    check_laws(half_known);
    INFO(printed(table_of(half_known.lines)));
    for (const Row& line : rows_of(table_of(half_known.lines))) {
      CHECK(line["status"] == "UNBOUNDED");
    }
  }
}
