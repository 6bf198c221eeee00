#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "report/letter.hpp"
#include "settle/terms.hpp"

namespace fleetmeter::settle {

/// The documents about money that an amount rests on, as they were imported: those of deployments,
/// and the newest of the card, of the policy and of each of the invoices. Later documents than
/// `known_document_seq` do not count.
[[nodiscard]] std::vector<report::LetterDocument> documents_of(
    const std::vector<std::string>& invoice_ids, const Terms& terms, SQLite::Database& db,
    std::int64_t known_document_seq = std::numeric_limits<std::int64_t>::max());

}  // namespace fleetmeter::settle
