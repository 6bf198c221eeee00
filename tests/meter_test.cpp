#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "fleetmeter/int128.hpp"
#include "meter/billing.hpp"
#include "meter/egress.hpp"
#include "meter/life.hpp"
#include "support/catch.hpp"

namespace fleetmeter::meter {

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;

/// A life in minutes, so that cases can be worked by hand.
struct Minutes {
  std::optional<std::int64_t> starting = {};
  std::optional<std::int64_t> started = {};
  std::optional<std::int64_t> stopping = {};
  std::optional<std::int64_t> terminated = {};
  std::int64_t first_seen = 0;
  std::int64_t last_seen = 0;
  std::optional<std::int64_t> last_alive = {};
};

Instant in_ms(const std::optional<std::int64_t>& minutes) {
  return minutes ? Instant(*minutes * kMinute) : Instant();
}

Life life_of(const Minutes& m) {
  return {in_ms(m.starting),      in_ms(m.started),      in_ms(m.stopping),  in_ms(m.terminated),
          m.first_seen * kMinute, m.last_seen * kMinute, in_ms(m.last_alive)};
}

/// As-of in minutes; grace 15 minutes, longest life 600 minutes.
Belief as_of(std::int64_t minutes) {
  return {minutes * kMinute, 15 * kMinute, 600 * kMinute};
}

Window window(std::int64_t from, std::int64_t to) {
  return {from * kMinute, to * kMinute};
}

/// Billable minutes of a life in a window.
struct Billed {
  std::string flag;
  std::int64_t point = 0;
  std::int64_t lo = 0;
  std::int64_t hi = 0;
  friend bool operator==(const Billed&, const Billed&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Billed& b) {
    return out << '"' << b.flag << "\" " << b.point << " [" << b.lo << ", " << b.hi << ']';
  }
};

Billed billed(const Minutes& life, std::int64_t as_of_minutes,
              const Window& in = window(-100'000, 100'000)) {
  const BillableSpan span = billable_span(life_of(life), as_of(as_of_minutes));
  const Bounded<std::int64_t> time = billable_in(span, in);
  const auto flag = flag_of(span.rule);
  return {flag ? flag_name(*flag) : "", time.point / kMinute, time.lo / kMinute, time.hi / kMinute};
}

struct Read {
  std::int64_t minute = 0;
  std::int64_t bytes = 0;
};

EgressCurve curve_of(const std::vector<Read>& reads, const Minutes& life,
                     std::int64_t as_of_minutes = 1000) {
  std::vector<Reading> readings;
  for (const Read& read : reads) {
    readings.push_back({read.minute * kMinute, read.bytes});
  }
  return {readings, life_of(life), as_of(as_of_minutes)};
}

struct Sent {
  std::int64_t point = 0;
  std::int64_t lo = 0;
  std::int64_t hi = 0;
  bool open = false;
  friend bool operator==(const Sent&, const Sent&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Sent& s) {
    return out << s.point << " [" << s.lo << ", " << s.hi << (s.open ? "] open" : "]");
  }
};

Sent sent(const EgressCurve& curve, std::int64_t from, std::int64_t to) {
  const EgressBytes all = curve.in(window(from, to));
  return {all.bytes.point, all.bytes.lo, all.bytes.hi, all.open};
}

std::int64_t point_at(const EgressCurve& curve, std::int64_t minute) {
  return curve.at(minute * kMinute).point;
}

}  // namespace

// ---- billable time: the table of ends, row by row

TEST_CASE("billing: start and stop known") {
  const Minutes life{.started = 10, .stopping = 70, .terminated = 75, .last_seen = 60};
  CHECK(billed(life, 100) == Billed{"", 60, 60, 60});
  CHECK(billed(life, 100, window(0, 40)) == Billed{"", 30, 30, 30});
  CHECK(billed(life, 100, window(40, 100)) == Billed{"", 30, 30, 30});
  CHECK(billed(life, 100, window(70, 100)) == Billed{"", 0, 0, 0});
  CHECK(billed(life, 50) == Billed{"", 40, 40, 40});  // clipped to the as-of
  CHECK(billed(life, 5) == Billed{"", 0, 0, 0});      // which may lie before the start
  CHECK(billed({.started = 10, .stopping = 10}, 100) == Billed{"", 0, 0, 0});
  // terminatedAt before stoppingAt is an oddity, not an inversion of this clock.
  CHECK(billed({.started = 10, .stopping = 70, .terminated = 5}, 100) == Billed{"", 60, 60, 60});
}

TEST_CASE("billing: an end before the start is nothing") {
  CHECK(billed({.started = 10, .stopping = 9}, 100) == Billed{"inverted", 0, 0, 0});
  CHECK(billed({.started = 10, .terminated = 9}, 100) == Billed{"inverted", 0, 0, 0});
  CHECK(billed({.started = 10, .stopping = 9, .terminated = 90}, 100) ==
        Billed{"inverted", 0, 0, 0});
}

TEST_CASE("billing: an end without a start is nothing") {
  CHECK(billed({.starting = 1, .stopping = 50}, 100) == Billed{"never_started", 0, 0, 0});
  CHECK(billed({.starting = 1, .terminated = 50}, 100) == Billed{"never_started", 0, 0, 0});
}

TEST_CASE("billing: not started yet is at most from its last sight to the as-of") {
  const Minutes life{.starting = 1, .first_seen = 2, .last_seen = 60};
  CHECK(billed(life, 100) == Billed{"starting", 0, 0, 40});
  CHECK(billed(life, 100, window(0, 70)) == Billed{"starting", 0, 0, 10});
  CHECK(billed(life, 50) == Billed{"starting", 0, 0, 0});
  CHECK(billed(life, 60) == Billed{"starting", 0, 0, 0});
}

TEST_CASE("billing: without a stop order the end is terminatedAt") {
  CHECK(billed({.started = 10, .terminated = 80, .last_seen = 90, .last_alive = 60}, 100) ==
        Billed{"no_stop_order", 70, 50, 70});
  // Never seen alive: at the least, nothing.
  CHECK(billed({.started = 10, .terminated = 80, .last_seen = 90}, 100) ==
        Billed{"no_stop_order", 70, 0, 70});
  // An observation said alive after it was dead: at most terminatedAt.
  CHECK(billed({.started = 10, .terminated = 80, .last_seen = 90, .last_alive = 90}, 100) ==
        Billed{"no_stop_order", 70, 70, 70});
  // Seen alive before it started.
  CHECK(billed({.started = 10, .terminated = 80, .last_seen = 90, .last_alive = 5}, 100) ==
        Billed{"no_stop_order", 70, 0, 70});
  CHECK(billed({.started = 10, .terminated = 80, .last_seen = 90, .last_alive = 60}, 50) ==
        Billed{"no_stop_order", 40, 40, 40});
}

TEST_CASE("billing: seen within the grace of the as-of, it runs") {
  const Minutes life{.started = 10, .last_seen = 85};
  CHECK(billed(life, 100) == Billed{"running", 90, 75, 90});  // exactly the grace
  CHECK(billed(life, 85) == Billed{"running", 75, 75, 75});
  CHECK(billed(life, 50) == Billed{"running", 40, 40, 40});  // the as-of before its last sight
  CHECK(billed(life, 5) == Billed{"running", 0, 0, 0});
}

TEST_CASE("billing: lost from sight, until it was last seen") {
  const Minutes life{.started = 10, .last_seen = 84};
  CHECK(billed(life, 100) == Billed{"orphan", 74, 74, 90});    // hi: the as-of
  CHECK(billed(life, 5000) == Billed{"orphan", 74, 74, 600});  // hi: the longest life
  CHECK(billed(life, 610) == Billed{"orphan", 74, 74, 600});
  // Seen longer than the longest life: until then, surely.
  CHECK(billed({.started = 10, .last_seen = 900}, 5000) == Billed{"orphan", 890, 890, 890});
  // Last seen before its start (an oddity): nothing before the start.
  CHECK(billed({.started = 10, .last_seen = 3}, 5000) == Billed{"orphan", 0, 0, 600});
}

TEST_CASE("billing: a millisecond is a millisecond") {
  const Life life{{}, 1, 3, {}, 0, 0, {}};
  const BillableSpan span = billable_span(life, {1000, 0, 0});
  CHECK(billable_in(span, {0, 2}).point == 1);
  CHECK(billable_in(span, {2, 3}).point == 1);
  CHECK(billable_in(span, {3, 4}).point == 0);
  CHECK(billable_in(span, {2, 2}).point == 0);
}

// ---- egress: rule by rule

TEST_CASE("egress: between anchors the counter grows evenly") {
  const EgressCurve curve = curve_of({{10, 100}, {20, 300}}, {.started = 0, .last_seen = 20});
  CHECK(curve.metered());
  CHECK(point_at(curve, -5) == 0);
  CHECK(point_at(curve, 0) == 0);
  CHECK(point_at(curve, 5) == 50);
  CHECK(point_at(curve, 10) == 100);
  CHECK(point_at(curve, 15) == 200);
  CHECK(point_at(curve, 20) == 300);
  CHECK(point_at(curve, 999) == 300);
  CHECK(sent(curve, 0, 20) == Sent{300, 300, 300, false});
  CHECK(sent(curve, 5, 15) == Sent{150, 0, 300, false});
  CHECK(sent(curve, 10, 15) == Sent{100, 0, 200, false});
}

TEST_CASE("egress: fractions of a byte are dropped, and parts still sum to the whole") {
  const EgressCurve curve({{3, 10}}, {{}, 0, {}, {}, 3, 3, {}}, {100, 0, 0});
  CHECK(curve.at(1).point == 3);
  CHECK(curve.at(2).point == 6);
  CHECK(curve.in({0, 1}).bytes.point + curve.in({1, 2}).bytes.point +
            curve.in({2, 3}).bytes.point ==
        10);
}

TEST_CASE("egress: a wrapped int32 is repaired") {
  const EgressCurve curve =
      curve_of({{10, 2147483647}, {20, -2147483648}, {30, -1}}, {.started = 0, .last_seen = 30});
  CHECK(curve.flags().wrap32);
  CHECK(curve.anchors()[1].bytes == 2147483648);
  CHECK(point_at(curve, 30) == 4294967295);
  CHECK_FALSE(curve.flags().stale_read);
  CHECK_FALSE(curve_of({{10, 5}}, {.started = 0}).flags().wrap32);
}

TEST_CASE("egress: the counter was zero at startedAt, else at startingAt, else nobody knows") {
  CHECK(curve_of({{10, 1}}, {.starting = 2, .started = 5}).zero_ms() == 5 * kMinute);
  CHECK(curve_of({{10, 1}}, {.starting = 2}).zero_ms() == 2 * kMinute);
  CHECK(curve_of({{10, 1}}, {.starting = 2, .started = 11}).zero_ms() == 2 * kMinute);
  CHECK(curve_of({{10, 1}}, {.starting = 2, .started = 10}).zero_ms() == 2 * kMinute);
  CHECK_FALSE(curve_of({{10, 1}}, {.starting = 10, .started = 11}).zero_ms());
  CHECK_FALSE(curve_of({{10, 1}}, {}).zero_ms());
  CHECK(curve_of({{10, 1}}, {}).flags().unknown_start);
  CHECK_FALSE(curve_of({{10, 1}}, {.started = 5}).flags().unknown_start);
}

TEST_CASE("egress: with an unknown start the first value is a step that lo never holds") {
  const EgressCurve curve = curve_of({{10, 100}, {20, 150}}, {.last_seen = 20}, 20);
  CHECK(point_at(curve, 9) == 0);
  CHECK(point_at(curve, 10) == 100);
  CHECK(sent(curve, 9, 10) == Sent{100, 0, 100, false});
  CHECK(sent(curve, 10, 20) == Sent{50, 50, 50, false});
  CHECK(sent(curve, 0, 15) == Sent{125, 0, 150, false});
  // Up to the longest life before its first sight something can have left.
  CHECK(sent(curve, -500, -400) == Sent{0, 0, 100, false});
  CHECK(sent(curve, -700, -590) == Sent{0, 0, 0, false});
  CHECK(sent(curve, -700, -589) == Sent{0, 0, 100, false});
}

TEST_CASE("egress: a reading made after the end counts as made at the end") {
  const Minutes life{.started = 0, .terminated = 15, .last_seen = 2000};
  const EgressCurve curve = curve_of({{10, 100}, {2000, 300}}, life);
  CHECK(curve.flags().late_final);
  CHECK(curve.anchors().back().at_ms == 15 * kMinute);
  CHECK(point_at(curve, 15) == 300);
  CHECK(sent(curve, 15, 3000) == Sent{0, 0, 0, false});
  CHECK_FALSE(curve.open_ended());
  // Several late ones: the largest.
  CHECK(point_at(curve_of({{20, 300}, {30, 350}, {40, 320}}, life), 15) == 350);
  // At the end exactly is not late.
  CHECK_FALSE(curve_of({{15, 300}}, life).flags().late_final);
}

TEST_CASE("egress: an end before the zero anchor moves nothing") {
  const EgressCurve curve = curve_of({{10, 100}}, {.started = 5, .terminated = 3, .last_seen = 10});
  CHECK(curve.anchors().back().at_ms == 10 * kMinute);
  CHECK(curve.zero_ms() == 5 * kMinute);
  CHECK_FALSE(curve.open_ended());  // made at or after terminatedAt
}

TEST_CASE("egress: a first reading that falls on the zero anchor leaves none") {
  const EgressCurve curve = curve_of({{10, 100}}, {.started = 5, .terminated = 5, .last_seen = 10});
  CHECK_FALSE(curve.zero_ms());
  CHECK(curve.flags().unknown_start);
  CHECK(curve.anchors().front().at_ms == 5 * kMinute);
  CHECK(point_at(curve, 4) == 0);
  CHECK(point_at(curve, 5) == 100);
}

TEST_CASE("egress: without a zero anchor a late reading moves too") {
  const EgressCurve curve = curve_of({{10, 100}}, {.terminated = 5, .last_seen = 10});
  CHECK(curve.anchors().front().at_ms == 5 * kMinute);
  CHECK(curve.flags().unknown_start);
}

TEST_CASE("egress: a dip that recovers is passed over") {
  const EgressCurve curve =
      curve_of({{10, 100}, {20, 40}, {30, 130}}, {.started = 0, .last_seen = 30});
  CHECK(curve.flags().stale_read);
  CHECK_FALSE(curve.flags().counter_break);
  CHECK(point_at(curve, 20) == 100);
  CHECK(point_at(curve, 25) == 115);
  CHECK(sent(curve, 0, 30) == Sent{130, 130, 130, false});
  // Back to exactly the maximum is recovered too.
  CHECK(curve_of({{10, 100}, {20, 40}, {30, 100}}, {.started = 0}).flags().stale_read);
}

TEST_CASE("egress: a counter that ends below its maximum is broken, and open") {
  const Minutes life{.started = 0, .terminated = 30, .last_seen = 30};
  const EgressCurve curve = curve_of({{10, 100}, {20, 40}, {30, 60}}, life);
  CHECK(curve.flags().counter_break);
  CHECK_FALSE(curve.flags().stale_read);
  CHECK(point_at(curve, 30) == 100);
  CHECK(curve.open_ended());
  CHECK(sent(curve, 0, 31) == Sent{100, 100, 100, true});
  CHECK(sent(curve, 30, 31) == Sent{0, 0, 0, false});  // nothing leaves a dead process
  CHECK(curve_of({{10, 100}, {20, 40}, {30, 110}, {40, 1}}, life).flags().stale_read);
}

TEST_CASE("egress: several readings of one instant count as the largest") {
  const EgressCurve curve =
      curve_of({{10, 50}, {10, 100}, {10, -1}, {20, 4294967297}}, {.started = 0, .last_seen = 20});
  CHECK(curve.anchors().size() == 2);
  CHECK(curve.anchors()[0].bytes == 4294967295);
  CHECK_FALSE(curve.flags().stale_read);
}

TEST_CASE("egress: the order of the readings does not matter") {
  const Minutes life{.started = 0, .last_seen = 40};
  const EgressCurve sorted = curve_of({{10, 1}, {20, 5}, {30, 3}, {40, 9}}, life);
  const EgressCurve shuffled = curve_of({{40, 9}, {20, 5}, {10, 1}, {30, 3}, {20, 5}}, life);
  for (std::int64_t minute = -5; minute < 50; ++minute) {
    CHECK(point_at(sorted, minute) == point_at(shuffled, minute));
  }
}

TEST_CASE("egress: a counter flat at an int32's end is open") {
  const Minutes life{.started = 0, .terminated = 30, .last_seen = 30};
  CHECK(curve_of({{20, 2147483647}, {30, 2147483647}}, life).flags().clamped32);
  CHECK(curve_of({{20, 2147483647}, {30, 2147483647}}, life).open_ended());
  CHECK_FALSE(curve_of({{30, 2147483647}}, life).flags().clamped32);
  CHECK_FALSE(curve_of({{20, 2147483646}, {30, 2147483647}}, life).flags().clamped32);
  CHECK_FALSE(
      curve_of({{10, 2147483647}, {20, 2147483647}, {30, 2147483648}}, life).flags().clamped32);
}

TEST_CASE("egress: bounds hold what was surely and what was possibly sent") {
  const EgressCurve curve = curve_of(
      {{10, 100}, {20, 300}}, {.starting = -10, .started = 0, .terminated = 20, .last_seen = 25});
  CHECK(curve.at(9 * kMinute).lo == 0);
  CHECK(curve.at(10 * kMinute).lo == 100);
  CHECK(curve.at(19 * kMinute).lo == 100);
  CHECK(curve.at(20 * kMinute).lo == 300);
  CHECK(curve.at(-10 * kMinute).hi == 0);
  CHECK(curve.at(-10 * kMinute + 1).hi == 100);  // from startingAt on, the earlier of the two
  CHECK(curve.at(10 * kMinute).hi == 100);
  CHECK(curve.at(10 * kMinute + 1).hi == 300);
  CHECK(sent(curve, -20, 5) == Sent{50, 0, 100, false});
  CHECK(sent(curve, 5, 25) == Sent{250, 200, 300, false});
}

TEST_CASE("egress: a process is open behind its last reading and before its death bound") {
  // Alive, seen within the grace: open until the as-of.
  const EgressCurve alive = curve_of({{10, 100}}, {.started = 0, .last_seen = 90}, 100);
  CHECK(alive.death_ms() == 100 * kMinute);
  CHECK(sent(alive, 0, 10) == Sent{100, 100, 100, false});
  CHECK(sent(alive, 0, 11) == Sent{100, 100, 100, true});
  CHECK(sent(alive, 50, 60) == Sent{0, 0, 0, true});
  CHECK(sent(alive, 100, 110) == Sent{0, 0, 0, false});
  // Lost from sight: its longest life, or the as-of.
  CHECK(curve_of({{10, 1}}, {.started = 5, .last_seen = 10}, 5000).death_ms() == 605 * kMinute);
  CHECK(curve_of({{10, 1}}, {.starting = 4, .last_seen = 10}, 5000).death_ms() == 604 * kMinute);
  CHECK(curve_of({{10, 1}}, {.last_seen = 10}, 5000).death_ms() == 610 * kMinute);
  CHECK(curve_of({{10, 1}}, {.started = 5, .last_seen = 700}, 5000).death_ms() == 700 * kMinute);
  CHECK(curve_of({{10, 1}}, {.started = 5, .last_seen = 10}, 100).death_ms() == 100 * kMinute);
  // Dead, but its final value was never read.
  const EgressCurve unread =
      curve_of({{10, 100}}, {.started = 0, .terminated = 15, .last_seen = 90}, 100);
  CHECK(unread.open_ended());
  CHECK(sent(unread, 10, 20) == Sent{0, 0, 0, true});
  CHECK(sent(unread, 14, 20) == Sent{0, 0, 0, true});
  CHECK(sent(unread, 15, 20) == Sent{0, 0, 0, false});
}

TEST_CASE("egress: without any reading a process is unmetered while it lives") {
  CHECK_FALSE(curve_of({}, {.started = 0}).metered());
  const auto unmetered = [](const Minutes& life, std::int64_t from, std::int64_t to) {
    return unmetered_in(life_of(life), as_of(100), window(from, to));
  };
  const Minutes dead{
      .starting = 5, .started = 10, .terminated = 50, .first_seen = 30, .last_seen = 60};
  CHECK(unmetered(dead, 0, 100));
  CHECK_FALSE(unmetered(dead, 0, 10));
  CHECK(unmetered(dead, 0, 11));
  CHECK(unmetered(dead, 49, 50));
  CHECK_FALSE(unmetered(dead, 50, 60));
  CHECK(unmetered({.starting = 5, .last_seen = 95}, 5, 6));
  CHECK_FALSE(unmetered({.starting = 5, .last_seen = 95}, 100, 110));
  CHECK_FALSE(unmetered({.first_seen = 30, .last_seen = 95}, 20, 30));
  CHECK(unmetered({.first_seen = 30, .last_seen = 95}, 30, 31));
}

TEST_CASE("egress: no product overflows") {
  constexpr std::int64_t kHuge = 1LL << 62;
  constexpr std::int64_t kSpan = 2000LL * 365 * 24 * kHour;
  const EgressCurve curve({{kSpan, kHuge}}, {{}, 0, {}, {}, kSpan, kSpan, {}},
                          {kSpan, 0, std::numeric_limits<std::int64_t>::max() / 4});
  CHECK(curve.at(kSpan).point == kHuge);
  CHECK(curve.at(kSpan / 2).point == kHuge / 2);
  CHECK(curve.at(kSpan - 1).point ==
        static_cast<std::int64_t>(Int128{kHuge} * (kSpan - 1) / kSpan));
  CHECK(curve.at(1).point == kHuge / kSpan);
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const EgressCurve edge({{0, 1}, {kSpan, most}}, {{}, {}, {}, {}, 0, kSpan, {}}, {kSpan, 0, 0});
  CHECK(edge.at(kSpan - 1).point ==
        1 + static_cast<std::int64_t>(Int128{most - 1} * (kSpan - 1) / kSpan));
  CHECK(edge.in({-1, kSpan}).bytes.point == most);
}

// ---- the laws, on random processes

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
