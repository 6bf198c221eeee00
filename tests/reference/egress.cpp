#include "egress.hpp"

#include <algorithm>
#include <map>

namespace fleetmeter::reference {
namespace {

constexpr std::int64_t kInt32Max = 2147483647;

/// Rule 1: "A value in [−2^31, −1] is a wrapped int32: add 2^32."
std::int64_t repaired(std::int64_t value) {
  return value < 0 ? value + 4294967296LL : value;
}

std::vector<Reading> repaired_readings(const Process& process) {
  std::vector<Reading> out;
  for (const Observation& observation : process.observations) {
    if (observation.record.egressed_bytes) {
      out.push_back({observation.observed_at_ms, repaired(*observation.record.egressed_bytes)});
    }
  }
  return out;
}

/// Rule 2: "It was 0 at z = startedAt if that is earlier than the first observation, else
/// startingAt if that is. If neither is, there is none."
std::optional<Millis> zero_anchor(const Process& process, Millis first) {
  if (process.started_at_ms && *process.started_at_ms < first) {
    return process.started_at_ms;
  }
  if (process.starting_at_ms && *process.starting_at_ms < first) {
    return process.starting_at_ms;
  }
  return std::nullopt;
}

/// Rule 3: "If terminatedAt is known and there is no z or z ≤ terminatedAt, an observation made
/// later than terminatedAt counts as made at terminatedAt."
void apply_final_anchor(std::vector<Reading>& readings, const std::optional<Millis>& z,
                        const std::optional<Millis>& terminated) {
  if (!terminated || (z && *z > *terminated)) {
    return;
  }
  for (Reading& reading : readings) {
    reading.at = std::min(reading.at, *terminated);
  }
}

/// "Of several at one instant the largest (repaired) value."
std::vector<Reading> largest_per_instant(const std::vector<Reading>& readings) {
  std::map<Millis, std::int64_t> largest;
  for (const Reading& reading : readings) {
    const auto [slot, added] = largest.try_emplace(reading.at, reading.value);
    slot->second = std::max(slot->second, reading.value);
  }
  std::vector<Reading> out;
  out.reserve(largest.size());
  for (const auto& [at, value] : largest) {
    out.push_back({at, value});
  }
  return out;
}

/// Rule 4: "Running maximum in time order. A last value below the maximum is counter_break."
/// Rule 6: "A value flat at exactly 2147483647 in the last two observations is clamped32."
void clean(Counter& counter) {
  std::vector<Reading>& readings = counter.readings;
  const std::int64_t last_as_read = readings.back().value;
  for (std::size_t i = 1; i < readings.size(); ++i) {
    readings[i].value = std::max(readings[i].value, readings[i - 1].value);
  }
  counter.counter_break = last_as_read < readings.back().value;
  const std::size_t n = readings.size();
  counter.clamped32 =
      n >= 2 && readings[n - 1].value == kInt32Max && readings[n - 2].value == kInt32Max;
}

/// Rule 6: "0 at or before the earlier of startingAt and startedAt when there is a zero anchor, and
/// 0 at or before (first observation − max_lifespan) when there is none."
Millis zero_until(const Process& process, const Counter& counter, Millis max_lifespan) {
  if (!counter.zero_anchor) {
    return counter.readings.front().at - max_lifespan;
  }
  const Millis z = *counter.zero_anchor;
  return std::min(process.starting_at_ms.value_or(z), process.started_at_ms.value_or(z));
}

}  // namespace

Counter counter_of(const Process& process, const Assumptions& assumptions) {
  Counter counter;
  counter.terminated_at_ms = process.terminated_at_ms;
  std::vector<Reading> readings = repaired_readings(process);
  if (readings.empty()) {
    return counter;
  }
  counter.zero_anchor = zero_anchor(process, readings.front().at);
  apply_final_anchor(readings, counter.zero_anchor, process.terminated_at_ms);
  counter.readings = largest_per_instant(readings);
  // Rule 3: "Should the first observation thereby fall on z: no zero anchor."
  if (counter.zero_anchor == counter.readings.front().at) {
    counter.zero_anchor.reset();
  }
  clean(counter);
  counter.zero_until = zero_until(process, counter, assumptions.max_lifespan);
  return counter;
}

/// Rule 5: "Between anchors (t0,v0), (t1,v1): G(B) = v0 + floor((v1 − v0) · (B − t0) / (t1 − t0)).
/// 0 at and before z; after the last anchor the last value. With unknown_start the first value is
/// a step: G is 0 before the first observation and that value from it on."
Wide used_before(const Counter& counter, Millis b) {
  std::vector<Reading> anchors;
  if (counter.zero_anchor) {
    anchors.push_back({*counter.zero_anchor, 0});
  }
  for (const Reading& reading : counter.readings) {
    anchors.push_back(reading);
  }
  if (anchors.empty() || b < anchors.front().at) {
    return 0;
  }
  for (std::size_t i = 1; i < anchors.size(); ++i) {
    const Reading& left = anchors[i - 1];
    const Reading& right = anchors[i];
    if (b < right.at) {
      const Wide rise = Wide{right.value} - left.value;
      return left.value + rise * (Wide{b} - left.at) / (Wide{right.at} - left.at);
    }
  }
  return anchors.back().value;
}

/// Rule 6: "L(B) = the last clean observed value at or before B, 0 before the first."
Wide least_used(const Counter& counter, Millis b) {
  Wide value = 0;
  for (const Reading& reading : counter.readings) {
    if (reading.at <= b) {
      value = reading.value;
    }
  }
  return value;
}

/// Rule 6: "U(B) = the first clean observed value at or after B; but 0 at or before [zero_until].
/// After the last observation U is the last value."
Wide most_used(const Counter& counter, Millis b) {
  if (counter.readings.empty() || b <= counter.zero_until) {
    return 0;
  }
  for (const Reading& reading : counter.readings) {
    if (reading.at >= b) {
      return reading.value;
    }
  }
  return counter.readings.back().value;
}

/// "D = terminatedAt; else A when A − S ≤ grace; else min(A, max(S, (startedAt, else startingAt,
/// else S) + max_lifespan))."
Millis death_bound(const Process& process, const Assumptions& assumptions) {
  if (process.terminated_at_ms) {
    return *process.terminated_at_ms;
  }
  const Millis as_of = assumptions.as_of;
  const Millis last_seen = process.last_seen_ms;
  if (as_of - last_seen <= assumptions.grace) {
    return as_of;
  }
  const Millis born = process.started_at_ms.value_or(process.starting_at_ms.value_or(last_seen));
  return std::min(as_of, std::max(last_seen, born + assumptions.max_lifespan));
}

/// Rule 6: "[After the last observation U is] open unless that observation was made at or after
/// terminatedAt. A process is open in a window when U(b) is open, b is later than its last
/// observation and a is earlier than D." Rule 4 and clamped32: open for these as well.
bool is_open(const Counter& counter, Millis death, const Window& window) {
  if (counter.readings.empty()) {
    return false;
  }
  const Millis last = counter.readings.back().at;
  const bool final_seen = counter.terminated_at_ms && last >= *counter.terminated_at_ms;
  const bool open_at_end = !final_seen || counter.counter_break || counter.clamped32;
  return open_at_end && window.to > last && window.from < death;
}

bool is_alive_in(const Process& process, Millis death, const Window& window) {
  const Millis born =
      process.started_at_ms.value_or(process.starting_at_ms.value_or(process.first_seen_ms));
  return std::max(born, window.from) < std::min(death, window.to);
}

}  // namespace fleetmeter::reference
