#pragma once

#include <optional>
#include <string>

namespace fleetmeter::cli {

/// Takes the first statement out of a text: all up to a semicolon that stands in no quotes and no
/// comment, without it. Absent when there is none yet; then the text stays.
[[nodiscard]] std::optional<std::string> take_statement(std::string& text);

/// Whether a text holds nothing but spaces and comments.
[[nodiscard]] bool says_nothing(const std::string& text);

/// Whether a character is one of names, as they are completed: a letter, a digit, _ or a dot.
[[nodiscard]] bool is_word_sign(char c);

}  // namespace fleetmeter::cli
