#include "base/ratio.hpp"

#include "fleetmeter/error.hpp"

namespace fleetmeter::base {

namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorKind::data, "money: a number needs more than 128 bits to be exact");
}

Int128 add(Int128 a, Int128 b) {
  Int128 sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) {
    refuse();
  }
  return sum;
}

Int128 common_divisor(Int128 a, Int128 b) {
  a = a < 0 ? -a : a;
  while (b != 0) {
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

bool rounds_away(Int128 rest, Int128 denominator, bool is_odd, Rounding rounding) {
  switch (rounding) {
    case Rounding::up:
      return rest > 0;
    case Rounding::down:
      return false;
    case Rounding::half_up:
      return rest >= denominator - rest;
    case Rounding::half_even:
      break;
  }
  return rest > denominator - rest || (rest == denominator - rest && is_odd);
}

}  // namespace

Int128 multiply(Int128 a, Int128 b) {
  Int128 product = 0;
  if (__builtin_mul_overflow(a, b, &product)) {
    refuse();
  }
  return product;
}

Int128 divide(Int128 numerator, Int128 denominator, Rounding rounding) {
  const Int128 quotient = numerator / denominator;
  const Int128 rest = numerator % denominator;
  const Int128 distance = rest < 0 ? -rest : rest;
  const bool away = rounds_away(distance, denominator, quotient % 2 != 0, rounding);
  return !away ? quotient : numerator < 0 ? quotient - 1 : quotient + 1;
}

Ratio::Ratio(Int128 numerator, Int128 denominator) {
  const Int128 sign = denominator < 0 ? -1 : 1;
  const Int128 divisor = common_divisor(numerator, denominator < 0 ? -denominator : denominator);
  numerator_ = sign * numerator / divisor;
  denominator_ = sign * denominator / divisor;
}

Ratio::Ratio(const Decimal& value) : Ratio(value.digits(), power_of_ten(value.scale())) {}

Decimal Ratio::round(int scale, Rounding rounding) const {
  if (scale == 0) {
    return {divide(numerator_, denominator_, rounding), 0};
  }
  // The whole part apart, so that the scale multiplies only what is smaller than the denominator.
  // It is even then, and a tie is the rest's alone.
  const Int128 ten = power_of_ten(scale);
  const Int128 whole = multiply(numerator_ / denominator_, ten);
  const Int128 rest = multiply(numerator_ % denominator_, ten);
  return {add(whole, divide(rest, denominator_, rounding)), scale};
}

Ratio operator+(const Ratio& a, const Ratio& b) {
  const Int128 divisor = common_divisor(a.denominator_, b.denominator_);
  const Int128 more = b.denominator_ / divisor;
  return {add(multiply(a.numerator_, more), multiply(b.numerator_, a.denominator_ / divisor)),
          multiply(a.denominator_, more)};
}

Ratio operator-(const Ratio& a, const Ratio& b) {
  return a + Ratio(-b.numerator_, b.denominator_);
}

Ratio operator*(const Ratio& a, const Ratio& b) {
  const Ratio left(a.numerator_, b.denominator_);
  const Ratio right(b.numerator_, a.denominator_);
  return {multiply(left.numerator_, right.numerator_),
          multiply(left.denominator_, right.denominator_)};
}

Ratio operator/(const Ratio& a, const Ratio& b) {
  return a * Ratio(b.denominator_, b.numerator_);
}

/// By whole parts, then by what is left of each upside down, as Euclid did: no product is needed,
/// so any two can be compared.
std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
  const auto floor_of = [](const Ratio& one) {
    const Int128 quotient = one.numerator_ / one.denominator_;
    return one.numerator_ % one.denominator_ < 0 ? quotient - 1 : quotient;
  };
  Ratio left = a;
  Ratio right = b;
  for (;;) {
    const Int128 whole = floor_of(left);
    if (const Int128 other = floor_of(right); whole != other) {
      return whole < other ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    const Int128 left_rest = left.numerator_ - whole * left.denominator_;
    const Int128 right_rest = right.numerator_ - whole * right.denominator_;
    if (left_rest == 0 || right_rest == 0) {
      return left_rest == right_rest ? std::strong_ordering::equal
             : left_rest == 0        ? std::strong_ordering::less
                                     : std::strong_ordering::greater;
    }
    const Ratio next_left(right.denominator_, right_rest);
    right = Ratio(left.denominator_, left_rest);
    left = next_left;
  }
}

}  // namespace fleetmeter::base
