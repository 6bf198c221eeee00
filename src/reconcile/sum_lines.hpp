#pragma once

#include <vector>

#include "model/invoice.hpp"

namespace fleetmeter::reconcile {

/// For each line of an invoice, whether it charges nothing, because it is a sum of others: `Total`,
/// `Subtotal`, `Amount due`. Such a line has an amount alone, its words say that it is a sum, and
/// other lines, or the sum due, come to it. Where nothing else says what is due, a total does.
[[nodiscard]] std::vector<bool> sum_lines(const model::Invoice& invoice);

/// Takes these lines out. A total becomes the sum due, where the invoice names none.
void take_out_sums(model::Invoice& invoice);

}  // namespace fleetmeter::reconcile
