#pragma once

#include "fleetmeter/diff.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// What a question answers in two states of knowledge, where the answers differ, and why.
[[nodiscard]] Difference diff(const Question& question, store::Reader& from, store::Reader& to,
                              DiffDepth depth);

}  // namespace fleetmeter::ask
