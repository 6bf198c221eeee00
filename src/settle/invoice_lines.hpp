#pragma once

#include <string>
#include <vector>

#include "fleetmeter/table.hpp"
#include "store/price_reader.hpp"

namespace fleetmeter::settle {

/// How each line of the newest version of an invoice is read, and why. Throws Error(no_input) when
/// there is none of that name.
[[nodiscard]] Table invoice_lines(const std::string& invoice_id, store::PriceReader& prices);
[[nodiscard]] Table invoice_lines(const model::Invoice& invoice);

/// The newest version of an invoice. Throws Error(no_input), with the nearest name, when there is
/// none.
[[nodiscard]] store::StoredInvoice find_invoice(const std::string& command,
                                                const std::string& invoice_id,
                                                store::PriceReader& prices);

/// Which lines of an invoice are meant.
enum class Lines {
  as_sent,
  charges,  ///< without sums of others; so much at a price below 0 is so much less
};

/// Invoices of one month and currency as one: their lines, and the sum of what is due. What a
/// credit note says above 0 is taken off. Throws Error(usage) where they cannot be one.
[[nodiscard]] store::StoredInvoice joined(std::vector<store::StoredInvoice> invoices, Lines lines);

/// These invoices, the notes that correct them, and the invoices that these notes correct, each
/// once: what has to be looked at together. Throws as find_invoice does.
[[nodiscard]] std::vector<std::string> with_corrections(const std::string& command,
                                                        const std::vector<std::string>& invoice_ids,
                                                        store::PriceReader& prices);

/// The same of invoices by their names.
[[nodiscard]] store::StoredInvoice find_joined(const std::vector<std::string>& invoice_ids,
                                               Lines lines, store::PriceReader& prices);

}  // namespace fleetmeter::settle
