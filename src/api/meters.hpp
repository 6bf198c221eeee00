#pragma once

#include <functional>
#include <vector>

#include "fleetmeter/question.hpp"
#include "store/reader.hpp"

namespace fleetmeter::api {

/// Facts → meter → rows: the two main questions.
[[nodiscard]] std::vector<BillingRow> ask_billing(const Question& question, store::Reader& reader);
[[nodiscard]] std::vector<EgressRow> ask_egress(const Question& question, store::Reader& reader);

/// Calls `use(facts, row without groups)` for every process that has egress in a question's window,
/// in no order. Quicker than rows by process, because it writes no text.
void each_egress(const Question& question, store::Reader& reader,
                 const std::function<void(const model::ProcessFacts&, const EgressRow&)>& use);

}  // namespace fleetmeter::api
