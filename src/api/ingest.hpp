#pragma once

#include <string>
#include <vector>

#include "fleetmeter/ingest.hpp"
#include "model/known_documents.hpp"
#include "store/snapshot_writer.hpp"

namespace fleetmeter::api {

/// Sources → documents → `writer`, or only → counts when there is none. Documents that `known`
/// knows, unless it is null, are not decoded again.
///
/// Much is read and decoded ahead on a thread of its own; `writer` and the callbacks of `options`
/// are used on the caller's thread alone, `known` on the other one.
[[nodiscard]] std::vector<SourceReport> ingest(const std::vector<std::string>& paths,
                                               const IngestOptions& options,
                                               store::SnapshotWriter* writer,
                                               model::KnownDocuments* known);

}  // namespace fleetmeter::api
