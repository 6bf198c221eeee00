#pragma once

#include <string>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// A sum over a fleet. The bytes or milliseconds of one process fit in an int64; their sum may not.
__extension__ typedef __int128 Int128;

/// Decimal digits, with a leading '-' when negative; never rounded.
[[nodiscard]] std::string to_text(Int128 value);

}  // namespace fleetmeter
