#include "reconcile/line_check.hpp"

#include <algorithm>
#include <set>

namespace fleetmeter::reconcile {

namespace {

using base::Ratio;
using model::InvoiceLine;

constexpr int kFewestRounded = 3;  // significant digits, from which on a number is a rounded one
constexpr int kMostOfPeople = 12;  // significant digits of numbers that did not come from a double
constexpr int kTrustedOfDouble = 10;

/// What was cut is less than one in the last place.
const Ratio kCut(999'999, 1'000'000);

int significant_digits(const Decimal& number) {
  Int128 digits = number.digits() < 0 ? -number.digits() : number.digits();
  int count = 0;
  for (; digits > 0; digits /= 10) {
    ++count;
  }
  return count;
}

Ratio power_of_tenth(int scale) {
  return {1, power_of_ten(scale)};
}

Ratio size_of(const Ratio& value) {
  return value < Ratio() ? Ratio() - value : value;
}

/// One smallest unit of the currency: vendors round up, down and to the nearest.
Ratio minor_unit(int minor_digits) {
  return power_of_tenth(minor_digits);
}

bool is_near(const Ratio& a, const Ratio& b, const Ratio& within) {
  return size_of(a - b) < within;
}

/// What the printed price may be off by: prices are printed with the places of the currency at
/// least, though JSON writes 0.10 as 0.1.
Ratio error_of_price(const Decimal& price, int minor_digits) {
  return significant_digits(price) > kMostOfPeople
             ? printed_error(price)
             : power_of_tenth(std::max(price.scale(), minor_digits));
}

/// Whether an amount is a quantity at a price of the contract.
bool is_worth(const InvoiceLine& line, const Ratio& quantity, const Ratio& quantity_error,
              const Ratio& price, int minor_digits) {
  const Ratio within = minor_unit(minor_digits) + quantity_error * price;
  const Ratio worth = quantity * price;
  const Ratio discount = line.discount ? size_of(Ratio(*line.discount)) : Ratio();
  return is_near(Ratio(*line.amount), worth, within) ||
         is_near(Ratio(*line.amount) + discount, worth, within);
}

/// Whether an amount may be what a quantity costs partly at one price and partly at others. A line
/// for a whole month, in which the price changed, or for several regions, is an average of theirs.
bool may_be_of_several(const std::vector<Decimal>& prices, const InvoiceLine& line,
                       const Ratio& quantity, const Ratio& quantity_error, int minor_digits) {
  if (prices.empty()) {
    return false;
  }
  const auto [least, most] = std::minmax_element(prices.begin(), prices.end());
  const Ratio amount(*line.amount);
  const Ratio discount = line.discount ? size_of(Ratio(*line.discount)) : Ratio();
  const Ratio unit = minor_unit(minor_digits);
  const Ratio lo = (quantity - quantity_error) * Ratio(*least) - unit;
  const Ratio hi = (quantity + quantity_error) * Ratio(*most) + unit;
  return *least < *most && amount + discount > lo && amount < hi;
}

}  // namespace

Ratio printed_error(const Decimal& printed) {
  const int digits = significant_digits(printed);
  if (digits > kMostOfPeople && printed.scale() > 0) {
    const int beyond = digits - kTrustedOfDouble;
    return beyond > printed.scale() ? Ratio(power_of_ten(beyond - printed.scale()))
                                    : power_of_tenth(printed.scale() - beyond);
  }
  const Ratio place = power_of_tenth(printed.scale());
  const bool is_short = digits < kFewestRounded;
  return digits == 0 || (is_short && printed.scale() == 0) ? Ratio()
         : is_short || printed.scale() == 0                ? place * Ratio(1, 2)
                                                           : place * kCut;
}

Arithmetic arithmetic_of(const InvoiceLine& line, int minor_digits) {
  if (!line.quantity || !line.unit_price || !line.amount) {
    return Arithmetic::right;
  }
  const Ratio quantity(*line.quantity);
  const Ratio price(*line.unit_price);
  const Ratio within = minor_unit(minor_digits) + printed_error(*line.quantity) * size_of(price) +
                       printed_error(*line.unit_price) * size_of(quantity);
  const Ratio gross = quantity * price;
  const Ratio amount(*line.amount);
  const Ratio discount = line.discount ? size_of(Ratio(*line.discount)) : Ratio();
  return is_near(amount, gross, within) || is_near(amount + discount, gross, within)
             ? Arithmetic::right
         : amount < gross ? Arithmetic::too_low
                          : Arithmetic::too_high;
}

Prices prices_of(const model::RateCard& card, model::Product product, bool gb_is_gib) {
  Prices prices;
  std::set<model::RateUnit> units;
  for (const model::Rate& rate : card.rates) {
    if (rate.product != product) {
      continue;
    }
    units.insert(rate.unit);
    if (rate.tiers.size() == 1) {
      prices.flat.push_back(rate.tiers.front().unit_price);
      continue;
    }
    for (const model::RateTier& tier : rate.tiers) {
      if (!prices.most || Ratio(*prices.most) < Ratio(tier.unit_price)) {
        prices.most = tier.unit_price;
      }
    }
  }
  if (units.size() != 1) {
    return {};  // nothing can be told of prices of different things
  }
  prices.measure = measure_of(*units.begin(), gb_is_gib);
  return prices;
}

PriceSays price_says(const Prices& contract, const InvoiceLine& line, int minor_digits) {
  const std::optional<Ratio> size = factor(line.unit, contract.measure);
  if (!size || (contract.flat.empty() && !contract.most)) {
    return PriceSays::nothing;
  }
  const bool is_worth_known = line.quantity && line.amount && line.quantity->digits() > 0;
  if (!line.unit_price && !is_worth_known) {
    return PriceSays::nothing;
  }
  const Ratio quantity = line.quantity ? Ratio(*line.quantity) * *size : Ratio();
  const Ratio error = line.quantity ? printed_error(*line.quantity) * *size : Ratio();
  PriceSays says = PriceSays::other;
  for (const Decimal& price : contract.flat) {
    const Ratio off = line.unit_price ? Ratio(*line.unit_price) - Ratio(price) * *size : Ratio();
    if (size_of(off) >= (line.unit_price ? error_of_price(*line.unit_price, minor_digits) : 1)) {
      continue;
    }
    if (!is_worth_known || is_worth(line, quantity, error, Ratio(price), minor_digits)) {
      return PriceSays::contract;
    }
    says = line.unit_price && off == Ratio() ? PriceSays::only_prints : says;
  }
  if (says == PriceSays::other && !line.unit_price &&
      may_be_of_several(contract.flat, line, quantity, error, minor_digits)) {
    return PriceSays::nothing;
  }
  if (!contract.most || says != PriceSays::other) {
    return says;
  }
  // With tiers and free units a line may cost anything up to the dearest.
  const Ratio most(*contract.most);
  const bool is_below =
      line.unit_price
          ? Ratio(*line.unit_price) < most * *size + error_of_price(*line.unit_price, minor_digits)
          : Ratio(*line.amount) <= (quantity + error) * most + minor_unit(minor_digits);
  return is_below ? PriceSays::contract : PriceSays::other;
}

std::optional<Decimal> price_in(const Prices& contract, const InvoiceLine& line, int minor_digits) {
  const std::optional<Ratio> size = factor(line.unit, contract.measure);
  std::optional<Decimal> found;
  for (const Decimal& price : contract.flat) {
    if (size && line.unit_price &&
        is_near(Ratio(*line.unit_price), Ratio(price) * *size,
                error_of_price(*line.unit_price, minor_digits))) {
      if (found && *found != price) {
        return std::nullopt;
      }
      found = price;
    }
  }
  return found;
}

Ratio worth_of(const model::Rate& rate, const Ratio& quantity) {
  Ratio sum;
  for (std::size_t i = 0; i < rate.tiers.size(); ++i) {
    const Ratio from(rate.tiers[i].from);
    const Ratio to =
        i + 1 < rate.tiers.size() ? std::min(quantity, Ratio(rate.tiers[i + 1].from)) : quantity;
    if (to > from) {
      sum += (to - from) * Ratio(rate.tiers[i].unit_price);
    }
  }
  return sum;
}

bool is_repeated(const InvoiceLine& one, const InvoiceLine& other) {
  const bool charges = (one.amount && one.amount->digits() != 0) ||
                       (!one.amount && one.quantity && one.quantity->digits() != 0);
  return charges && one.kind == other.kind && one.description == other.description &&
         one.unit == other.unit && one.quantity == other.quantity &&
         one.unit_price == other.unit_price && one.amount == other.amount &&
         one.discount == other.discount && one.app_id == other.app_id &&
         one.deployment_id == other.deployment_id && one.region == other.region;
}

}  // namespace fleetmeter::reconcile
