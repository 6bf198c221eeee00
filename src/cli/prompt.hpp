#pragma once

#include "cli/options.hpp"

namespace fleetmeter::cli {

/// `fleetmeter sql` where somebody sits at a terminal: reads statements, runs each with the limits
/// of `fleetmeter sql`, and shows what it gives, until Ctrl-D or `.quit`. A statement may span
/// lines; it ends at a semicolon. What is wrong with one ends that one only.
int run_prompt(const Options& options);

}  // namespace fleetmeter::cli
