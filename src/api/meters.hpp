#pragma once

#include <vector>

#include "fleetmeter/question.hpp"
#include "store/reader.hpp"

namespace fleetmeter::api {

/// Facts → meter → rows: the two main questions.
[[nodiscard]] std::vector<BillingRow> ask_billing(const Question& question, store::Reader& reader);
[[nodiscard]] std::vector<EgressRow> ask_egress(const Question& question, store::Reader& reader);

}  // namespace fleetmeter::api
