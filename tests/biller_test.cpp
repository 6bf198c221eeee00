// Months that a biller bills by rules of its own: the program, which sees only the archive and the
// invoice, has to say which rules those were.

#include <algorithm>
#include <functional>
#include <set>

#include "sim/archive.hpp"
#include "sim/text.hpp"
#include "support/archive.hpp"
#include "support/biller.hpp"
#include "support/catch.hpp"
#include "support/rows.hpp"

namespace {

using namespace fleetmeter;
using test::Build;
using test::Contract;
using test::decimal_text;
using test::Folder;
using test::HiddenPolicy;
using test::MonthlyBill;
using test::printed;
using test::Row;
using test::rows_of;
using test::rows_where;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kNovember = 1'730'419'200'000;

// ---- a fleet with its archive, its contract and its store

struct FleetShape {
  std::uint64_t seed = 1;
  int apps = 2;
  int deployments = 3;
  int alive = 6;
  int lifetime_minutes = 180;
  int lost_finals = 0;  // permille
  int gaps = 0;         // permille, when the simulator polls
};

sim::FleetOptions fleet_options(const FleetShape& shape) {
  sim::FleetOptions options;
  options.seed = shape.seed;
  options.apps = shape.apps;
  options.deployments = shape.deployments;
  options.processes_alive = shape.alive;
  options.lifetime_minutes = shape.lifetime_minutes;
  options.short_ids = true;
  options.start_ms = kNovember - 2 * kDay;  // over both edges of every zone's November
  options.duration_ms = 34 * kDay;
  return options;
}

Contract contract_of(const std::vector<sim::TrueProcess>& processes) {
  constexpr std::int64_t kSizes[] = {50, 200, 100, 25, 400, 150};
  Contract contract;
  for (const sim::TrueProcess& process : processes) {
    contract.vcpu_hundredths.emplace(Build{process.app, process.deployment}, 0);
  }
  std::size_t place = 0;
  for (auto& [build, size] : contract.vcpu_hundredths) {
    size = kSizes[place++ % std::size(kSizes)];
  }
  return contract;
}

std::string record(const sim::TrueProcess& process, std::int64_t now_ms) {
  const auto time = [&](const char* name, std::int64_t at_ms, bool known) {
    return known && at_ms <= now_ms
               ? ",\"" + std::string(name) + "\":\"" + sim::instant(at_ms) + '"'
               : "";
  };
  return R"({"processId":")" + process.id + R"(","appId":")" + process.app +
         R"(","deploymentId":)" + process.deployment + R"(,"region":")" + process.region + '"' +
         time("startingAt", process.starting_ms, true) +
         time("startedAt", process.started_ms, !process.never_started) +
         time("stoppingAt", process.stopping_ms, true) +
         time("terminatedAt", process.terminated_ms, true) +
         ",\"egressedBytes\":" + std::to_string(process.reported_bytes(now_ms)) + '}';
}

/// Polls every half hour on the dot, so that every zone's month begins and ends at one. The first
/// poll after a process is gone tells its end, unless that is lost.
std::string archive_of(const std::vector<sim::TrueProcess>& processes, const FleetShape& shape) {
  const sim::FleetOptions options = fleet_options(shape);
  std::string text;
  for (std::int64_t now = options.start_ms; now <= options.start_ms + options.duration_ms + kDay;
       now += kHour / 2) {
    std::string list;
    for (std::size_t i = 0; i < processes.size(); ++i) {
      const sim::TrueProcess& process = processes[i];
      const bool gone = process.terminated_ms <= now;
      const bool lost =
          gone && (i * 7919 + shape.seed) % 1000 < static_cast<std::size_t>(shape.lost_finals);
      if (process.starting_ms <= now && process.terminated_ms > now - kHour / 2 && !lost) {
        list += (list.empty() ? "" : ",") + record(process, now);
      }
    }
    text += R"({"observedAt":")" + sim::instant(now) + R"(","processes":[)" + list + "]}\n";
  }
  return text;
}

/// A store of one fleet.
class Month {
 public:
  explicit Month(const FleetShape& shape, bool polled_by_simulator = false,
                 bool one_without_size = false)
      : store_(Store::open_or_create(folder_ / "store.db")) {
    if (polled_by_simulator) {
      poll(shape);
    } else {
      truth_ = sim::Fleet(fleet_options(shape)).processes();
      folder_.write("archive.ndjson", archive_of(truth_, shape));
    }
    for (const SourceReport& report : store_.ingest({folder_ / "archive.ndjson"})) {
      INFO(report.error);
      REQUIRE(report.clean());
    }
    contract_ = contract_of(truth_);
    std::string csv = "app_id,deployment_id,requested_cpu\n";
    for (const auto& [build, size] : contract_.vcpu_hundredths) {
      if (one_without_size && build == contract_.vcpu_hundredths.begin()->first) {
        continue;
      }
      csv += build.first + ',' + build.second + ',' + decimal_text({size, 100}, 2) + '\n';
    }
    import(MoneyKind::deployments, "deployments.csv", csv);
  }

  void import(MoneyKind kind, const std::string& name, const std::string& text,
              const MoneyGiven& given = {}) {
    for (const MoneyReport& report :
         store_.import_money(kind, {folder_.write(name, text)}, given)) {
      for (const std::string& problem : report.problems) {
        FAIL(text << '\n' << problem);
      }
    }
  }

  [[nodiscard]] MonthlyBill bill(const HiddenPolicy& policy) const {
    return test::bill(truth_, policy, contract_);
  }
  [[nodiscard]] const Contract& contract() const { return contract_; }
  [[nodiscard]] const Store& store() const { return store_; }
  [[nodiscard]] Table cost(const Question& question, const Pricing& pricing) const {
    Table table;
    give(question, store_.cost(question, pricing), table);
    return table;
  }
  [[nodiscard]] Reconciliation reconcile(const std::string& id,
                                         const Question& question = {}) const {
    return store_.reconcile(id, question, pricing());
  }
  [[nodiscard]] static Pricing pricing() { return {"vcpu-hours", "standard", std::nullopt}; }

 private:
  /// As cron does: late by seconds, missing some, never at an edge.
  void poll(const FleetShape& shape) {
    sim::ArchiveOptions options;
    options.fleet = fleet_options(shape);
    options.poll_s = 900;
    options.lost_finals = shape.lost_finals;
    options.gaps = shape.gaps;
    std::string text;
    sim::emit_archive(
        options, [&](const sim::Document& one) { text += std::string(one.text) + '\n'; },
        [&](const sim::TrueProcess& process) { truth_.push_back(process); });
    folder_.write("archive.ndjson", text);
  }

  Folder folder_;
  Store store_;
  std::vector<sim::TrueProcess> truth_;
  Contract contract_;
};

// ---- invoices

/// What one product is invoiced with.
struct Line {
  std::string quantity;
  std::string amount;
};

Line compute_line(const MonthlyBill& bill) {
  return {decimal_text(bill.vcpu_hours, 2), decimal_text(bill.compute, 2)};
}
Line egress_line(const MonthlyBill& bill) {
  return {decimal_text(bill.gigabytes, 2), decimal_text(bill.egress, 2)};
}

const char* const kHeader = "invoice_id,month,product,unit,quantity,unit_price,amount\n";

std::string csv_of(const std::string& id, const Line& compute, const Line& egress) {
  return kHeader + id + ",2024-11,compute,vCPU hour," + compute.quantity + ",0.08," +
         compute.amount + '\n' + id + ",2024-11,egress,GB," + egress.quantity + ",0.12," +
         egress.amount + '\n';
}

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

void check_statuses(const Reconciliation& said) {
  for (const Row& line : rows_of(table_of(said.lines))) {
    INFO(printed(table_of(said.lines)));
    const std::string status = line["status"];
    const std::int64_t invoiced = line.cents("amount_invoiced");
    const bool bounded = line["open_processes"] == "0";
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
          CHECK(rows_where(table_of(inflated.lines), "status", "OVERBILLED").size() == 2);
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

// ---- cost

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
