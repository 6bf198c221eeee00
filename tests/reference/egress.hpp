#pragma once

#include <optional>
#include <vector>

#include "civil.hpp"
#include "process.hpp"

namespace fleetmeter::reference {

/// Wide enough for any product of bytes and milliseconds.
__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using): __extension__ needs typedef

/// One value of the running total at one instant.
struct Reading {
  Millis at = 0;
  std::int64_t value = 0;
};

/// The readings of one process after rules 1 to 4, and what those rules found out.
struct Counter {
  std::vector<Reading> readings;      // one an instant, never falling; empty: unmetered
  std::optional<Millis> zero_anchor;  // z
  Millis zero_until = 0;              // U is 0 at and before this
  std::optional<Millis> terminated_at_ms;
  bool counter_break = false;
  bool clamped32 = false;
};

[[nodiscard]] Counter counter_of(const Process& process, const Assumptions& assumptions);

/// How much had been used before instant B: the point, the least and the most.
[[nodiscard]] Wide used_before(const Counter& counter, Millis b);
[[nodiscard]] Wide least_used(const Counter& counter, Millis b);
[[nodiscard]] Wide most_used(const Counter& counter, Millis b);

/// Death bound D.
[[nodiscard]] Millis death_bound(const Process& process, const Assumptions& assumptions);

[[nodiscard]] bool is_open(const Counter& counter, Millis death, const Window& window);

/// Rule 7: does the window overlap [startedAt else startingAt else first seen, D)?
[[nodiscard]] bool is_alive_in(const Process& process, Millis death, const Window& window);

}  // namespace fleetmeter::reference
