#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace fleetmeter::cli {

/// What is wrong with a command line: a mistyped command or option, with what was probably meant;
/// or what is missing.
[[nodiscard]] std::string usage_message(CLI::App& app, const CLI::Error& error);

}  // namespace fleetmeter::cli
