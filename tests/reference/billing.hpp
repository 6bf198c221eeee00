#pragma once

#include <optional>

#include "civil.hpp"
#include "process.hpp"

namespace fleetmeter::reference {

/// The billable interval of a process, thrice; none where nothing is billable.
struct Billable {
  std::optional<Window> point;
  std::optional<Window> lo;
  std::optional<Window> hi;
};

[[nodiscard]] Billable billable(const Process& process, const Assumptions& assumptions);

/// How much of the interval lies in the window.
[[nodiscard]] Millis overlap(const std::optional<Window>& interval, const Window& window);

}  // namespace fleetmeter::reference
