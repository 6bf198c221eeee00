// Egress, rule by rule.

#include <cstdint>
#include <limits>

#include "fleetmeter/int128.hpp"
#include "meter/egress.hpp"
#include "meter/life.hpp"
#include "support/catch.hpp"
#include "support/metering.hpp"

namespace fleetmeter::meter {

using namespace metering;

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

}  // namespace fleetmeter::meter
