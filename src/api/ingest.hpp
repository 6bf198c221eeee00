#pragma once

#include <string>
#include <vector>

#include "fleetmeter/ingest.hpp"
#include "store/snapshot_writer.hpp"

namespace fleetmeter::api {

/// Sources → documents → `writer`, or only → counts when there is none.
[[nodiscard]] std::vector<SourceReport> ingest(const std::vector<std::string>& paths,
                                               const IngestOptions& options,
                                               store::SnapshotWriter* writer);

}  // namespace fleetmeter::api
