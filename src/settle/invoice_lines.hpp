#pragma once

#include <string>

#include "fleetmeter/table.hpp"
#include "store/price_reader.hpp"

namespace fleetmeter::settle {

/// How each line of the newest version of an invoice is read, and why. Throws Error(no_input) when
/// there is none of that name.
[[nodiscard]] Table invoice_lines(const std::string& invoice_id, store::PriceReader& prices);

/// The newest version of an invoice. Throws Error(no_input), with the nearest name, when there is
/// none.
[[nodiscard]] store::StoredInvoice find_invoice(const std::string& command,
                                                const std::string& invoice_id,
                                                store::PriceReader& prices);

}  // namespace fleetmeter::settle
