#pragma once

#include <string>
#include <string_view>

#include "fleetmeter/text.hpp"

namespace fleetmeter::base {

using fleetmeter::did_you_mean;
using fleetmeter::printable;

/// The length of the valid UTF-8 sequence that begins a text; 0 when it is invalid.
[[nodiscard]] std::size_t sequence_length(std::string_view text);

/// The offset of the first byte that is not part of valid UTF-8; the size when there is none.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

/// The text with A to Z as a to z; other letters are left alone, whatever the locale.
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// Appends a code point; a surrogate becomes bytes that are no UTF-8, for whoever reads the text.
void append_utf8(unsigned point, std::string& out);

/// How many code points a UTF-8 text has.
[[nodiscard]] std::size_t count_characters(std::string_view text);

}  // namespace fleetmeter::base
