#pragma once

#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// The CSV files of a report that hold its answers.
struct Answers {
  std::string billing;
  std::string egress;
};

/// What changed between two versions of one report, as Markdown: the rows of its two answers that
/// are new, gone or other.
[[nodiscard]] std::string restated(const Period& period, const Answers& before, const Answers& now);

}  // namespace fleetmeter::report
