// Seals: sealed figures stay, later knowledge is told once, and every line can be proved.

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <tuple>

#include "support/sealing.hpp"

namespace {

using namespace fleetmeter;
using namespace fleetmeter::test;
using nlohmann::json;

using Key = std::tuple<std::string, std::string, std::string, std::string>;  // month and group
using Numbers = std::array<std::int64_t, 6>;
using Figures = std::map<Key, Numbers>;

void add(Figures& figures, const Key& key, const Numbers& more) {
  Numbers& sum = figures[key];
  for (std::size_t i = 0; i < sum.size(); ++i) {
    sum[i] += more[i];
  }
}

std::int64_t small(Int128 value) {
  return static_cast<std::int64_t>(value);
}

/// What was sealed, with all adjustments that ever were.
Figures sealed_in(const Store& store) {
  Figures all;
  for (const SealRow& row : store.seals()) {
    std::istringstream lines(store.seal_lines(std::to_string(row.seal_seq)));
    for (std::string text; std::getline(lines, text);) {
      const json line = json::parse(text);
      if (line["line"] == "usage" || line["line"] == "adjustment") {
        add(all,
            {line.value("month", row.month), line["app_id"], line["deployment_id"], line["region"]},
            {line["billable_ms"], line["billable_ms_lo"], line["billable_ms_hi"],
             line["egress_bytes"], line["egress_bytes_lo"], line["egress_bytes_hi"]});
      }
    }
  }
  return all;
}

Figures open_in(const Store& store) {
  Figures all;
  for (const Restatement& one : store.restatements()) {
    const Bounded<Decimal> by = one.change();
    CHECK(by != Bounded<Decimal>());
    if (one.measure == "cost") {
      continue;
    }
    const std::size_t at = one.measure == "billable" ? 0 : 3;
    Numbers numbers{};
    numbers[at] = small(by.point.digits());
    numbers[at + 1] = small(by.lo.digits());
    numbers[at + 2] = small(by.hi.digits());
    add(all, {one.month, one.app_id, one.deployment_id, one.region}, numbers);
  }
  return all;
}

/// Whether the second line of a seal that was just made is the answer without groups.
void expect_total(const Store& store, const SealRow& row) {
  std::istringstream lines(store.seal_lines(row.month));
  std::string text;
  std::getline(lines, text);
  std::getline(lines, text);
  const json total = json::parse(text);
  Question question;
  set_window(question, {{}, {}, {}, row.month});
  const BillingRow billing = store.billing(question).front();
  const EgressRow egress = store.egress(question).front();
  CHECK(total["billable_ms_hi"] == small(billing.billable_ms.hi));
  CHECK(total["billable_processes"] == billing.processes);
  CHECK(total["egress_bytes"] == small(egress.egress_bytes.point));
  CHECK(total["egress_processes"] == egress.processes);
  CHECK(total["open_processes"] == egress.open_processes);
  CHECK(total["unmetered_processes"] == egress.unmetered_processes);
}

/// What is known now of the months that were sealed.
Figures known_in(const Store& store) {
  Figures all;
  for (const SealRow& row : store.seals()) {
    Question question;
    question.tz = row.zone;
    question.by = {GroupBy::app, GroupBy::deployment, GroupBy::region};
    set_window(question, {{}, {}, {}, row.month});
    for (const BillingRow& one : store.billing(question)) {
      add(all, {row.month, one.group[0], one.group[1], one.group[2]},
          {small(one.billable_ms.point), small(one.billable_ms.lo), small(one.billable_ms.hi), 0, 0,
           0});
    }
    for (const EgressRow& one : store.egress(question)) {
      add(all, {row.month, one.group[0], one.group[1], one.group[2]},
          {0, 0, 0, small(one.egress_bytes.point), small(one.egress_bytes.lo),
           small(one.egress_bytes.hi)});
    }
  }
  return all;
}

Figures sum_of(Figures a, const Figures& b) {
  for (const auto& [key, numbers] : b) {
    add(a, key, numbers);
  }
  std::erase_if(a, [](const auto& one) { return one.second == Numbers(); });
  return a;
}

}  // namespace

TEST_CASE("sealed, adjusted and open figures sum to what is known", "[seals]") {
  for (unsigned seed = 0; seed < 12; ++seed) {
    INFO("seed " << seed);
    const Folder folder;
    Fleet fleet(seed);
    Store store = Store::open_or_create(folder / "store.db");
    std::vector<std::string> months = kMonths;
    const auto documents = fleet.documents();
    std::size_t part = 0;
    for (std::size_t at = 0; at < documents.size(); ++part) {
      std::string text;
      for (std::int64_t more = 1 + fleet.below(20); more > 0 && at < documents.size(); --more) {
        text += documents[at++];
      }
      store.ingest({folder.write(std::to_string(part) + ".ndjson", text)});
      if (!months.empty()) {
        const auto next = months.begin() + fleet.below(static_cast<std::int64_t>(months.size()));
        if (is_over(store, *next)) {
          expect_total(store, seal_month(store, *next, fleet.below(2) == 0));
          months.erase(next);
          CHECK(open_in(store).empty());
        }
      }
      REQUIRE(sum_of(sealed_in(store), open_in(store)) == sum_of(known_in(store), {}));
    }
    expect_ok(store.verify_seals());
  }
}

namespace {

/// The three numbers of an amount in one currency, of a month and group.
using Amounts = std::map<std::tuple<Key, std::string>, std::array<Decimal, 3>>;

void add(Amounts& amounts, const Key& key, const std::string& currency,
         const std::array<Decimal, 3>& more) {
  auto& sum = amounts[{key, currency}];
  for (std::size_t i = 0; i < sum.size(); ++i) {
    sum[i] += more[i];
  }
  if (sum == std::array<Decimal, 3>()) {
    amounts.erase({key, currency});
  }
}

/// What was sealed of cost, with all adjustments, and what is open.
Amounts sealed_and_open_cost(const Store& store) {
  Amounts all;
  for (const SealRow& row : store.seals()) {
    std::istringstream lines(store.seal_lines(std::to_string(row.seal_seq)));
    for (std::string text; std::getline(lines, text);) {
      const json line = json::parse(text);
      if ((line["line"] == "cost" && !line["amount"].is_null()) ||
          line["line"] == "cost_adjustment") {
        const auto number = [&](const char* name) {
          return Decimal::parse(line[name].get<std::string>()).value();
        };
        add(all,
            {line.value("month", row.month), line["app_id"], line["deployment_id"], line["region"]},
            line["currency"], {number("amount"), number("amount_lo"), number("amount_hi")});
      }
    }
  }
  for (const Restatement& one : store.restatements()) {
    if (one.measure == "cost") {
      const Bounded<Decimal> by = one.change();
      add(all, {one.month, one.app_id, one.deployment_id, one.region}, one.unit,
          {by.point, by.lo, by.hi});
    }
  }
  return all;
}

/// What the sealed months cost as it is known now.
Amounts known_cost(const Store& store, const Pricing& pricing) {
  Amounts all;
  for (const SealRow& row : store.seals()) {
    Question question;
    question.tz = row.zone;
    question.by = {GroupBy::app, GroupBy::deployment, GroupBy::region};
    set_window(question, {{}, {}, {}, row.month});
    for (const CostRow& one : store.cost(question, pricing)) {
      if (one.amount) {
        add(all, {row.month, one.group[0], one.group[1], one.group[2]}, one.currency,
            {one.amount->point, one.amount->lo, one.amount->hi});
      }
    }
  }
  return all;
}

}  // namespace

TEST_CASE("sealed, adjusted and open amounts sum to what is known", "[seals]") {
  std::size_t adjusted = 0;
  for (unsigned seed = 0; seed < 6; ++seed) {
    INFO("seed " << seed);
    const Folder folder;
    Fleet fleet(seed + 40);
    Store store = Store::open_or_create(folder / "store.db");
    static_cast<void>(store.import_money(
        MoneyKind::deployments,
        {folder.write("d.csv", "app_id,deployment_id,requested_cpu\napp-0,1,1\napp-1,1,2\n")}));
    const Pricing pricing{"vcpu-hours", "standard", {}};
    std::vector<std::string> months = kMonths;
    const auto documents = fleet.documents();
    for (std::size_t at = 0, part = 0; at < documents.size(); ++part) {
      std::string text;
      for (std::int64_t more = 1 + fleet.below(20); more > 0 && at < documents.size(); --more) {
        text += documents[at++];
      }
      store.ingest({folder.write(std::to_string(part) + ".ndjson", text)});
      if (!months.empty() && is_over(store, months.front())) {
        SealRequest request;
        request.month = months.front();
        request.pricing = pricing;
        adjusted += static_cast<std::size_t>(store.seal(request, {}).adjustments);
        months.erase(months.begin());
      }
      REQUIRE(sealed_and_open_cost(store) == known_cost(store, pricing));
    }
    expect_ok(store.verify_seals());
    // Another price for what was sealed is no restatement: the prices are sealed, too.
    const auto before = store.restatements().size();
    static_cast<void>(store.import_money(
        MoneyKind::deployments,
        {folder.write("d2.csv", "app_id,deployment_id,requested_cpu\napp-0,1,8\napp-1,1,8\n")}));
    CHECK(store.restatements().size() == before);
    expect_ok(store.verify_seals());
  }
  CHECK(adjusted > 10);
}

TEST_CASE("a seal stays what it was, and nobody can seal a month twice", "[seals]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  make_sealed(path, folder);
  Store store = Store::open_to_write(path);
  expect_ok(store.verify_seals({}, kPublicKey, "public.pem"));
  CHECK_THROWS_WITH(
      seal_month(store, "2024-11"),
      "seal: 2024-11 in UTC is sealed already, by seal 2 (2024-11 in UTC); what became known "
      "since is in `restatements`, and goes into the next seal");
  SealRequest berlin;
  berlin.month = "2025-01";
  Question question;
  question.tz = "Asia/Tokyo";
  question.as_of_ms = *base::parse_rfc3339("2025-03-01T00:00:00Z").ms;
  CHECK_THROWS_AS(store.seal(berlin, question), Error);  // its first hours are of December in UTC
  question.tz = "UTC";
  CHECK(store.seal(berlin, question).seal_seq == 4);
  question.regions = {"Tokyo"};
  CHECK_THROWS_WITH(store.seal(berlin, question),
                    "seal: a seal is of everything; leave the filters out");
}

TEST_CASE("every line of a seal has a receipt, and it proves no other", "[seals]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  make_sealed(path, folder);
  const Store store = Store::open(path);
  std::istringstream lines(store.seal_lines("2024-12"));
  std::int64_t number = 0;
  for (std::string line; std::getline(lines, line); ++number) {
    const std::string receipt = store.receipt("3", number);
    CHECK(receipt.size() < 2500);
    const ReceiptSaid said = verify_receipt(receipt, kPublicKey, "public.pem");
    CHECK(said.text == line);
    CHECK(said.line_no == number);
    CHECK(said.origin == "example.com/billing/2024-12");
  }
  CHECK_THROWS_AS(store.receipt("3", number), Error);
  CHECK_THROWS_AS(store.receipt("4", 0), Error);
  CHECK_THROWS_WITH(verify_receipt("", kPublicKey, "public.pem"),
                    "it is no receipt (https://c2sp.org/tlog-proof, with the line)");
}
