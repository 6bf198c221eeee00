#pragma once

#include <vector>

#include "model/policy.hpp"
#include "model/rate_card.hpp"

namespace fleetmeter::rate {

/// The policies and rate cards that need no import: what the vendor published.
[[nodiscard]] const std::vector<model::Policy>& preset_policies();
[[nodiscard]] const std::vector<model::RateCard>& preset_cards();

}  // namespace fleetmeter::rate
