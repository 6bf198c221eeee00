#include "decode/json_bytes.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>

#include "base/text.hpp"

namespace fleetmeter::decode {

namespace {

/// Whether any of eight bytes ends a run inside a string: a quote, a backslash or a control.
bool has_special(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHigh = 0x8080808080808080U;
  const auto has_zero = [](std::uint64_t x) { return (x - kOnes) & ~x & kHigh; };
  const std::uint64_t below_space = (eight - kOnes * 0x20U) & ~eight & kHigh;
  return (has_zero(eight ^ (kOnes * '"')) | has_zero(eight ^ (kOnes * '\\')) | below_space) != 0;
}

}  // namespace

const char* skip_string_run(const char* at, const char* end) {
  std::uint64_t eight = 0;
  while (end - at >= 8) {
    std::memcpy(&eight, at, 8);
    if (has_special(eight)) {
      break;
    }
    at += 8;
  }
  while (at < end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) {
    ++at;
  }
  return at;
}

bool is_scalar(std::string_view token) {
  if (token == "true" || token == "false" || token == "null") {
    return true;
  }
  return !token.empty() && token.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
}

std::size_t bracketed_length(std::string_view text, unsigned deepest) {
  const char* const end = text.data() + text.size();
  unsigned depth = 0;
  std::uint64_t objects = 0;  // bit d: the bracket at depth d is a '{'
  for (const char* at = text.data(); at < end; ++at) {
    switch (class_of(*at)) {
      case ByteClass::quote:
        for (at = skip_string_run(at + 1, end); at + 1 < end && *at == '\\';) {
          at = skip_string_run(at + 2, end);
        }
        if (at >= end || *at != '"') {
          return 0;
        }
        break;
      case ByteClass::open:
        objects = objects << 1U | (*at == '{' ? 1U : 0U);
        if (++depth > deepest || depth > 64) {
          return 0;
        }
        break;
      case ByteClass::close:
        if (depth == 0 || (objects & 1U) != (*at == '}' ? 1U : 0U)) {
          return 0;
        }
        objects >>= 1U;
        if (--depth == 0) {
          return static_cast<std::size_t>(at - text.data()) + 1;
        }
        break;
      case ByteClass::newline:
      case ByteClass::control:
        return 0;
      case ByteClass::plain:
        break;
    }
  }
  return 0;
}

std::size_t container_length(std::string_view text) {
  const char* const end = text.data() + text.size();
  std::size_t depth = 0;
  for (const char* at = text.data(); at < end; ++at) {
    switch (class_of(*at)) {
      case ByteClass::quote:
        at = skip_string_run(at + 1, end);
        while (at < end && *at != '"') {  // an escape, or a control that the decoder refuses
          at = skip_string_run(at + (*at == '\\' && at + 1 < end ? 2 : 1), end);
        }
        if (at == end) {
          return 0;
        }
        break;
      case ByteClass::open:
        ++depth;
        break;
      case ByteClass::close:
        if (depth == 0) {
          return 0;
        }
        if (--depth == 0) {
          return static_cast<std::size_t>(at - text.data()) + 1;
        }
        break;
      default:
        break;
    }
  }
  return 0;
}

bool is_whole_value(std::string_view text) {
  const std::size_t length = container_length(text);
  return length > 0 && text.substr(length).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool begins_value(std::string_view text) {
  const std::size_t next = text.find_first_not_of(" \t\r\n", 1);
  const char second = text.empty() || next == std::string_view::npos ? '\0' : text[next];
  return (text.starts_with('{') && second == '"') ||
         (text.starts_with('[') && (second == '{' || second == '[' || second == ']'));
}

namespace {

/// Whether a text is nothing but objects and lists, with white space or commas between them.
bool is_all_values(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = begins_value(text) ? container_length(text) : 0;
    if (length == 0) {
      return false;
    }
    text = text.substr(std::min(text.find_first_not_of(" \t\r\n,", length), text.size()));
  }
  return true;
}

}  // namespace

std::size_t find_value_at_end(std::string_view line) {
  std::size_t at = line.find_first_of("[{");
  while (at != std::string_view::npos && !begins_value(line.substr(at))) {
    at = line.find_first_of("[{", at + 1);
  }
  // What stands before it are words, which have no zero bytes, as the head of a file in an archive
  // of tar does. What begins first must go on to the end: else something would be left out without
  // a word.
  const bool is_found = at != std::string_view::npos &&
                        line.substr(0, at).find('\0') == std::string_view::npos &&
                        is_all_values(line.substr(at));
  return is_found ? at : std::string_view::npos;
}

namespace {

/// Four hexadecimal digits; nothing when they are not there.
std::optional<unsigned> hex4(std::string_view text) {
  unsigned value = 0;
  const auto [end, code] =
      std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 4), value, 16);
  return code == std::errc() && end == text.data() + 4 ? std::optional(value) : std::nullopt;
}

/// Appends what `\\uXXXX` at the beginning of `rest` says; how long it is.
std::size_t take_unicode(std::string_view rest, std::string& out) {
  const auto first = hex4(rest.substr(2));
  if (!first) {
    return 2;
  }
  const bool is_high = (*first & 0xFC00U) == 0xD800U;
  const auto second = is_high && rest.substr(6, 2) == "\\u" ? hex4(rest.substr(8)) : std::nullopt;
  if (second && (*second & 0xFC00U) == 0xDC00U) {
    base::append_utf8(0x10000U + ((*first & 0x3FFU) << 10U) + (*second & 0x3FFU), out);
    return 12;
  }
  base::append_utf8(*first, out);
  return 6;
}

}  // namespace

bool escapes_are_json(std::string_view token) {
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";

  for (std::size_t i = 1; i < token.size() && token[i] != '"'; ++i) {
    if (token[i] != '\\') {
      continue;
    }
    ++i;
    if (i < token.size() && token[i] == 'u') {
      const std::string_view hex = token.substr(i + 1, 4);
      if (hex.size() < 4 || hex.find_first_not_of(kHex) != std::string_view::npos) {
        return false;
      }
      i += 4;
    } else if (i >= token.size() ||
               std::string_view("\"\\/bfnrt").find(token[i]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

std::string unescaped(std::string_view token) {
  static constexpr std::string_view kLetters = "bfnrt";
  static constexpr std::string_view kMeant = "\b\f\n\r\t";
  std::string out;
  for (std::size_t at = 1; at < token.size() && token[at] != '"';) {
    if (token[at] != '\\' || at + 1 == token.size()) {
      out += token[at++];
    } else if (token[at + 1] == 'u') {
      at += take_unicode(token.substr(at), out);
    } else {
      const std::size_t letter = kLetters.find(token[at + 1]);
      out += letter == std::string_view::npos ? token[at + 1] : kMeant[letter];
      at += 2;
    }
  }
  return out;
}

bool mentions_processes(std::string_view text) {
  return text.find("processId") != std::string_view::npos ||
         text.find("process_id") != std::string_view::npos ||
         text.find("ProcessId") != std::string_view::npos;
}

bool mentions_rooms(std::string_view text) {
  for (const std::string_view name : {"roomId", "room_id", "RoomId"}) {
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at)) {
      at += name.size();
      // The name ends there, with its quote or with that of a text in a text: no roomIdleTimeout.
      if (at < text.size() && (text[at] == '"' || text[at] == '\\')) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace fleetmeter::decode
