#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fleetmeter::backup {

/// What a copy holds, as names and values, in a fixed order.
using Manifest = std::vector<std::pair<std::string, std::string>>;

/// The size and the digest of a file. Throws Error(no_input, permission, io).
[[nodiscard]] Manifest manifest_of_bytes(const std::string& file);

/// The counts and the totals of a store.
[[nodiscard]] Manifest manifest_of_store(const std::string& store_path);

/// A JSON object, one member a line.
[[nodiscard]] std::string to_text(const Manifest& manifest);

/// Throws Error(data), naming `file`, when the text is no manifest.
[[nodiscard]] Manifest read_manifest(const std::string& file, const std::string& text);

}  // namespace fleetmeter::backup
