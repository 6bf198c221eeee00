#pragma once

#include <string>

#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace fleetmeter::cli {

/// The one place where the command line is put together. `only`: the one command whose own options
/// are needed, which saves most of the time of a short run; "" for all.
void add_everything(CLI::App& app, Parsed& parsed, const std::string& only);

}  // namespace fleetmeter::cli
