#include "fleetmeter/decimal.hpp"

#include <algorithm>
#include <charconv>

#include "fleetmeter/error.hpp"

namespace fleetmeter {

namespace {

constexpr std::size_t kMostDigits = 36;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The digits of a number without sign, point and exponent, and where its point stood.
struct Spelling {
  std::string digits;
  int scale = 0;
};

/// Reads `12.50` from the front of a text.
std::optional<Spelling> read_digits(std::string_view& text) {
  Spelling spelling;
  bool after_point = false;
  bool any_after = false;
  while (!text.empty() && (is_digit(text.front()) || (text.front() == '.' && !after_point))) {
    if (text.front() == '.') {
      after_point = true;
    } else {
      spelling.digits += text.front();
      spelling.scale += after_point ? 1 : 0;
      any_after = any_after || after_point;
    }
    text.remove_prefix(1);
  }
  const bool whole = !spelling.digits.empty() && after_point == any_after;
  return whole && static_cast<std::size_t>(spelling.scale) < spelling.digits.size()
             ? std::optional(spelling)
             : std::nullopt;
}

/// Reads `e-3`, or nothing, up to the end of a text.
std::optional<int> read_exponent(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  if (text.front() != 'e' && text.front() != 'E') {
    return std::nullopt;
  }
  text.remove_prefix(1);
  if (text.size() > 1 && text.front() == '+' && is_digit(text[1])) {
    text.remove_prefix(1);
  }
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(exponent) : std::nullopt;
}

/// One part of a comparison: the whole part, then what is behind the point at the same scale.
Int128 behind_point(const Decimal& value, int scale) {
  return value.digits() % power_of_ten(value.scale()) * power_of_ten(scale - value.scale());
}

}  // namespace

Int128 power_of_ten(int exponent) {
  Int128 power = 1;
  for (int i = 0; i < exponent; ++i) {
    power *= 10;
  }
  return power;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) {
    text.remove_prefix(1);
  }
  auto spelling = read_digits(text);
  const auto exponent = read_exponent(text);
  if (!spelling || !exponent || *exponent > 100 || *exponent < -100) {
    return std::nullopt;
  }
  int scale = spelling->scale - *exponent;
  std::string& digits = spelling->digits;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits == "0") {
    scale = std::clamp(scale, 0, static_cast<int>(kMostDigits));
  }
  if (scale < 0) {
    digits.append(static_cast<std::size_t>(-scale), '0');
    scale = 0;
  }
  if (digits.size() > kMostDigits || scale > static_cast<int>(kMostDigits)) {
    return std::nullopt;
  }
  Int128 value = 0;
  for (const char digit : digits) {
    value = value * 10 + (digit - '0');
  }
  return Decimal(negative ? -value : value, scale);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const Int128 whole_a = a.digits_ / power_of_ten(a.scale_);
  const Int128 whole_b = b.digits_ / power_of_ten(b.scale_);
  if (whole_a != whole_b) {
    return whole_a < whole_b ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  const int scale = std::max(a.scale_, b.scale_);
  const Int128 rest_a = behind_point(a, scale);
  const Int128 rest_b = behind_point(b, scale);
  return rest_a < rest_b   ? std::strong_ordering::less
         : rest_a > rest_b ? std::strong_ordering::greater
                           : std::strong_ordering::equal;
}

namespace {

/// The digits of a number, for so many of them behind the point.
Int128 digits_for(int scale, const Decimal& number) {
  Int128 digits = 0;
  if (__builtin_mul_overflow(number.digits(), power_of_ten(scale - number.scale()), &digits)) {
    throw Error(ErrorKind::usage, "a sum has more digits than can be added exactly");
  }
  return digits;
}

}  // namespace

Decimal& Decimal::operator+=(const Decimal& other) {
  const int scale = std::max(scale_, other.scale_);
  Int128 sum = 0;
  if (__builtin_add_overflow(digits_for(scale, *this), digits_for(scale, other), &sum)) {
    throw Error(ErrorKind::usage, "a sum has more digits than can be added exactly");
  }
  return *this = {sum, scale};
}

Decimal& Decimal::operator-=(const Decimal& other) {
  return *this += {-other.digits_, other.scale_};
}

Decimal trimmed(const Decimal& value) {
  Int128 digits = value.digits();
  int scale = value.scale();
  for (; scale > 0 && digits % 10 == 0; --scale) {
    digits /= 10;
  }
  return {digits, scale};
}

std::string to_text(const Decimal& value) {
  std::string digits = to_text(value.digits());
  const bool negative = digits.front() == '-';
  digits.erase(0, negative ? 1 : 0);
  const auto scale = static_cast<std::size_t>(value.scale());
  if (digits.size() <= scale) {
    digits.insert(0, scale + 1 - digits.size(), '0');
  }
  if (scale > 0) {
    digits.insert(digits.size() - scale, 1, '.');
  }
  return (negative ? "-" : "") + digits;
}

}  // namespace fleetmeter
