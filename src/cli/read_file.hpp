#pragma once

#include <string>

namespace fleetmeter::cli {

/// All bytes of a file; `-` is standard input. Throws Error(no_input) where there is no file,
/// Error(permission), and Error(io) when reading fails.
[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace fleetmeter::cli
