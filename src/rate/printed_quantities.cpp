#include "rate/printed_quantities.hpp"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>

#include "fleetmeter/error.hpp"

namespace fleetmeter::rate {

namespace {

constexpr int kMostPlaces = 38;  // of a Decimal
constexpr int kFarthest = 1000;  // no price was seen that needs more than 40

/// What other programs make of a decimal. No amount of ours is computed from it.
double as_others_read(const Decimal& value) {
  const std::string text = to_text(value);
  double read = 0;
  std::from_chars(text.data(), text.data() + text.size(), read);
  return read;
}

/// Whether a program that multiplies doubles finds the printed cost to be the product.
bool multiplies(Int128 quantity, const Decimal& unit_price) {
  const Decimal printed(quantity, kPrintedPlaces);
  return as_others_read(printed) * as_others_read(unit_price) ==
         as_others_read(product_of(printed, unit_price));
}

/// The quantity nearest to `near` that multiplies, and for which `suits` holds.
template <class Suits>
std::optional<Int128> nearest(Int128 near, const Decimal& unit_price, const Suits& suits) {
  for (int distance = 0; distance <= kFarthest; ++distance) {
    for (const int step : {distance, -distance}) {
      const Int128 quantity = near + step;
      if (quantity >= 0 && multiplies(quantity, unit_price) && suits(quantity)) {
        return quantity;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Decimal product_of(const Decimal& a, const Decimal& b) {
  const Decimal left = trimmed(a);
  const Decimal right = trimmed(b);
  if (left.scale() + right.scale() > kMostPlaces) {
    throw Error(ErrorKind::data, to_text(a) + " times " + to_text(b) + " has too many digits");
  }
  return {base::multiply(left.digits(), right.digits()), left.scale() + right.scale()};
}

std::vector<Decimal> printed_quantities(const std::vector<base::Ratio>& exact,
                                        const Decimal& unit_price) {
  std::vector<Int128> until;  // what the rows up to each one sum to
  base::Ratio sum;
  for (const base::Ratio& one : exact) {
    sum += one;
    until.push_back(sum.round(kPrintedPlaces).digits());
  }
  std::vector<Decimal> printed;
  Int128 before = 0;
  for (std::size_t i = 0; i < until.size(); ++i) {
    const Int128 near = until[i] - before;
    std::optional<Int128> found;
    if (i + 2 == until.size()) {
      // The row before the last one is chosen so that the last one needs no change.
      found = nearest(near, unit_price, [&](Int128 quantity) {
        const Int128 last = until.back() - before - quantity;
        return last >= 0 && multiplies(last, unit_price);
      });
    }
    if (!found) {
      found = nearest(near, unit_price, [](Int128) { return true; });
    }
    printed.emplace_back(found.value_or(near), kPrintedPlaces);
    before += printed.back().digits();
  }
  return printed;
}

}  // namespace fleetmeter::rate
