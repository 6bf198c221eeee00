#pragma once

#include <string>
#include <vector>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// The kinds of names by which a question picks processes.
enum class NameKind { app, deployment, region };

/// Every IANA zone that Question::tz may name, in name order.
[[nodiscard]] std::vector<std::string> zone_names();

}  // namespace fleetmeter
