#pragma once

#include <string>
#include <vector>

#include "reference.hpp"

namespace fleetmeter::reference {

/// The first instant of a civil hour, day or month of a zone, and how that period is written.
struct CivilStart {
  Millis at = 0;
  std::string label;
};

/// All starts that matter to windows within [from, to), including the one in force at `from`.
[[nodiscard]] std::vector<CivilStart> hour_starts(const std::string& tz, Millis from, Millis to);
[[nodiscard]] std::vector<CivilStart> day_starts(const std::string& tz, Millis from, Millis to);
[[nodiscard]] std::vector<CivilStart> month_starts(const std::string& tz, Millis from, Millis to);

/// A half-open window.
struct Window {
  Millis from = 0;
  Millis to = 0;
};

/// The window of "2024-11-03" or of "2024-11". Throws Error when the zone skips it.
[[nodiscard]] Window day_window(const std::string& tz, const std::string& day);
[[nodiscard]] Window month_window(const std::string& tz, const std::string& month);

}  // namespace fleetmeter::reference
