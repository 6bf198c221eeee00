#pragma once

#include <functional>

#include "ask/window.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// Calls `use(facts, what the rollups know of it or null)` for every process that may have begun,
/// run or ended in a window, as far as the question believes; and maybe for others. By process_key.
void each_present(
    const Question& question, const ResolvedWindow& window, store::Reader& reader,
    const std::function<void(const model::ProcessFacts&, const store::RolledProcess*)>& use);

}  // namespace fleetmeter::ask
