#pragma once

#include <optional>
#include <vector>

#include "process.hpp"

namespace fleetmeter::reference {

/// The running lists of the archive that prove something, by observed_at.
[[nodiscard]] std::vector<RunningList> lists_that_prove(const Archive& archive);

/// The t at which the process is gone, whoever asks; nothing when no list says so.
[[nodiscard]] std::optional<Millis> gone_at(const Process& process,
                                            const std::vector<RunningList>& lists);

/// The first list between two sights of the process that should have held it.
[[nodiscard]] std::optional<Millis> flickered_at(const Process& process,
                                                 const std::vector<RunningList>& lists);

}  // namespace fleetmeter::reference
