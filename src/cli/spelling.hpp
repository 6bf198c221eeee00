#pragma once

#include "fleetmeter/spelling.hpp"

namespace fleetmeter::cli {

/// What a term is called on the command line: an option, or a command.
[[nodiscard]] const char* as_option(Term term);

}  // namespace fleetmeter::cli
