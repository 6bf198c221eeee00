#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "fleetmeter/seal.hpp"
#include "report/facts.hpp"
#include "store/seals.hpp"

namespace fleetmeter::seal {

/// Seals a month and writes that down. `now_ms` is kept, and nothing depends on it. The caller
/// holds a write transaction. Throws Error(usage) when the month is not over, or is sealed already,
/// wholly or in part.
store::StoredSeal make_seal(const SealRequest& request, const Question& question,
                            std::int64_t now_ms, SQLite::Database& db);

/// A seal as it is listed.
[[nodiscard]] SealRow row_of(const store::StoredSeal& seal);

/// The seal called by its number, or by its month. Throws Error(no_input) when there is none.
[[nodiscard]] const store::StoredSeal& find_seal(const std::vector<store::StoredSeal>& seals,
                                                 const std::string& name);

/// The checkpoint of a seal, with its signatures.
[[nodiscard]] std::string note_of(const store::StoredSeal& seal);

/// The proof of one line. Throws Error(usage) when the seal has no such line.
[[nodiscard]] std::string receipt_of(const store::StoredSeal& seal, std::int64_t line_no);

/// What is known now otherwise than it was sealed, and is in no seal yet.
[[nodiscard]] std::vector<Restatement> restatements(SQLite::Database& db);

/// Every sealed month, as reports tell of it.
[[nodiscard]] std::vector<report::Sealed> sealed_months_for_reports(SQLite::Database& db);

}  // namespace fleetmeter::seal
