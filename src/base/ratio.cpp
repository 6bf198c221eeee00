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
  Int128 a_over = a.numerator_;
  Int128 a_under = a.denominator_;
  Int128 b_over = b.numerator_;
  Int128 b_under = b.denominator_;
  for (;;) {
    const Int128 a_whole = a_over / a_under - (a_over % a_under < 0 ? 1 : 0);
    const Int128 b_whole = b_over / b_under - (b_over % b_under < 0 ? 1 : 0);
    const Int128 a_rest = a_over - a_whole * a_under;
    const Int128 b_rest = b_over - b_whole * b_under;
    if (a_whole != b_whole || a_rest == 0 || b_rest == 0) {
      return a_whole != b_whole ? a_whole <=> b_whole : a_rest <=> b_rest;
    }
    a_over = b_under;  // what is left of b upside down is compared with what is left of a
    b_over = a_under;
    a_under = b_rest;
    b_under = a_rest;
  }
}

}  // namespace fleetmeter::base
