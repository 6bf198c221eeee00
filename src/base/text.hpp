#pragma once

#include <string>
#include <string_view>

#include "fleetmeter/text.hpp"

namespace fleetmeter::base {

using fleetmeter::did_you_mean;
using fleetmeter::printable;

/// The offset of the first byte that is not part of valid UTF-8; the size when there is none.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

/// The text with A to Z as a to z; other letters are left alone, whatever the locale.
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// Appends a code point; a surrogate becomes bytes that are no UTF-8, for whoever reads the text.
void append_utf8(unsigned point, std::string& out);

/// How many columns a terminal needs for a UTF-8 text, counting each code point as one.
[[nodiscard]] std::size_t width_of(std::string_view text);

/// The beginning of a UTF-8 text, with … for the rest when it needs more columns than `width`.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t width);

}  // namespace fleetmeter::base
