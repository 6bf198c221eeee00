#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference.hpp"

namespace fleetmeter::reference {

/// One process with everything the archive says of it, each field by its rule.
struct Process {
  std::string process_id;
  std::optional<std::string> app_id;
  std::optional<std::string> deployment_id;
  std::optional<std::string> region;
  std::optional<Millis> starting_at_ms;
  std::optional<Millis> started_at_ms;
  std::optional<Millis> stopping_at_ms;
  std::optional<Millis> terminated_at_ms;
  Millis first_seen_ms = 0;
  Millis last_seen_ms = 0;                // S
  std::optional<Millis> gone_at_ms;       // t, if lists prove its absence
  std::vector<Observation> observations;  // by (observed_at, snapshot_seq, place in its document)
};

/// All processes of the archive, by id.
[[nodiscard]] std::vector<Process> processes_of(const Archive& archive);

/// What a question assumes about now and about what was not seen.
struct Assumptions {
  Millis as_of = 0;  // A
  Millis grace = 0;
  Millis max_lifespan = 0;
  bool trusts_absence = true;
};

}  // namespace fleetmeter::reference
