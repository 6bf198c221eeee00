#pragma once

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// The three numbers of one fact: it is at least `lo` and at most `hi`, whatever was not seen, and
/// `point` is the answer as long as nothing better is known. lo <= point <= hi.
template <class Value>
struct Bounded {
  Value point{};
  Value lo{};
  Value hi{};

  Bounded& operator+=(const Bounded& other) { return operator+=<Value>(other); }
  template <class Other>
  Bounded& operator+=(const Bounded<Other>& other) {
    point += other.point;
    lo += other.lo;
    hi += other.hi;
    return *this;
  }
  friend Bounded operator+(Bounded a, const Bounded& b) { return a += b; }
  friend bool operator==(const Bounded&, const Bounded&) = default;
};

}  // namespace fleetmeter
