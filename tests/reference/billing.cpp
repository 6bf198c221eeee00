#include "billing.hpp"

#include <algorithm>

namespace fleetmeter::reference {
namespace {

/// "All ends are clipped to A and never before s."
Window ends_at(Millis s, Millis end, Millis as_of) {
  return {s, std::max(s, std::min(end, as_of))};
}

/// Row 5, lo: "last observation with terminatedAt null, else s; at most terminatedAt".
Millis last_seen_not_terminated(const Process& process, Millis s) {
  Millis last = s;
  for (const Observation& observation : process.observations) {
    if (!observation.record.terminated_at_ms) {
      last = observation.observed_at_ms;
    }
  }
  return std::min(last, *process.terminated_at_ms);
}

}  // namespace

/// "s = start field, e = end field of the billing clock (startedAt, stoppingAt). Billable is the
/// overlap of [s, end) with the window; end by the first row that fits."
Billable billable(const Process& process, const Assumptions& assumptions) {
  const Millis as_of = assumptions.as_of;
  const Millis last_seen = process.last_seen_ms;
  const std::optional<Millis>& e = process.stopping_at_ms;
  const std::optional<Millis>& terminated = process.terminated_at_ms;
  if (!process.started_at_ms) {
    if (e || terminated) {
      return {};  // never_started
    }
    return {std::nullopt, std::nullopt,
            Window{last_seen, std::min(as_of, last_seen + assumptions.max_lifespan)}};  // starting
  }
  const Millis s = *process.started_at_ms;
  if (e) {
    if (*e < s) {
      return {};  // inverted
    }
    const Window known = ends_at(s, *e, as_of);
    return {known, known, known};
  }
  if (terminated) {
    if (*terminated < s) {
      return {};  // inverted: "e < s also covers terminatedAt < s in the fifth row"
    }
    const Window whole = ends_at(s, *terminated, as_of);  // no_stop_order
    return {whole, ends_at(s, last_seen_not_terminated(process, s), as_of), whole};
  }
  const Millis longest = std::max(last_seen, s + assumptions.max_lifespan);
  if (process.gone_at_ms && assumptions.trusts_absence) {
    const Millis latest = std::min(*process.gone_at_ms, longest);  // t'
    const Millis middle = last_seen + (latest - last_seen) / 2;
    return {ends_at(s, std::min(middle, last_seen + assumptions.grace), as_of),
            ends_at(s, last_seen, as_of), ends_at(s, latest, as_of)};
  }
  if (as_of - last_seen <= assumptions.grace) {
    const Window until_now = ends_at(s, as_of, as_of);  // running
    return {until_now, ends_at(s, std::min(last_seen, as_of), as_of), until_now};
  }
  const Window seen = ends_at(s, last_seen, as_of);  // orphan
  return {seen, seen, ends_at(s, std::min(as_of, longest), as_of)};
}

Millis overlap(const std::optional<Window>& interval, const Window& window) {
  if (!interval) {
    return 0;
  }
  const Millis from = std::max(interval->from, window.from);
  const Millis to = std::min(interval->to, window.to);
  return std::max<Millis>(0, to - from);
}

}  // namespace fleetmeter::reference
