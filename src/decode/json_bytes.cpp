#include "decode/json_bytes.hpp"

#include <cstdint>
#include <cstring>

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

std::size_t find_value_at_end(std::string_view line) {
  constexpr int kMostTries = 32;
  std::size_t at = line.find_first_of("[{");
  for (int tries = 0; tries < kMostTries && at != std::string_view::npos; ++tries) {
    const std::string_view rest = line.substr(at);
    const std::size_t next = rest.find_first_not_of(" \t", 1);
    const char second = next == std::string_view::npos ? '\0' : rest[next];
    const bool may_be =
        rest.front() == '{' ? second == '"' : second == '{' || second == '[' || second == ']';
    if (may_be && is_whole_value(rest)) {
      return at;
    }
    at = line.find_first_of("[{", at + 1);
  }
  return std::string_view::npos;
}

}  // namespace fleetmeter::decode
