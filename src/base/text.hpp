#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fleetmeter::base {

/// The text with control characters written as \u00XX, so that data cannot move a terminal's
/// cursor; invalid UTF-8 becomes U+FFFD; cut to `limit` bytes at a character, with "…".
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit = 200);

/// " — did you mean day or days?" when some candidate is a few typing errors away, else "".
[[nodiscard]] std::string did_you_mean(std::string_view typed,
                                       const std::vector<std::string>& candidates);

/// The offset of the first byte that is not part of valid UTF-8; the size when there is none.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

/// How many columns a terminal needs for a UTF-8 text, counting each code point as one.
[[nodiscard]] std::size_t width_of(std::string_view text);

}  // namespace fleetmeter::base
