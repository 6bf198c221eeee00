#pragma once

#include <compare>
#include <cstdint>

#include "fleetmeter/decimal.hpp"

namespace fleetmeter::base {

/// How a number between two others is rounded.
enum class Rounding {
  half_even,  ///< to the nearer, a tie to the even one
  half_up,    ///< to the nearer, a tie away from zero
  up,         ///< away from zero
  down,       ///< towards zero
};

/// An exact fraction of 128-bit integers, in lowest terms. What does not fit throws Error(data);
/// nothing is ever rounded but by round().
class Ratio {
 public:
  Ratio() = default;
  Ratio(Int128 numerator, Int128 denominator = 1);  // NOLINT: integers are fractions
  explicit Ratio(const Decimal& value);

  [[nodiscard]] Int128 numerator() const { return numerator_; }
  [[nodiscard]] Int128 denominator() const { return denominator_; }  ///< greater than 0

  /// The nearest number with `scale` digits behind the point.
  [[nodiscard]] Decimal round(int scale, Rounding rounding = Rounding::half_even) const;

  friend Ratio operator+(const Ratio& a, const Ratio& b);
  friend Ratio operator-(const Ratio& a, const Ratio& b);
  friend Ratio operator*(const Ratio& a, const Ratio& b);
  friend Ratio operator/(const Ratio& a, const Ratio& b);  ///< b is not 0
  Ratio& operator+=(const Ratio& other) { return *this = *this + other; }
  friend bool operator==(const Ratio&, const Ratio&) = default;
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b);

 private:
  Int128 numerator_ = 0;
  Int128 denominator_ = 1;
};

/// numerator / denominator to a whole number; the denominator is greater than 0.
[[nodiscard]] Int128 divide(Int128 numerator, Int128 denominator, Rounding rounding);

/// The product, or Error(data) when it does not fit.
[[nodiscard]] Int128 multiply(Int128 a, Int128 b);

}  // namespace fleetmeter::base
