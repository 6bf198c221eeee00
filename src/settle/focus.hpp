#pragma once

#include "fleetmeter/focus.hpp"
#include "fleetmeter/question.hpp"
#include "settle/terms.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// What was used in a window, and what it costs, as the dataset Cost and Usage of FOCUS.
[[nodiscard]] FocusExport focus(const Question& question, const Terms& terms,
                                const FocusGiven& given, store::Reader& reader);

}  // namespace fleetmeter::settle
