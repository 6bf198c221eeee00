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
Ratio last_place_of_price(const Decimal& price, int minor_digits) {
  return significant_digits(price) > kMostOfPeople
             ? last_place(price)
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

}  // namespace

Ratio last_place(const Decimal& printed) {
  const int digits = significant_digits(printed);
  if (digits > kMostOfPeople && printed.scale() > 0) {
    const int beyond = digits - kTrustedOfDouble;
    return beyond > printed.scale() ? Ratio(power_of_ten(beyond - printed.scale()))
                                    : power_of_tenth(printed.scale() - beyond);
  }
  return digits < kFewestRounded ? Ratio() : power_of_tenth(printed.scale());
}

Arithmetic arithmetic_of(const InvoiceLine& line, int minor_digits) {
  if (!line.quantity || !line.unit_price || !line.amount) {
    return Arithmetic::right;
  }
  const Ratio quantity(*line.quantity);
  const Ratio price(*line.unit_price);
  const Ratio within = minor_unit(minor_digits) + last_place(*line.quantity) * size_of(price) +
                       last_place(*line.unit_price) * size_of(quantity);
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

std::optional<bool> has_price_of(const Prices& contract, const InvoiceLine& line,
                                 int minor_digits) {
  const std::optional<Ratio> size = factor(line.unit, contract.measure);
  if (!size || (contract.flat.empty() && !contract.most)) {
    return std::nullopt;
  }
  if (line.unit_price) {
    const Ratio printed(*line.unit_price);
    const Ratio within = last_place_of_price(*line.unit_price, minor_digits);
    return std::any_of(contract.flat.begin(), contract.flat.end(),
                       [&](const Decimal& price) {
                         return is_near(printed, Ratio(price) * *size, within);
                       }) ||
           (contract.most && printed < Ratio(*contract.most) * *size + within);
  }
  if (!line.quantity || !line.amount || line.quantity->digits() <= 0) {
    return std::nullopt;
  }
  const Ratio quantity = Ratio(*line.quantity) * *size;
  const Ratio error = last_place(*line.quantity) * *size;
  const auto is_at = [&](const Decimal& price) {
    return is_worth(line, quantity, error, Ratio(price), minor_digits);
  };
  return std::any_of(contract.flat.begin(), contract.flat.end(), is_at) ||
         (contract.most && Ratio(*line.amount) <= quantity * Ratio(*contract.most) +
                                                      error * Ratio(*contract.most) +
                                                      minor_unit(minor_digits));
}

std::optional<Decimal> price_in(const Prices& contract, const InvoiceLine& line, int minor_digits) {
  const std::optional<Ratio> size = factor(line.unit, contract.measure);
  std::optional<Decimal> found;
  for (const Decimal& price : contract.flat) {
    if (size && line.unit_price &&
        is_near(Ratio(*line.unit_price), Ratio(price) * *size,
                last_place_of_price(*line.unit_price, minor_digits))) {
      if (found && *found != price) {
        return std::nullopt;
      }
      found = price;
    }
  }
  return found;
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
