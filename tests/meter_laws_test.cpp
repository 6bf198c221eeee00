// The laws of the meters, on random processes.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "meter/billing.hpp"
#include "meter/egress.hpp"
#include "meter/life.hpp"
#include "support/catch.hpp"
#include "support/metering.hpp"

namespace fleetmeter::meter {

using namespace metering;

namespace {

class RandomLife {
 public:
  explicit RandomLife(std::uint64_t seed) : random_(seed) {}

  std::int64_t minute() { return std::uniform_int_distribution<std::int64_t>(-50, 300)(random_); }
  std::optional<std::int64_t> maybe() {
    return random_() % 3 == 0 ? std::nullopt : std::optional(minute());
  }
  Minutes life() {
    Minutes life{.starting = maybe(),
                 .started = maybe(),
                 .stopping = maybe(),
                 .terminated = maybe(),
                 .last_alive = maybe()};
    life.first_seen = minute();
    life.last_seen = std::max(life.first_seen, minute());
    return life;
  }
  std::vector<Read> reads(const Minutes& life) {
    std::vector<Read> out;
    for (std::uint64_t i = random_() % 8; i > 0; --i) {
      auto when = std::uniform_int_distribution<std::int64_t>(life.first_seen, life.last_seen);
      const std::int64_t value =
          random_() % 10 == 0   ? -static_cast<std::int64_t>(random_() % 1000) - 1
          : random_() % 10 == 0 ? 2147483647
                                : static_cast<std::int64_t>(random_() % 5000);
      out.push_back({when(random_), value});
    }
    return out;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("laws: billable time lies between its bounds, and parts sum to the whole") {
  RandomLife random(1);
  for (int i = 0; i < 3000; ++i) {
    const Minutes life = random.life();
    const BillableSpan span = billable_span(life_of(life), as_of(random.minute()));
    std::vector<std::int64_t> cuts{-1000, 5000};
    for (int c = 0; c < 5; ++c) {
      cuts.push_back(random.minute());
    }
    std::sort(cuts.begin(), cuts.end());
    Bounded<std::int64_t> sum;
    for (std::size_t c = 1; c < cuts.size(); ++c) {
      const Bounded<std::int64_t> part = billable_in(span, window(cuts[c - 1], cuts[c]));
      REQUIRE(part.lo <= part.point);
      REQUIRE(part.point <= part.hi);
      REQUIRE(part.lo >= 0);
      sum.point += part.point;
      sum.lo += part.lo;
      sum.hi += part.hi;
    }
    const Bounded<std::int64_t> whole = billable_in(span, window(-1000, 5000));
    REQUIRE(sum.point == whole.point);
    REQUIRE(sum.lo == whole.lo);
    REQUIRE(sum.hi == whole.hi);
  }
}

TEST_CASE("laws: egress lies between its bounds, and parts sum to the whole") {
  RandomLife random(2);
  for (int i = 0; i < 3000; ++i) {
    const Minutes life = random.life();
    const std::vector<Read> reads = random.reads(life);
    const EgressCurve curve = curve_of(reads, life, random.minute());
    if (!curve.metered()) {
      continue;
    }
    std::vector<std::int64_t> cuts{-100'000, 100'000};
    for (int c = 0; c < 6; ++c) {
      cuts.push_back(random.minute());
    }
    std::sort(cuts.begin(), cuts.end());
    std::int64_t sum = 0;
    for (std::size_t c = 1; c < cuts.size(); ++c) {
      const Sent part = sent(curve, cuts[c - 1], cuts[c]);
      REQUIRE(part.lo >= 0);
      REQUIRE(part.lo <= part.point);
      REQUIRE(part.point <= part.hi);
      sum += part.point;
    }
    // Over all time: the cleaned last value, nothing lost and nothing invented.
    REQUIRE(sum == curve.anchors().back().bytes);
    for (std::int64_t minute = -60; minute < 310; minute += 7) {
      REQUIRE(curve.at(minute * kMinute).lo <= curve.at(minute * kMinute).point);
      REQUIRE(curve.at(minute * kMinute).point <= curve.at(minute * kMinute).hi);
      REQUIRE(curve.at(minute * kMinute).point <= curve.at((minute + 1) * kMinute).point);
    }
    // Outside what it says is quiet there is nothing at all.
    const std::int64_t before = curve.quiet_before_ms();
    const std::int64_t from = curve.quiet_from_ms();
    for (const Window& quiet : {Window{before - 1000, before}, Window{from, from + 1000}}) {
      const EgressBytes none = curve.in(quiet);
      REQUIRE(none.bytes.point == 0);
      REQUIRE(none.bytes.hi == 0);
      REQUIRE_FALSE(none.open);
    }
  }
}

}  // namespace fleetmeter::meter
