#pragma once

#include <string>

#include "fleetmeter/question.hpp"
#include "fleetmeter/reconciliation.hpp"
#include "settle/terms.hpp"
#include "store/price_reader.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// Compares the newest version of an invoice with the store. Throws Error(no_input) when there is
/// none of that name, Error(usage) when it names no month or another currency than the rates.
[[nodiscard]] Reconciliation reconcile(const std::string& invoice_id, const Question& question,
                                       const Terms& terms, const ReconcileGiven& given,
                                       store::Reader& reader, store::PriceReader& prices);

}  // namespace fleetmeter::settle
