#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace fleetmeter::decode {

/// What a byte outside strings means for matching brackets.
enum class ByteClass : unsigned char { plain, quote, open, close, newline, control };

inline constexpr std::array<ByteClass, 256> kByteClasses = [] {
  std::array<ByteClass, 256> classes{};
  for (std::size_t c = 0; c < 0x20; ++c) {
    classes[c] = ByteClass::control;
  }
  classes['\t'] = classes['\r'] = ByteClass::plain;
  classes['\n'] = ByteClass::newline;
  classes['"'] = ByteClass::quote;
  classes['{'] = classes['['] = ByteClass::open;
  classes['}'] = classes[']'] = ByteClass::close;
  return classes;
}();

[[nodiscard]] inline ByteClass class_of(char c) {
  return kByteClasses[static_cast<unsigned char>(c)];
}

[[nodiscard]] inline bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// The byte that stands before each document of a JSON text sequence (RFC 7464).
inline constexpr char kRecordSeparator = '\x1E';

/// Whether a line begins another document. Its first byte is `first`, and `before` is the last byte
/// before it that is no white space. Inside a document a bracket follows only a comma, a colon or
/// an opening bracket, so a bracket behind anything else begins another one.
[[nodiscard]] inline bool begins_document(char before, char first) {
  return first == kRecordSeparator ||
         ((first == '{' || first == '[') && before != ',' && before != ':' && before != '[');
}

/// The first byte that the scan of a string has to look at: a quote, a backslash or a control
/// character; `end` when there is none.
[[nodiscard]] const char* skip_string_run(const char* at, const char* end);

/// Whether a token is true, false or null, or is made only of characters that numbers are made of.
[[nodiscard]] bool is_scalar(std::string_view token);

/// The length of the bracketed value that a text begins with, when its brackets match, are nested
/// at most `deepest` deep and it stands on one line; else 0.
[[nodiscard]] std::size_t bracketed_length(std::string_view text, unsigned deepest);

/// The length of the bracketed value that a text begins with, over as many lines as it has; else 0.
[[nodiscard]] std::size_t container_length(std::string_view text);

/// Whether a text is one bracketed value whose brackets and strings close at its end.
[[nodiscard]] bool is_whole_value(std::string_view text);

/// What a string says: the text between the quote that `token` begins with and the next one, with
/// its escapes undone. Lone surrogates and bytes that are no UTF-8 stay what they are; whoever
/// reads the text refuses them.
[[nodiscard]] std::string unescaped(std::string_view token);

/// Whether every escape of a string token is one that JSON knows: then what the library refused
/// is a lone surrogate, which is grammar but not text.
[[nodiscard]] bool escapes_are_json(std::string_view token);

/// Whether the name of a process's id stands anywhere in a text, in any of its spellings.
[[nodiscard]] bool mentions_processes(std::string_view text);
/// Likewise of a room's id.
[[nodiscard]] bool mentions_rooms(std::string_view text);

/// Whether a text begins like an object or a list of them, which [INFO] and [2024-11-01] do not.
[[nodiscard]] bool begins_value(std::string_view text);

/// Where in a line the JSON begins that goes on to the line's end: one object or list, or several.
/// What stands before it is the beginning of a log line, say. npos when there is no such JSON.
[[nodiscard]] std::size_t find_value_at_end(std::string_view line);

}  // namespace fleetmeter::decode
