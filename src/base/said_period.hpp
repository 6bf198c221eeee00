#pragma once

#include <optional>
#include <string>

#include "base/calendar.hpp"

namespace fleetmeter::base {

/// The month, day or hour that a text means: by its date (a month also by its first, or as
/// `2024-11`), or by the instant at which it begins. A time without an offset is the zone's.
/// Absent when the text means none, or an instant at which none begins.
[[nodiscard]] std::optional<Period> said_period(CivilUnit unit, const std::string& text,
                                                const Zone& zone);

}  // namespace fleetmeter::base
