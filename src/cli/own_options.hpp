#pragma once

#include <string>

#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace fleetmeter::cli {

/// Adds what a command takes besides the options that all of them share.
void add_own_options(const std::string& command, CLI::App& app, Options& options);

}  // namespace fleetmeter::cli
