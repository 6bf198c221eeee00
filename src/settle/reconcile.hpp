#pragma once

#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "fleetmeter/reconciliation.hpp"
#include "settle/terms.hpp"
#include "store/price_reader.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// Compares the newest versions of invoices of one month, taken together, with the store. Throws
/// Error(no_input) when there is none of a name, Error(usage) when one names no month, or another
/// month or currency than the others or the rates.
[[nodiscard]] Reconciliation reconcile(const std::vector<std::string>& invoice_ids,
                                       const Question& question, const Terms& terms,
                                       const ReconcileGiven& given, store::Reader& reader,
                                       store::PriceReader& prices);

/// Every invoice of a year, at a glance, by month and name. Throws Error(usage) on a year that is
/// none, Error(no_input) when it has no invoices.
[[nodiscard]] std::vector<InvoiceVerdict> reconcile_year(
    const std::string& year, const Question& question, const Terms& terms,
    const ReconcileGiven& given, store::Reader& reader, store::PriceReader& prices);

}  // namespace fleetmeter::settle
