#pragma once

#include <map>
#include <string>

#include "report/facts.hpp"
#include "report/files.hpp"

namespace fleetmeter::report {

/// Files by their names.
using Texts = std::map<std::string, std::string>;

/// By how much totals have moved, in one line: `billable 150.7 h -> 155.0 h, +2.9 %; egress …`. Of
/// a total that has not, its bounds; "" when none of them has.
[[nodiscard]] std::string moved(const Totals& before, const Totals& now);

/// What a report says of the seal of its month, in sentences: how it was sealed, and how that has
/// moved since.
[[nodiscard]] std::string sealed_text(const Facts& facts);

/// What changed between two versions of one report, as Markdown: in a line (`moved`), then the rows
/// of its answers that are new, gone or other. `before` has the texts of those that there were.
[[nodiscard]] std::string restated(const Period& period, const std::string& moved,
                                   const Texts& before, const Files& now);

}  // namespace fleetmeter::report
