#include "base/uuid.hpp"

#include <array>

#include "base/sha256.hpp"

namespace fleetmeter::base {

namespace {

constexpr std::array<std::size_t, 4> kDashes = {8, 13, 18, 23};  // in the text
constexpr std::size_t kTextLength = 36;

/// The value of a lower-case hexadecimal digit, or -1.
int digit(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::optional<std::string> packed_uuid(std::string_view text) {
  if (text.size() != kTextLength) {
    return std::nullopt;
  }
  for (const std::size_t dash : kDashes) {
    if (text[dash] != '-') {
      return std::nullopt;
    }
  }
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    if (text[i] == '-') {
      ++i;
    }
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string uuid_text(std::string_view bytes) {
  std::string text = to_hex(bytes);
  for (const std::size_t dash : kDashes) {
    text.insert(dash, 1, '-');
  }
  return text;
}

}  // namespace fleetmeter::base
