#include "base/uuid.hpp"

#include <array>

#include "base/sha256.hpp"

namespace fleetmeter::base {

namespace {

constexpr std::array<std::size_t, 4> kDashes = {8, 13, 18, 23};  // in the text
constexpr std::size_t kTextLength = 36;

constexpr signed char kNoDigit = -1;

/// The values of lower-case hexadecimal digits.
constexpr std::array<signed char, 256> kDigits = [] {
  std::array<signed char, 256> values{};
  values.fill(kNoDigit);
  for (int i = 0; i < 16; ++i) {
    values.at(static_cast<unsigned char>("0123456789abcdef"[i])) = static_cast<signed char>(i);
  }
  return values;
}();

int digit(char c) {
  return kDigits[static_cast<unsigned char>(c)];
}

}  // namespace

std::optional<UuidBytes> packed_uuid(std::string_view text) {
  if (text.size() != kTextLength) {
    return std::nullopt;
  }
  for (const std::size_t dash : kDashes) {
    if (text[dash] != '-') {
      return std::nullopt;
    }
  }
  UuidBytes bytes{};
  std::size_t at = 0;
  for (char& byte : bytes) {
    if (text[at] == '-') {
      ++at;
    }
    const int high = digit(text[at]);
    const int low = digit(text[at + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    byte = static_cast<char>(high * 16 + low);
    at += 2;
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
