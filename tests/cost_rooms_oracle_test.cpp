// The cost of rooms against a slow reading of the rules, minute by minute, with fractions.

#include <algorithm>
#include <map>
#include <random>

#include "base/ratio.hpp"
#include "sim/text.hpp"
#include "support/catch.hpp"
#include "support/month.hpp"
#include "support/rows.hpp"

using namespace fleetmeter;
using namespace fleetmeter::test;
using base::Ratio;

namespace {

constexpr int kMinutes = 300;

struct Stay {
  int process = 0;
  int from = 0;  // minutes of the morning
  int to = 0;
};

/// Processes that ran from one minute to another, and rooms that stood on them.
struct Fleet {
  std::vector<std::pair<int, int>> lives;
  std::map<std::string, std::vector<Stay>> rooms;
  std::vector<std::int64_t> bytes;
};

std::string time_of(int minute) {
  return '"' + sim::instant(kNovember + minute * kMinute) + '"';
}

Fleet fleet_of(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](int end) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(end));
  };
  Fleet fleet;
  for (int process = 0; process < 6; ++process) {
    const int from = below(kMinutes - 1);
    fleet.lives.emplace_back(from, from + 1 + below(kMinutes - from - 1));
    fleet.bytes.push_back(below(1'000'000) * std::int64_t{4001});
  }
  for (int room = 0; room < 12; ++room) {
    std::vector<Stay>& stays = fleet.rooms["room" + std::to_string(room * 7 % 12)];
    for (int stay = below(3) + 1; stay > 0; --stay) {  // some overlap, some outlive the process
      const int from = below(kMinutes - 1);
      stays.push_back({below(5), from, from + 1 + below(std::min(90, kMinutes - from - 1))});
    }
  }
  return fleet;
}

std::string polls_of(const Fleet& fleet) {
  std::string list;
  for (std::size_t i = 0; i < fleet.lives.size(); ++i) {
    list += std::string(i == 0 ? "" : ",") + R"({"processId":"p)" + std::to_string(i) +
            R"(","appId":"app","deploymentId":1,"region":"Tokyo","startedAt":)" +
            time_of(fleet.lives[i].first) + R"(,"stoppingAt":)" + time_of(fleet.lives[i].second) +
            R"(,"terminatedAt":)" + time_of(fleet.lives[i].second) + R"(,"rooms":[])" +
            R"(,"egressedBytes":)" + std::to_string(fleet.bytes[i]) + '}';
  }
  return R"({"observedAt":)" + time_of(kMinutes + 60) + R"(,"processes":[)" + list + "]}\n";
}

std::string rooms_of(const Fleet& fleet) {
  std::string list;
  int number = 0;
  for (const auto& [room_id, stays] : fleet.rooms) {
    std::string allocations;
    for (const Stay& stay : stays) {
      allocations += std::string(allocations.empty() ? "" : ",") + R"({"roomAllocationId":"x)" +
                     std::to_string(number++) + R"(","processId":"p)" +
                     std::to_string(stay.process) + R"(","scheduledAt":)" + time_of(stay.from) +
                     R"(,"unscheduledAt":)" + time_of(stay.to) + '}';
    }
    list += std::string(list.empty() ? "" : ",") + R"({"roomId":")" + room_id +
            R"(","appId":"app","status":"destroyed","currentAllocation":null,"allocations":[)" +
            allocations + "]}";
  }
  return '[' + list + ']';
}

/// The minutes of each room on a process, "" for those of none.
std::map<std::string, Ratio> minutes_of(const Fleet& fleet, int process, int from, int to) {
  std::map<std::string, Ratio> minutes;
  const auto [starts, ends] = fleet.lives[static_cast<std::size_t>(process)];
  for (int minute = std::max(from, starts); minute < std::min(to, ends); ++minute) {
    std::vector<std::string> there;
    for (const auto& [room_id, stays] : fleet.rooms) {
      if (std::any_of(stays.begin(), stays.end(), [&](const Stay& stay) {
            return stay.process == process && stay.from <= minute && minute < stay.to;
          })) {
        there.push_back(room_id);
      }
    }
    for (const std::string& room_id : there) {
      minutes[room_id] += Ratio(1, static_cast<Int128>(there.size()));
    }
    if (there.empty()) {
      minutes[""] += Ratio(1);
    }
  }
  return minutes;
}

/// Cents by largest remainder: each its share rounded down, and one more for the largest
/// remainders; of equals for the first room, and for idle time last.
std::map<std::string, Int128> cents_of(Int128 cents, const std::map<std::string, Ratio>& minutes) {
  Ratio all;
  for (const auto& [room_id, time] : minutes) {
    all += time;
  }
  if (all == Ratio()) {
    return {{"", cents}};
  }
  std::map<std::string, Int128> shares;
  std::vector<std::pair<Ratio, std::string>> remainders;
  Int128 rest = cents;
  for (const auto& [room_id, time] : minutes) {
    const Ratio exact = Ratio(cents) * time / all;
    shares[room_id] = exact.round(0, base::Rounding::down).digits();
    rest -= shares[room_id];
    remainders.emplace_back(exact - Ratio(shares[room_id]), room_id);
  }
  std::sort(remainders.begin(), remainders.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first
                              : !a.second.empty() && (b.second.empty() || a.second < b.second);
  });
  for (std::size_t i = 0; rest > 0; ++i, --rest) {
    shares[remainders[i].second] += 1;
  }
  return shares;
}

/// A store of one fleet, with a card of one price for each product.
class Morning {
 public:
  explicit Morning(const Fleet& fleet) : store_(Store::open_or_create(folder_ / "store.db")) {
    IngestOptions late;
    late.observed_at = parse_observed_at(sim::instant(kNovember + (kMinutes + 30) * kMinute));
    REQUIRE(store_.ingest({folder_.write("rooms.json", rooms_of(fleet))}, late).front().clean());
    REQUIRE(store_.ingest({folder_.write("polls.ndjson", polls_of(fleet))}).front().clean());
    store_.import_money(MoneyKind::rates,
                        {folder_.write("card.json",
                                       R"({"fleetmeter_rates": 1, "name": "card", "rates": [
                                         {"unit": "active_hour", "price": "0.37"},
                                         {"unit": "GB", "price": "0.51"}]})")});
  }

  [[nodiscard]] std::vector<Row> cost(int from, int to, const std::string& by) const {
    Question question;
    question.from_ms = kNovember + from * kMinute;
    question.to_ms = kNovember + to * kMinute;
    question.by = parse_group_by(by);
    Table table;
    give(question, store_.cost(question, {"card", "standard", std::nullopt}), table);
    return rows_of(table);
  }

 private:
  Folder folder_;
  Store store_;
};

}  // namespace

TEST_CASE("rooms cost what a slow reading of the rules says", "[money][rooms]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Fleet fleet = fleet_of(seed);
    const Morning morning(fleet);
    for (const auto& [from, to] : {std::pair{0, kMinutes}, std::pair{70, 200}}) {
      INFO("seed " << seed << ", from minute " << from);
      std::map<std::string, std::map<std::string, Int128>> cents;
      for (const Row& row : morning.cost(from, to, "process,room")) {
        if (row["status"] != "rounding") {
          cents[row["process_id"] + ' ' + row["product"]][row["room_id"]] = row.cents("amount");
        }
      }
      for (const Row& row : morning.cost(from, to, "process")) {
        if (row["status"] == "rounding") {
          continue;
        }
        const std::string process = row["process_id"] + ' ' + row["product"];
        INFO(process);
        auto expected =
            cents_of(row.cents("amount"),
                     minutes_of(fleet, std::stoi(row["process_id"].substr(1)), from, to));
        for (auto& [room_id, share] : cents[process]) {
          CHECK(to_text(share) == to_text(expected[room_id]));
          expected.erase(room_id);
        }
        for (const auto& [room_id, share] : expected) {
          CHECK(to_text(share) == "0");  // a row is left out only where it says nothing
        }
        cents.erase(process);
      }
      CHECK(cents.empty());
    }
  }
}
