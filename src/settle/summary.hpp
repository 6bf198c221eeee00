#pragma once

#include "fleetmeter/reconciliation.hpp"
#include "model/invoice.hpp"

namespace fleetmeter::settle {

/// Sets what a comparison comes to: its verdict, the sum at stake, and a sentence that says both.
/// Everything else in it is there already.
void sum_up(const model::Invoice& invoice, int minor_digits, Reconciliation& said);

}  // namespace fleetmeter::settle
