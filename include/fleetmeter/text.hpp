#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// The text with control characters, and others that cannot be seen or turn the order of what
/// stands around them, written as \uXXXX: data cannot move a terminal's cursor, nor look like other
/// data. Invalid UTF-8 becomes U+FFFD. A longer text is cut to `limit` bytes, at a character, and
/// ends in "…".
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit = 200);

/// " — did you mean day or days?" when some candidate is a few typing errors away, else "".
[[nodiscard]] std::string did_you_mean(std::string_view typed,
                                       const std::vector<std::string>& candidates);

/// The text as one word of a shell's command line, quoted where it has to be. A text that would be
/// read as an option gets `--` before it.
[[nodiscard]] std::string shell_word(const std::string& text);

}  // namespace fleetmeter
