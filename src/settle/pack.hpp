#pragma once

#include <map>
#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "fleetmeter/reconciliation.hpp"
#include "settle/terms.hpp"
#include "store/price_reader.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// What a reconciliation said, as files to send: with the invoice's lines, the processes behind the
/// figures, the documents that they are known from, and how to check all of it.
[[nodiscard]] std::map<std::string, std::string> pack(const std::vector<std::string>& invoice_ids,
                                                      const Reconciliation& said,
                                                      const Question& question, const Terms& terms,
                                                      SQLite::Database& db, store::Reader& reader,
                                                      store::PriceReader& prices);

}  // namespace fleetmeter::settle
