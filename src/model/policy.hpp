#pragma once

#include <cstdint>
#include <string>

#include "base/ratio.hpp"

namespace fleetmeter::model {

/// A timestamp of a process that can start or stop the billing clock.
enum class ClockField {
  starting_at,
  scheduled_at,
  booted_at,
  started_at,
  stopping_at,
  terminated_at
};

/// What is billed of a process whose end is not known.
enum class OpenRule {
  point,     ///< what the meter says: running to the as-of, lost ones to their last sight
  longest,   ///< all that is possible
  excluded,  ///< nothing
};

/// How usage becomes a quantity on an invoice. Data: the vendor wrote little of it down.
struct Policy {
  enum class Per { process, line };

  std::string name;
  std::string summary;
  ClockField clock_start = ClockField::started_at;
  ClockField clock_stop = ClockField::stopping_at;
  std::int64_t step_ms = 0;  ///< time is rounded to a multiple of it; 0: it is not rounded
  base::Rounding step_direction =
      base::Rounding::up;       ///< or half_up, which is the nearest; or down
  Per step_per = Per::process;  ///< each process's time in the billing month, or the line's sum
  std::int64_t minimum_ms = 0;  ///< the least time of a process that ran in the billing month
  bool gb_is_gib = false;       ///< whether a GB of the rate card has 2^30 bytes, not 10^9
  std::string zone = "UTC";     ///< of billing months
  OpenRule running = OpenRule::point;
  OpenRule orphan = OpenRule::point;
  base::Rounding amounts = base::Rounding::half_even;
};

}  // namespace fleetmeter::model
