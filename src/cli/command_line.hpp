#pragma once

#include <string>

#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace fleetmeter::cli {

/// Puts the command line together; nothing else does. `only` names the one command whose own
/// options are needed, which saves most of the time of a short run. "" means all commands.
void add_everything(CLI::App& app, Parsed& parsed, const std::string& only);

}  // namespace fleetmeter::cli
