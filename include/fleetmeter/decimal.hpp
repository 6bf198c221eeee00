#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "fleetmeter/int128.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// An exact decimal number, as a price or an amount is written: digits / 10^scale. `1.5` and `1.50`
/// compare equal, and each keeps the zeros that it was written with.
class Decimal {
 public:
  Decimal() = default;
  /// `scale` is 0 to 38.
  Decimal(Int128 digits, int scale) : digits_(digits), scale_(scale) {}

  /// Reads texts such as `12`, `-0.50` and `1.5e3`, the whole text and without rounding. Absent
  /// when the text is no number or has more than 36 digits.
  [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

  [[nodiscard]] Int128 digits() const { return digits_; }
  [[nodiscard]] int scale() const { return scale_; }

  /// Exact. Throws Error(usage) when the digits do not fit.
  Decimal& operator+=(const Decimal& other);
  Decimal& operator-=(const Decimal& other);

  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  Int128 digits_ = 0;
  int scale_ = 0;
};

/// `-0.50`: every digit, with a leading zero before the point, never an exponent.
[[nodiscard]] std::string to_text(const Decimal& value);

/// The same number without zeros at its end, behind the point.
[[nodiscard]] Decimal trimmed(const Decimal& value);

/// 10^exponent, for exponents from 0 to 38.
[[nodiscard]] Int128 power_of_ten(int exponent);

}  // namespace fleetmeter
