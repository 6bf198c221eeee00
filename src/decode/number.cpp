#include "decode/number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace fleetmeter::decode {

namespace {

constexpr std::int64_t kLargestExactDouble = 9007199254740992;  // 2^53
constexpr std::size_t kMostDigits = 16;                         // of 2^53

/// The pieces of a number: [-]whole[.fraction][e[sign]exponent].
struct Pieces {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;  // with its sign
  bool plain_integer = false;
};

std::string_view take_digits(std::string_view& rest) {
  const std::size_t count = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const std::string_view digits = rest.substr(0, count);
  rest.remove_prefix(count);
  return digits;
}

bool take(std::string_view& rest, std::string_view any_of) {
  if (rest.empty() || any_of.find(rest.front()) == std::string_view::npos) {
    return false;
  }
  rest.remove_prefix(1);
  return true;
}

std::optional<Pieces> split(std::string_view rest) {
  Pieces pieces;
  pieces.negative = take(rest, "-");
  pieces.whole = take_digits(rest);
  pieces.plain_integer = rest.empty();
  if (pieces.whole.empty() || (pieces.whole.size() > 1 && pieces.whole.front() == '0')) {
    return std::nullopt;
  }
  if (take(rest, ".")) {
    pieces.fraction = take_digits(rest);
    if (pieces.fraction.empty()) {
      return std::nullopt;
    }
  }
  if (take(rest, "eE")) {
    pieces.exponent = rest;
    take(rest, "+-");
    if (take_digits(rest).empty()) {
      return std::nullopt;
    }
  }
  return rest.empty() ? std::optional(pieces) : std::nullopt;
}

ParsedInteger parse_fractional(const Pieces& pieces) {
  std::string digits = std::string(pieces.whole) + std::string(pieces.fraction);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) {
    return {0, nullptr};
  }
  std::string_view exponent_text = pieces.exponent;
  take(exponent_text, "+");
  std::int64_t exponent = 0;
  const auto parsed =
      std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  if (!exponent_text.empty() && (parsed.ec != std::errc() || std::abs(exponent) > 100'000)) {
    return {{}, "does not fit a 64-bit integer, or is not integral"};
  }
  exponent -= static_cast<std::int64_t>(pieces.fraction.size());
  const std::size_t kept = digits.find_last_not_of('0') + 1;
  exponent += static_cast<std::int64_t>(digits.size() - kept);
  digits.resize(kept);
  if (exponent < 0) {
    return {{}, "is not an integer"};
  }
  if (static_cast<std::int64_t>(digits.size()) + exponent >
      static_cast<std::int64_t>(kMostDigits)) {
    return {{}, "is written as a fraction and is over 2^53, where doubles stop being exact"};
  }
  digits.append(static_cast<std::size_t>(exponent), '0');
  const std::int64_t size = std::stoll(digits);
  if (size > kLargestExactDouble) {
    return {{}, "is written as a fraction and is over 2^53, where doubles stop being exact"};
  }
  return {pieces.negative ? -size : size, nullptr};
}

}  // namespace

bool is_json_number(std::string_view token) {
  return split(token).has_value();
}

ParsedInteger parse_integer(std::string_view token) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(token.data(), token.data() + token.size(), value);
  const std::string_view digits = token.substr(token.substr(0, 1) == "-" ? 1 : 0);
  const bool leading_zero = digits.size() > 1 && digits.front() == '0';
  if (parsed.ec == std::errc() && parsed.ptr == token.data() + token.size() && !leading_zero) {
    return {value, nullptr};
  }
  const std::optional<Pieces> pieces = split(token);
  if (!pieces) {
    return {{}, "is not a JSON number"};
  }
  return pieces->plain_integer ? ParsedInteger{{}, "does not fit a 64-bit integer"}
                               : parse_fractional(*pieces);
}

model::LooseNumber parse_loose(std::string_view token) {
  model::LooseNumber number;
  const char* const end = token.data() + token.size();
  if (const auto whole = std::from_chars(token.data(), end, number.integer);
      whole.ec == std::errc() && whole.ptr == end && token != "-0") {
    number.kind = model::LooseNumber::Kind::integer;
    return number;
  }
  number.integer = 0;
  const auto parsed = std::from_chars(token.data(), end, number.real);
  std::array<char, 32> shortest{};
  const auto printed =
      std::to_chars(shortest.data(), shortest.data() + shortest.size(), number.real);
  std::string text(shortest.data(), printed.ptr);
  const bool says_the_same = token == text || token == text + ".0";
  if (parsed.ec == std::errc() && std::isfinite(number.real) && says_the_same) {
    number.kind = model::LooseNumber::Kind::real;
    return number;
  }
  number.kind = model::LooseNumber::Kind::text;
  number.real = 0;
  number.text = token;
  return number;
}

}  // namespace fleetmeter::decode
