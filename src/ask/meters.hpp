#pragma once

#include <functional>
#include <vector>

#include "ask/several_stores.hpp"
#include "fleetmeter/question.hpp"
#include "meter/billing.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// Facts → meter → rows: the two main questions.
[[nodiscard]] std::vector<BillingRow> billing(const Question& question, store::Reader& reader);
[[nodiscard]] std::vector<EgressRow> egress(const Question& question, store::Reader& reader);

/// The same, in order and some rows at a time, once at least: those of a large fleet are many, and
/// each has its texts.
void billing_in_parts(const Question& question, store::Reader& reader,
                      const std::function<void(const std::vector<BillingRow>&)>& use);
void egress_in_parts(const Question& question, store::Reader& reader,
                     const std::function<void(const std::vector<EgressRow>&)>& use);

/// The same of several stores that are asked as one: the rows of one store with all documents of
/// them. To be asked once.
[[nodiscard]] std::vector<BillingRow> billing(const Question& question, SeveralStores& stores);
[[nodiscard]] std::vector<EgressRow> egress(const Question& question, SeveralStores& stores);

/// Calls `use(facts, time, row without groups)` for every process that has billable time or egress
/// in a question's window. Quicker than rows by process, because it writes no text.
void each_metered(const Question& question, store::Reader& reader,
                  const std::function<void(const model::ProcessFacts&, const Bounded<std::int64_t>&,
                                           const EgressRow&)>& use);

}  // namespace fleetmeter::ask
