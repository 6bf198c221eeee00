#pragma once

#include <string>

namespace fleetmeter {

/// Sums of bytes and of milliseconds over a fleet: int64 per process, 128 bits for their sum.
__extension__ typedef __int128 Int128;

/// Decimal digits, with a leading '-' when negative; never rounded.
[[nodiscard]] std::string to_text(Int128 value);

}  // namespace fleetmeter
