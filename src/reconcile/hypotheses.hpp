#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "meter/life.hpp"
#include "model/policy.hpp"

namespace fleetmeter::reconcile {

/// One way to read the billing clock.
struct Clock {
  model::ClockField start = model::ClockField::started_at;
  model::ClockField stop = model::ClockField::stopping_at;
};

/// One way to round time.
struct Step {
  std::int64_t step_ms = 0;
  model::Policy::Per per = model::Policy::Per::process;
  std::int64_t minimum_ms = 0;
  base::Rounding direction = base::Rounding::up;
};

/// One month, as some zone begins and ends it.
struct Month {
  std::string zone;
  meter::Window window;
};

/// The respects in which an invoice may have counted otherwise than the contract's policy. The
/// first value of each is the contract's own.
struct Dimensions {
  std::vector<Clock> clocks;
  std::vector<Step> steps;
  std::vector<Month> months;
  std::vector<model::OpenRule> orphans;
};

/// The dimensions worth trying around a policy and a month like `2024-11`.
[[nodiscard]] Dimensions dimensions_around(const model::Policy& policy, const std::string& month);

/// One combination: an index into each dimension.
struct Choice {
  std::size_t clock = 0;
  std::size_t step = 0;
  std::size_t month = 0;
  std::size_t orphan = 0;
  bool other_gb = false;  ///< a GB is what it is not by the contract: 2^30 or 10^9 bytes
  /// Until when processes ran that a list proves gone. No vendor knew the list: this tells how much
  /// of a difference they can be, and is no way to read a contract.
  enum class Gone { middle, longest, shortest };
  Gone gone = Gone::middle;
};

/// Whether two steps round alike, their minimum apart.
[[nodiscard]] bool rounds_alike(const Step& a, const Step& b);

/// In how many ways a choice differs from the contract. A step and a minimum count as two.
[[nodiscard]] std::size_t deviations(const Choice& choice, const Dimensions& dimensions);

/// What differs, in words, such as `GB of 2^30 bytes; each process rounded up to the minute`. ""
/// when nothing differs.
[[nodiscard]] std::string describe(const Choice& choice, const Dimensions& dimensions,
                                   const model::Policy& policy);

}  // namespace fleetmeter::reconcile
