#pragma once

#include <string>

#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace fleetmeter::cli {

/// Puts the command line together; nothing else does. `only` names the one command that is needed,
/// which saves most of the time that this takes. "" means all commands.
void add_everything(CLI::App& app, Parsed& parsed, const std::string& only);

}  // namespace fleetmeter::cli
