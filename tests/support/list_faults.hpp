#pragma once

// What small archives of lists are made from.

#include <cstdint>
#include <string>
#include <vector>

namespace fleetmeter::test {

/// What really happened, as far as records will say it.
struct Life {
  std::string id;
  std::string app;
  std::vector<std::string> regions;  // more than one: it roams
  std::int64_t starting_ms = 0;
  std::int64_t started_ms = 0;
  std::int64_t gone_ms = 0;       // from then on no running list has it
  bool tells_its_end = false;     // where it is seen again
  bool stops_in_advance = false;  // its stoppingAt is told while it still runs
};

/// Chances in permille, of their own in each archive: most have few kinds of faults.
struct Faults {
  std::int64_t drop = 0;         // of elements
  std::int64_t add = 0;          // of lists: with an element that is long gone
  std::int64_t repeat = 0;       // of elements: twice in one list
  std::int64_t bare_time = 0;    // of elements: without startedAt or startingAt
  std::int64_t bare_place = 0;   // of elements: without app or region
  std::int64_t other_api = 0;    // of elements: createdAt or status
  std::int64_t reject = 0;       // of lists: with an element that is no process
  std::int64_t wrong_scope = 0;  // of lists
  std::int64_t odd_list = 0;     // of lists: null, absent, one process
  std::int64_t move_time = 0;    // of elements: a start that is told in another way
};

}  // namespace fleetmeter::test
