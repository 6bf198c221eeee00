// Money by hand: numbers, documents, prices and policies.

#include "base/ratio.hpp"
#include "decode/json_tree.hpp"
#include "decode/money_documents.hpp"
#include "fleetmeter/decimal.hpp"
#include "fleetmeter/error.hpp"
#include "rate/charge.hpp"
#include "rate/price_book.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"
#include "support/rows.hpp"

namespace {

using namespace fleetmeter;
using base::Ratio;
using base::Rounding;
using model::Product;
using test::Folder;
using test::printed;
using test::Row;
using test::rows_of;

std::string read_as(const std::string& text) {
  const auto value = Decimal::parse(text);
  return value ? to_text(*value) : "refused";
}

/// What is wrong with a document, or "" when nothing is.
std::string problem_of(const std::string& text) {
  try {
    static_cast<void>(decode::read_money(text));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::vector<std::vector<std::string>> csv_cells(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  for (const decode::JsonTree& row : decode::read_money(csv).items) {
    auto& cells = rows.emplace_back();
    for (const auto& [name, cell] : row.members) {
      cells.push_back(name + '=' + cell.text);
    }
  }
  return rows;
}

rate::PriceBook book_of(const std::string& rates, const std::string& deployments = "") {
  const auto cards = decode::read_rate_cards(
      R"({"fleetmeter_rates": 1, "name": "card", "rates": [)" + rates + "]}");
  for (const decode::Problem& problem : cards.problems) {
    FAIL(problem.place << ": " << problem.reason);
  }
  return {cards.items.at(0), deployments.empty() ? std::vector<model::Deployment>{}
                                                 : decode::read_deployments(deployments).items};
}

/// The first thing that is wrong with a rate.
std::string problem_of_rate(const std::string& rate) {
  const auto cards = decode::read_rate_cards(
      R"({"fleetmeter_rates": 1, "name": "card", "rates": [)" + rate + "]}");
  return cards.problems.empty() ? "" : cards.problems[0].place + ": " + cards.problems[0].reason;
}

constexpr std::int64_t kGb = 1'000'000'000;

}  // namespace

TEST_CASE("fractions are exact, and rounded as they are told", "[money]") {
  CHECK(Ratio(6, -4) == Ratio(-3, 2));
  CHECK(Ratio(1, 3) + Ratio(1, 6) == Ratio(1, 2));
  CHECK(Ratio(2, 3) * Ratio(9, 4) == Ratio(3, 2));
  CHECK(Ratio(2, 3) / Ratio(4, 9) == Ratio(3, 2));
  CHECK(Ratio(1, 3) < Ratio(34, 100));
  CHECK(Ratio(-1, 3) > Ratio(-34, 100));
  struct Rounded {
    Int128 numerator;  // in quarters
    Int128 half_even, half_up, up, down;
  };
  for (const Rounded& one :
       {Rounded{9, 2, 2, 3, 2}, Rounded{10, 2, 3, 3, 2}, Rounded{14, 4, 4, 4, 3},
        Rounded{11, 3, 3, 3, 2}, Rounded{-10, -2, -3, -3, -2}, Rounded{-9, -2, -2, -3, -2},
        Rounded{8, 2, 2, 2, 2}, Rounded{0, 0, 0, 0, 0}}) {
    const Ratio value(one.numerator, 4);
    CHECK(value.round(0, Rounding::half_even).digits() == one.half_even);
    CHECK(value.round(0, Rounding::half_up).digits() == one.half_up);
    CHECK(value.round(0, Rounding::up).digits() == one.up);
    CHECK(value.round(0, Rounding::down).digits() == one.down);
  }
  CHECK(to_text(Ratio(2, 3).round(6)) == "0.666667");
  CHECK(to_text(Ratio(-12345, 1000).round(2)) == "-12.34");
  const Ratio wide(power_of_ten(38));
  CHECK_THROWS_AS(wide * Ratio(2), Error);
  CHECK_THROWS_AS(wide + wide, Error);
  CHECK_THROWS_AS(wide.round(2), Error);
  CHECK(to_text((wide / Ratio(power_of_ten(38))).round(2)) == "1.00");
}

TEST_CASE("any two fractions can be compared, however long they are", "[money]") {
  const Int128 huge = power_of_ten(37);
  const Ratio less(huge - 1, huge);
  const Ratio more(huge, huge + 1);
  CHECK(less < more);
  CHECK(more > less);
  CHECK(Ratio() - more < Ratio() - less);
  CHECK(less < Ratio(1));
  CHECK((less <=> Ratio(huge - 1, huge)) == std::strong_ordering::equal);
  for (int a = -7; a <= 7; ++a) {
    for (int b = -7; b <= 7; ++b) {
      for (int c = 1; c <= 7; ++c) {
        for (int d = 1; d <= 7; ++d) {
          CHECK((Ratio(a, c) <=> Ratio(b, d)) == (a * d <=> b * c));
        }
      }
    }
  }
}

TEST_CASE("decimals are read, written and compared as they stand", "[money]") {
  for (const auto& [text, read] : std::vector<std::pair<std::string, std::string>>{
           {"12", "12"},
           {"-0.50", "-0.50"},
           {"+7", "7"},
           {"007.10", "7.10"},
           {"1.5e3", "1500"},
           {"1.25E-2", "0.0125"},
           {"0e99", "0"},
           {"1e+2", "100"},
           {"17.580000000000002", "17.580000000000002"},
           {"999999999999999999999999999999999999", "999999999999999999999999999999999999"}}) {
    INFO(text);
    CHECK(read_as(text) == read);
  }
  for (const char* const text :
       {"", "-", ".", ".5", "5.", "1,000", "$5", "1 ", " 1", "0x10", "1e", "1e999", "1e-99", "--1",
        "NaN", "1.2.3", "9999999999999999999999999999999999999"}) {
    INFO(text);
    CHECK(read_as(text) == "refused");
  }
  CHECK(*Decimal::parse("0.10") == *Decimal::parse("0.1"));
  CHECK(*Decimal::parse("-0.5") < *Decimal::parse("-0.45"));
  CHECK(*Decimal::parse("-0.5") < *Decimal::parse("0.5"));
  CHECK(*Decimal::parse("2") > *Decimal::parse("1.999999999999999999999999999999999"));
  CHECK(to_text(trimmed(*Decimal::parse("1500.2500"))) == "1500.25");
  CHECK(to_text(trimmed(*Decimal::parse("100"))) == "100");
  CHECK(to_text(Decimal(5, 3)) == "0.005");
}

TEST_CASE("CSV is read with its quotes, its line ends and its mistakes", "[money]") {
  const std::vector<std::vector<std::string>> two{{"a=1", "b=x, \"y\"\nz"}, {"a=", "b=2"}};
  CHECK(csv_cells("a,b\n1,\"x, \"\"y\"\"\nz\"\n,2\n") == two);
  CHECK(csv_cells("\xEF\xBB\xBF"
                  "a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n,2") == two);
  CHECK(problem_of("a,b\n1,2\n3\n") == "line 3: 1 cells where the header has 2");
  CHECK(problem_of("a\n\"1\n2\n") == "line 2: a quoted cell has no end");
  CHECK(problem_of("a\n\"1\"2\n") == "line 2: text behind a quoted cell");
  CHECK(problem_of("a,a\n1,2\n") == "line 2: a column stands twice (a)");
  CHECK(problem_of("") == "line 1: no header");
  // A JSON document may begin with a byte order mark too.
  CHECK(decode::read_money("\xEF\xBB\xBF [1.10]").items.at(0).text == "1.10");
}

TEST_CASE("tiers and free units are worth what they are by hand", "[money]") {
  // 100 GB free, to 10,000 GB at $0.12, then at $0.10. A whole 10,100 GB: 9,900 * 12 + 100 * 10.
  const rate::PriceBook book = book_of(
      R"({"unit": "GB", "free": "100", "tiers": [{"from": "0", "price": "0.12"},
                                                 {"from": "10000", "price": "0.10"}]})");
  const auto cents = [&](std::int64_t gb) {
    const Int128 metered = Int128(gb) * kGb * power_of_ten(book.scale());
    return book.worth(0, metered, {});
  };
  CHECK(cents(0) == Ratio(0));
  CHECK(cents(100) == Ratio(0));
  CHECK(cents(101) == Ratio(12));
  CHECK(cents(10'000) == Ratio(118'800));
  CHECK(cents(10'100) == Ratio(119'800));
  model::Policy gib;
  gib.gb_is_gib = true;
  CHECK(book.quantity(0, Int128(1 << 30) * power_of_ten(book.scale()), gib) == Ratio(1));

  CHECK(problem_of_rate(R"({"unit": "GB", "tiers": [{"from": "1", "price": "1"}]})") ==
        "/rates/0/tiers: the first does not begin at 0");
  CHECK(problem_of_rate(R"({"unit": "GB", "tiers": [{"from": "0", "price": "1"},
                                                    {"from": "0", "price": "2"}]})") ==
        "/rates/0/tiers: each must begin above the one before it");
  CHECK(problem_of_rate(R"({"unit": "GB", "price": "1"}, {"unit": "GiB", "price": "2"})") ==
        "/rates/1: holds for the same, at the same time, as /rates/0");
  CHECK(problem_of_rate(R"({"unit": "GB", "price": "-1"})") == "/rates/0/price: less than 0 (-1)");
}

TEST_CASE("of several prices the one that names most holds", "[money]") {
  const rate::PriceBook book = book_of(
      R"({"unit": "vcpu_hour", "price": "0.01"},
         {"unit": "vcpu_hour", "price": "0.02", "hosting": "metal"},
         {"unit": "vcpu_hour", "price": "0.03", "region": "Tokyo"},
         {"unit": "active_hour", "price": "0.04", "plan": "tiny"},
         {"unit": "vcpu_hour", "price": "0.05", "app_id": "a"},
         {"unit": "vcpu_hour", "price": "0.06", "app_id": "a", "deployment_id": "2"},
         {"unit": "vcpu_hour", "price": "0.07", "app_id": "b", "to": "2024-11-15"},
         {"unit": "vcpu_hour", "price": "0.08", "app_id": "b", "from": "2024-11-15"})",
      "app_id,deployment_id,requested_cpu,plan\na,1,0.5,\na,2,2,\nb,1,1,\nc,1,4,\nc,2,4,tiny\n");
  const std::int64_t day = 86'400'000;
  const std::int64_t november = 1'730'419'200'000;
  const auto price = [&](const rate::Scope& scope, std::int64_t at_ms) {
    const rate::Priced found = book.price(Product::compute, scope, at_ms);
    return found.status == rate::Priced::Status::rated
               ? to_text(book.card().rates[found.rate_no].tiers[0].unit_price) + " * " +
                     to_text(found.vcpus)
           : found.status == rate::Priced::Status::no_deployment ? "no deployment"
                                                                 : "no price";
  };
  CHECK(price({"c", "1", "London", ""}, november) == "0.01 * 4");
  CHECK(price({"c", "1", "London", "metal"}, november) == "0.02 * 4");
  CHECK(price({"c", "1", "Tokyo", "metal"}, november) == "0.03 * 4");
  CHECK(price({"c", "2", "Tokyo", "metal"}, november) == "0.04 * 1");
  CHECK(price({"a", "1", "Tokyo", "metal"}, november) == "0.05 * 0.5");
  CHECK(price({"a", "2", "Tokyo", "metal"}, november) == "0.06 * 2");
  CHECK(price({"b", "1", "London", ""}, november + 14 * day - 1) == "0.07 * 1");
  CHECK(price({"b", "1", "London", ""}, november + 14 * day) == "0.08 * 1");
  CHECK(price({"d", "9", "London", ""}, november) == "no deployment");
  CHECK(book_of(R"({"unit": "GB", "price": "1"})")
            .price(Product::compute, {"a", "1", "", ""}, november)
            .status == rate::Priced::Status::no_price);
}

TEST_CASE("a price that changes on the 15th makes two lines; free units are given once",
          "[money]") {
  // 2 vCPU from 14 Nov 22:00 to 15 Nov 02:00: 4 vCPU-hours at $0.08, then 4 at $0.07. Of 2.5
  // GB, 1.5 before midnight, 1 GB is free: 1.5 GB at $0.12.
  const Folder folder;
  folder.write(
      "polls.ndjson",
      R"({"observedAt":"2024-11-15T00:00:00Z","processes":[{"processId":"p","appId":"app","deploymentId":1,"region":"London","startedAt":"2024-11-14T22:00:00Z","egressedBytes":1500000000}]}
{"observedAt":"2024-12-02T00:00:00Z","processes":[{"processId":"p","appId":"app","deploymentId":1,"region":"London","startedAt":"2024-11-14T22:00:00Z","stoppingAt":"2024-11-15T02:00:00Z","terminatedAt":"2024-11-15T02:00:00Z","egressedBytes":2500000000}]}
)");
  Store store = Store::open_or_create(folder / "store.db");
  store.ingest({folder / "polls.ndjson"});
  store.import_money(MoneyKind::deployments,
                     {folder.write("d.csv", "app_id,deployment_id,requested_cpu\napp,1,2\n")});
  store.import_money(MoneyKind::rates, {folder.write("r.json", R"({
    "fleetmeter_rates": 1, "name": "card", "rates": [
      {"unit": "vcpu_hour", "price": "0.08", "to": "2024-11-15"},
      {"unit": "vcpu_hour", "price": "0.07", "from": "2024-11-15"},
      {"unit": "GB", "price": "0.12", "free": "1"}]})")});
  store.import_money(MoneyKind::invoice, {folder.write("i.csv",
                                                       "invoice_id,month,product,unit,amount\n"
                                                       "I,2024-11,compute,,0.60\n"
                                                       "I,2024-11,egress,,0.18\n")});
  Question november;
  set_window(november, {{}, {}, {}, "2024-11"});
  for (const bool scan : {false, true}) {
    november.scan = scan;
    Table cost;
    give(november, store.cost(november, {}), cost);
    INFO(printed(cost));
    const std::vector<Row> rows = rows_of(cost);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0]["amount"] == "0.32");
    CHECK(rows[1]["amount"] == "0.28");
    CHECK(rows[2]["amount"] == "0.18");
    CHECK(rows[2]["processes"] == "1");
  }
  const Reconciliation said = store.reconcile({"I"}, {}, {});
  for (const Row& line : rows_of(table_of(said.lines))) {
    INFO(printed(table_of(said.lines)));
    CHECK(line["status"] == "MATCH");
  }
}

TEST_CASE("policies round each process's time as they say", "[money]") {
  model::Policy policy;
  CHECK(rate::charged_ms(61'001, policy) == 61'001);
  policy.step_ms = 60'000;
  CHECK(rate::charged_ms(0, policy) == 0);
  CHECK(rate::charged_ms(1, policy) == 60'000);
  CHECK(rate::charged_ms(60'000, policy) == 60'000);
  CHECK(rate::charged_ms(60'001, policy) == 120'000);
  policy.minimum_ms = 90'000;
  CHECK(rate::charged_ms(0, policy) == 0);
  CHECK(rate::charged_ms(1, policy) == 90'000);
  CHECK(rate::charged_ms(90'001, policy) == 120'000);
  policy.step_per = model::Policy::Per::line;
  CHECK(rate::charged_ms(90'001, policy) == 90'001);

  model::Life life;
  life.starting_at_ms = 1'000;
  life.started_at_ms = 3'000;
  life.stopping_at_ms = 60'000;
  life.terminated_at_ms = 61'500;
  policy.clock_start = model::ClockField::starting_at;
  policy.clock_stop = model::ClockField::terminated_at;
  const meter::BillableSpan whole = rate::charged_span(life, policy, {100'000});
  CHECK(whole.windows.point.from_ms == 1'000);
  CHECK(whole.windows.point.to_ms == 61'500);

  // Lost from sight at 50,000, and it may live for 60,000: until 63,000.
  life = {};
  life.started_at_ms = 3'000;
  life.last_seen_ms = 50'000;
  const auto end_by = [&](model::OpenRule rule) {
    model::Policy one;
    one.orphan = rule;
    const meter::BillableSpan span = rate::charged_span(life, one, {100'000, 10'000, 60'000});
    CHECK(span.windows.hi.to_ms == 63'000);
    return span.windows.point.to_ms;
  };
  CHECK(end_by(model::OpenRule::point) == 50'000);
  CHECK(end_by(model::OpenRule::longest) == 63'000);
  CHECK(end_by(model::OpenRule::excluded) == 3'000);
}
