#pragma once

#include <string>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// Whether running lists are evidence. A process that such a list ought to hold and does not had
/// stopped by then (docs/semantics.md says when that is so). Who does not trust that answers, or
/// stores documents, as if no list proved anything.
enum class Absence { trust, ignore };

/// `trust` or `ignore`.
[[nodiscard]] const char* absence_name(Absence absence);

/// Reads `trust` or `ignore`. Throws Error(usage) that names `option`.
[[nodiscard]] Absence parse_absence(const std::string& option, const std::string& text);

}  // namespace fleetmeter
