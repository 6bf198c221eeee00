#pragma once

#include <cstdint>

#include "meter/billing.hpp"
#include "model/policy.hpp"

namespace fleetmeter::rate {

/// The life as a policy's billing clock reads it: the clock's start and stop fields take the places
/// of startedAt and stoppingAt.
[[nodiscard]] model::Life clocked(const model::Life& life, const model::Policy& policy);

/// The span that a policy charges a process for, not yet rounded.
[[nodiscard]] meter::BillableSpan charged_span(const model::Life& life, const model::Policy& policy,
                                               const meter::Belief& belief);

/// What a policy charges for one process's time in a billing period. It is rounded up to the
/// policy's step and is at least its minimum; 0 stays 0.
[[nodiscard]] std::int64_t charged_ms(std::int64_t ms, const model::Policy& policy);

/// Whether a policy charges just the milliseconds that the meter counts by default. Then the sums
/// of the meter can be used.
[[nodiscard]] bool charges_as_metered(const model::Policy& policy);

}  // namespace fleetmeter::rate
