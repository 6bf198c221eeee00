#pragma once

#include "fleetmeter.h"
#include "fleetmeter/table.hpp"

namespace fleetmeter::embed {

/// Hands an answer over as a stream of Arrow, which owns it from then on. Throws Error(internal)
/// when a sum has more than 38 digits.
void give_stream(Table answer, ArrowArrayStream& out);

}  // namespace fleetmeter::embed
