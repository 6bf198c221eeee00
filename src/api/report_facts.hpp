#pragma once

#include "fleetmeter/question.hpp"
#include "report/facts.hpp"
#include "store/reader.hpp"

namespace fleetmeter::api {

/// Everything a report says of one period. The question gives as-of, grace and lifespan; of the
/// as-of nothing counts beyond the longest life after the period, so that a report comes to rest.
[[nodiscard]] report::Facts report_facts(const report::Period& period, const Question& question,
                                         store::Reader& reader);

/// What tells whether a report that is there still says what is known.
[[nodiscard]] report::Standing report_standing(const report::Period& period,
                                               const Question& question, store::Reader& reader);

/// The question as a report of a period asks it: as of when its processes are surely over.
[[nodiscard]] Question question_of(const report::Period& period, const Question& question,
                                   store::Reader& reader);

/// A civil day or month of a zone. Throws Error(usage).
[[nodiscard]] report::Period period_called(const std::string& label, bool is_month,
                                           const std::string& tz);

/// The period before another.
[[nodiscard]] report::Period period_before(const report::Period& period);

/// Every day and month that overlaps [from_ms, to_ms) and is over at `as_of_ms`, days first.
[[nodiscard]] std::vector<report::Period> periods_over(std::int64_t from_ms, std::int64_t to_ms,
                                                       std::int64_t as_of_ms,
                                                       const std::string& tz);

}  // namespace fleetmeter::api
