#pragma once

#include <string>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// `0.1.0`; and the same with the versions of its libraries and of the schema, for `--version`.
[[nodiscard]] std::string version();
[[nodiscard]] std::string version_details();

}  // namespace fleetmeter
