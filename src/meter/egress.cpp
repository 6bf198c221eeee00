#include "meter/egress.hpp"

#include <algorithm>
#include <iterator>

#include "base/invariant.hpp"

namespace fleetmeter::meter {

namespace {

constexpr std::int64_t kTwoTo32 = 4294967296;
constexpr std::int64_t kInt32Max = 2147483647;

bool earlier(const Reading& a, const Reading& b) {
  return a.at_ms < b.at_ms;
}

/// Whether an anchor may not stand before another: not earlier than it, or of more bytes.
[[maybe_unused]] bool not_in_order(const Reading& a, const Reading& b) {
  return a.at_ms >= b.at_ms || a.bytes > b.bytes;
}

/// In time order; of several at one instant the largest value.
void order(std::vector<Reading>& readings) {
  std::sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
    return a.at_ms != b.at_ms ? a.at_ms < b.at_ms : a.bytes > b.bytes;
  });
  readings.erase(std::unique(readings.begin(), readings.end(),
                             [](const Reading& a, const Reading& b) { return a.at_ms == b.at_ms; }),
                 readings.end());
}

std::optional<Reading> zero_of(const EgressStart& start) {
  return start.zero_ms ? std::optional(Reading{*start.zero_ms, 0}) : std::nullopt;
}

}  // namespace

std::int64_t share(std::int64_t bytes, std::int64_t elapsed_ms, std::int64_t span_ms) {
  __extension__ typedef __int128 Wide;
  return static_cast<std::int64_t>(static_cast<Wide>(bytes) * elapsed_ms / span_ms);
}

std::int64_t repaired(std::int64_t bytes) {
  return bytes < 0 ? bytes + kTwoTo32 : bytes;
}

EgressStart egress_start(const Life& life, std::int64_t first_reading_ms,
                         std::int64_t max_lifespan_ms) {
  EgressStart start;
  start.first_ms = first_reading_ms;
  if (life.started_at_ms && *life.started_at_ms < first_reading_ms) {
    start.zero_ms = life.started_at_ms;
  } else if (life.starting_at_ms && *life.starting_at_ms < first_reading_ms) {
    start.zero_ms = life.starting_at_ms;
  }
  // Bytes do not move to the next day because the poll came late.
  if (life.terminated_at_ms && (!start.zero_ms || *start.zero_ms <= *life.terminated_at_ms)) {
    start.end_ms = life.terminated_at_ms;
    start.first_ms = std::min(start.first_ms, *start.end_ms);
  }
  if (start.zero_ms && *start.zero_ms == start.first_ms) {
    start.zero_ms.reset();
  }
  // With a zero anchor nothing left before the process began; without one, it can have begun at
  // most its longest life before it was first read.
  start.upper_is_zero_until_ms = start.zero_ms
                                     ? std::min(life.started_at_ms.value_or(*start.zero_ms),
                                                life.starting_at_ms.value_or(*start.zero_ms))
                                     : start.first_ms - max_lifespan_ms;
  return start;
}

Bounded<std::int64_t> values_at(std::int64_t at_ms, const Neighbours& anchors,
                                const EgressStart& start) {
  const auto& [before, after] = anchors;
  Bounded<std::int64_t> values;
  values.lo = before ? before->bytes : 0;
  values.point = values.lo;
  if (at_ms > start.upper_is_zero_until_ms) {
    values.hi = after && !(before && before->at_ms == at_ms) ? after->bytes : values.lo;
  }
  if (const auto known = before ? before : zero_of(start); known && after && at_ms > known->at_ms) {
    values.point +=
        share(after->bytes - known->bytes, at_ms - known->at_ms, after->at_ms - known->at_ms);
  }
  return values;
}

EgressCurve::EgressCurve(std::vector<Reading> readings, const Life& life, const Belief& belief)
    : death_ms_(death_bound(life, belief)) {
  if (readings.empty()) {
    return;
  }
  repair(readings);
  order(readings);
  start_ = egress_start(life, readings.front().at_ms, belief.max_lifespan_ms);
  clamp_to_end(readings);
  flags_.unknown_start = !start_.zero_ms;
  clean(readings);
  base::check_in_tests(
      [&] {
        return std::adjacent_find(anchors_.begin(), anchors_.end(), not_in_order) == anchors_.end();
      },
      "anchors go up, in time and in bytes, or the search between them would err");
  const bool final_seen = life.terminated_at_ms && anchors_.back().at_ms >= *life.terminated_at_ms;
  open_ended_ = !final_seen || flags_.counter_break || flags_.clamped32;
}

void EgressCurve::repair(std::vector<Reading>& readings) {
  for (Reading& reading : readings) {
    if (reading.bytes < 0) {
      reading.bytes = repaired(reading.bytes);
      flags_.wrap32 = true;
    }
  }
}

void EgressCurve::clamp_to_end(std::vector<Reading>& readings) {
  if (!start_.end_ms) {
    return;
  }
  for (Reading& reading : readings) {
    if (reading.at_ms > *start_.end_ms) {
      reading.at_ms = *start_.end_ms;
      flags_.late_final = true;
    }
  }
  order(readings);
}

/// The running maximum, and what it passed over.
void EgressCurve::clean(const std::vector<Reading>& readings) {
  std::int64_t highest = readings.front().bytes;
  bool below = false;  // since the highest value a lower one was read
  anchors_.reserve(readings.size());
  for (const Reading& reading : readings) {
    if (reading.bytes >= highest) {
      flags_.stale_read = flags_.stale_read || below;
      below = false;
      highest = reading.bytes;
    } else {
      below = true;
    }
    anchors_.push_back({reading.at_ms, highest});
  }
  flags_.counter_break = below;
  const std::size_t count = anchors_.size();
  flags_.clamped32 = count >= 2 && anchors_[count - 1].bytes == kInt32Max &&
                     anchors_[count - 2].bytes == kInt32Max;
}

Bounded<std::int64_t> EgressCurve::at(std::int64_t at_ms) const {
  const auto after = std::upper_bound(anchors_.begin(), anchors_.end(), Reading{at_ms, 0}, earlier);
  Neighbours neighbours;
  if (after != anchors_.begin()) {
    neighbours.before = *std::prev(after);
  }
  if (after != anchors_.end()) {
    neighbours.after = *after;
  }
  const Bounded<std::int64_t> values = values_at(at_ms, neighbours, start_);
  base::check_in_tests(
      [&] { return !is_instant(start_.upper_is_zero_until_ms) || is_ordered(values); },
      "L <= G <= U at every instant, or windows would have lo above point");
  return values;
}

EgressBytes EgressCurve::in(const Window& window) const {
  const Bounded<std::int64_t> from = at(window.from_ms);
  const Bounded<std::int64_t> to = at(window.to_ms);
  const Bounded<std::int64_t> bytes{to.point - from.point,
                                    std::max<std::int64_t>(0, to.lo - from.hi), to.hi - from.lo};
  base::check_in_tests(
      [&] {
        return window.from_ms > window.to_ms || !is_instant(start_.upper_is_zero_until_ms) ||
               is_ordered(bytes);
      },
      "no curve falls, or a window would have bytes below nothing");
  return {bytes, open_ended_ && window.to_ms > anchors_.back().at_ms && window.from_ms < death_ms_};
}

std::int64_t EgressCurve::quiet_from_ms() const {
  const std::int64_t last_ms = anchors_.back().at_ms;
  return open_ended_ ? std::max(last_ms, death_ms_) : last_ms;
}

bool unmetered_in(const Life& life, const Belief& belief, const Window& window) {
  const std::int64_t begin_ms =
      life.started_at_ms.value_or(life.starting_at_ms.value_or(life.first_seen_ms));
  const std::int64_t end_ms = death_bound(life, belief);
  return std::max(begin_ms, window.from_ms) < std::min(end_ms, window.to_ms);
}

}  // namespace fleetmeter::meter
