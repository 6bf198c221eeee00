#pragma once

#include <string>

namespace fleetmeter {

/// `0.1.0`, and the version with its libraries and schema for `--version`.
[[nodiscard]] std::string version();
[[nodiscard]] std::string version_details();

}  // namespace fleetmeter
