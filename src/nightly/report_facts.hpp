#pragma once

#include "fleetmeter/question.hpp"
#include "report/facts.hpp"
#include "store/reader.hpp"

namespace fleetmeter::nightly {

/// Everything a report says of one period. The question gives as-of, grace and lifespan; of the
/// as-of nothing counts beyond the longest life after the period, so that a report comes to rest.
[[nodiscard]] report::Facts report_facts(const report::Period& period, const Question& question,
                                         store::Reader& reader);

/// What tells whether a report that is there still says what is known.
[[nodiscard]] report::Basis report_basis(const report::Period& period, const Question& question,
                                         store::Reader& reader);

/// The question as a report of a period asks it: as of when its processes are surely over.
[[nodiscard]] Question question_of(const report::Period& period, const Question& question,
                                   store::Reader& reader);

}  // namespace fleetmeter::nightly
