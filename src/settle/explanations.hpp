#pragma once

#include <string>

#include "fleetmeter/reconciliation.hpp"
#include "settle/comparison.hpp"

namespace fleetmeter::settle {

/// What explains a product, or the sum, in words, and how many others fit as well. "" when nothing
/// explains it.
[[nodiscard]] std::string explanation(const Compared& one, const Comparison& comparison);
[[nodiscard]] std::string explanation_of_total(const Comparison& comparison);

/// The policies that explain an invoice, one a row, beginning with those that differ least. Where
/// none does, those within whose bounds it lies, or else the nearest.
[[nodiscard]] std::vector<ReconciliationPolicy> policies_of(const Comparison& comparison);

}  // namespace fleetmeter::settle
