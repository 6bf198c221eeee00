#pragma once

#include <functional>

#include "ask/window.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// Calls `use(facts, rolled)` in the order of process_key, where `rolled` is what the rollups know
/// of the process, or null. It does so for every process that may have begun, run or ended in a
/// window, as far as the question believes. It may do so for others as well.
void each_present(
    const Question& question, const ResolvedWindow& window, store::Reader& reader,
    const std::function<void(const model::ProcessFacts&, const store::RolledProcess*)>& use);

}  // namespace fleetmeter::ask
