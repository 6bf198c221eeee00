#pragma once

#include "fleetmeter/question.hpp"
#include "report/facts.hpp"
#include "settle/report_money.hpp"
#include "store/reader.hpp"

namespace fleetmeter::nightly {

/// Everything that a report says of one period. The question gives as-of, grace and lifespan. An
/// as-of beyond the longest life after the period is cut there, so that a report comes to rest.
/// `prices` may be null.
[[nodiscard]] report::Facts report_facts(const report::Period& period, const Question& question,
                                         store::Reader& reader, settle::ReportMoney* prices);

/// What tells whether a report that is there still says what is known.
[[nodiscard]] report::Basis report_basis(const report::Period& period, const Question& question,
                                         store::Reader& reader);

/// The question as a report of a period asks it: as of the instant at which its processes are
/// surely over.
[[nodiscard]] Question question_of(const report::Period& period, const Question& question,
                                   store::Reader& reader);

}  // namespace fleetmeter::nightly
