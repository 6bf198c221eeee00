#pragma once

// Words for tests of the meters: lives and readings in minutes, so that cases are worked by hand.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "meter/billing.hpp"
#include "meter/egress.hpp"
#include "meter/life.hpp"

namespace fleetmeter::meter::metering {

inline constexpr std::int64_t kMinute = 60'000;
inline constexpr std::int64_t kHour = 60 * kMinute;

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

inline Instant in_ms(const std::optional<std::int64_t>& minutes) {
  return minutes ? Instant(*minutes * kMinute) : Instant();
}

inline Life life_of(const Minutes& m) {
  return {in_ms(m.starting),      in_ms(m.started),      in_ms(m.stopping),  in_ms(m.terminated),
          m.first_seen * kMinute, m.last_seen * kMinute, in_ms(m.last_alive)};
}

/// As-of in minutes; grace 15 minutes, longest life 600 minutes.
inline Belief as_of(std::int64_t minutes) {
  return {minutes * kMinute, 15 * kMinute, 600 * kMinute};
}

inline Window window(std::int64_t from, std::int64_t to) {
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

inline Billed billed(const Minutes& life, std::int64_t as_of_minutes,
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

inline EgressCurve curve_of(const std::vector<Read>& reads, const Minutes& life,
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

inline Sent sent(const EgressCurve& curve, std::int64_t from, std::int64_t to) {
  const EgressBytes all = curve.in(window(from, to));
  return {all.bytes.point, all.bytes.lo, all.bytes.hi, all.open};
}

inline std::int64_t point_at(const EgressCurve& curve, std::int64_t minute) {
  return curve.at(minute * kMinute).point;
}

}  // namespace fleetmeter::meter::metering
