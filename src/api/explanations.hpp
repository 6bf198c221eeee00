#pragma once

#include "api/comparison.hpp"
#include "fleetmeter/table.hpp"

namespace fleetmeter::api {

/// The policies that explain an invoice, one a row, those that differ least first; where none does,
/// those within whose bounds it lies, or else the nearest.
[[nodiscard]] Table policies_of(const Comparison& comparison);

}  // namespace fleetmeter::api
