// Billable time: the table of ends, row by row.

#include "meter/billing.hpp"
#include "meter/life.hpp"
#include "support/catch.hpp"
#include "support/metering.hpp"

namespace fleetmeter::meter {

using namespace metering;

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

}  // namespace fleetmeter::meter
