#pragma once

#include <string>
#include <vector>

#include "fleetmeter/evidence.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ingest {

/// Reads again the documents that say something of these processes, and the lists that prove them
/// gone, where they stand in an archive. Throws Error(no_input) on a process that is not known.
[[nodiscard]] std::vector<VerifiedDocument> verify(const std::vector<std::string>& process_ids,
                                                   const std::vector<std::string>& archive,
                                                   store::Reader& reader);

}  // namespace fleetmeter::ingest
