#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fleetmeter::base {

/// How many columns a terminal needs for a UTF-8 text. A character of Chinese, Japanese or Korean,
/// or an emoji, takes two columns. An accent that stands over the letter before it takes none.
[[nodiscard]] std::size_t width_of(std::string_view text);

/// The beginning of a UTF-8 text, with … for the rest when it needs more columns than `width`.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t width);

/// A text in lines of up to `width` columns, broken at spaces. A word that is longer is broken behind
/// a dash, a slash or an underscore, else where the line ends. A width of 0 leaves the text as it is.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

}  // namespace fleetmeter::base
