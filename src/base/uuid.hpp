#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace fleetmeter::base {

using UuidBytes = std::array<char, 16>;

/// The bytes of a UUID in its usual lower-case text; absent for any other text, so that uuid_text()
/// gives back exactly what was packed.
[[nodiscard]] std::optional<UuidBytes> packed_uuid(std::string_view text);

[[nodiscard]] std::string uuid_text(std::string_view bytes);

}  // namespace fleetmeter::base
