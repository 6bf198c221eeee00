#pragma once

#include <string>
#include <vector>

#include "decode/document_reader.hpp"
#include "fleetmeter/ingest.hpp"

namespace fleetmeter::api {

/// The files behind what the user named: a file itself, "-", and of a folder every archive in it,
/// recursively, in name order. What does not exist, and a folder without archives, stays, to be
/// reported when it is opened.
[[nodiscard]] std::vector<std::string> expand(const std::vector<std::string>& paths);

/// The time for documents of a source that do not say one.
[[nodiscard]] decode::FallbackTime fallback_time(const std::string& path,
                                                 const ObservedAt& observed_at);

/// What to tell a user whose document has no time.
[[nodiscard]] std::string no_time_message();

/// Wall-clock time, for provenance and `--observed-at now` only.
[[nodiscard]] std::int64_t wall_clock_ms();

}  // namespace fleetmeter::api
