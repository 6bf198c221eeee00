#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/facts.hpp"

namespace fleetmeter::nightly {

using report::Period;

/// A civil day or month of a zone. Throws Error(usage).
[[nodiscard]] Period period_called(const std::string& label, bool is_month, const std::string& tz);

/// The period before another.
[[nodiscard]] Period period_before(const Period& period);

/// The period after another.
[[nodiscard]] Period period_after(const Period& period);

/// Every day and month that overlaps [from_ms, to_ms) and is over at `as_of_ms`, days first. With
/// `current`, also those that have begun by then.
[[nodiscard]] std::vector<Period> periods_over(std::int64_t from_ms, std::int64_t to_ms,
                                               std::int64_t as_of_ms, bool current,
                                               const std::string& tz);

}  // namespace fleetmeter::nightly
