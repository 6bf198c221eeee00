#include "reconcile/outcome.hpp"

namespace fleetmeter::reconcile {

namespace {

using base::Ratio;

bool is_of(const Resize& resize, const rate::Scope& scope) {
  return resize.app_id == scope.app_id && resize.deployment_id == scope.deployment_id;
}

/// vCPUs as a whole number of 10^-scale.
Int128 scaled(const Decimal& vcpus, int scale) {
  return base::multiply(vcpus.digits(), power_of_ten(scale - vcpus.scale()));
}

}  // namespace

Pricer::Lines Pricer::lines_of(const Metered& metered, const Resize* resize) const {
  Lines lines(book_.card().rates.size());
  for (std::size_t class_no = 0; class_no < classes_.size(); ++class_no) {
    const PriceClass& one = classes_[class_no];
    const bool resized = resize != nullptr && is_of(*resize, one.scope);
    for (std::size_t stretch = 0; stretch < stretches_; ++stretch) {
      const rate::Priced& priced = one.prices[stretch];
      if (priced.status != rate::Priced::Status::rated) {
        continue;
      }
      // What is counted by process is of one, whatever its size.
      const bool by_size = book_.card().rates[priced.rate_no].unit == model::RateUnit::vcpu_hour;
      const Int128 factor =
          scaled(resized && by_size ? resize->vcpus : priced.vcpus, book_.scale());
      const Bounded<Int128> used = metered(stretch, class_no);
      lines[priced.rate_no] += {base::multiply(used.point, factor), base::multiply(used.lo, factor),
                                base::multiply(used.hi, factor)};
    }
  }
  return lines;
}

Outcome Pricer::price(const Metered& metered, const model::Policy& policy,
                      const Resize* resize) const {
  const std::vector<model::Rate>& rates = book_.card().rates;
  const Lines lines = lines_of(metered, resize);
  Outcome outcome;
  outcome.gb_is_gib = policy.gb_is_gib;
  bool any = false;
  for (std::size_t rate_no = 0; rate_no < lines.size(); ++rate_no) {
    const Bounded<Int128>& line = lines[rate_no];
    if (line == Bounded<Int128>{} || rates[rate_no].product != product_) {
      continue;
    }
    const auto billed = [&](Int128 used) {
      return product_ == model::Product::compute ? book_.billed(used, policy) : used;
    };
    const auto worth = [&](Int128 used) {
      return book_.worth(rate_no, billed(used), policy).round(0, policy.amounts).digits();
    };
    outcome.amount += {worth(line.point), worth(line.lo), worth(line.hi)};
    const auto quantity = [&](Int128 used) {
      return book_.quantity(rate_no, billed(used), policy);
    };
    const std::optional<Decimal> price = rates[rate_no].tiers.size() == 1
                                             ? std::optional(rates[rate_no].tiers[0].unit_price)
                                             : std::nullopt;
    if (!any) {
      outcome.quantity = Bounded<Ratio>();
      outcome.unit = rates[rate_no].unit;
      outcome.unit_price = price;
    }
    any = true;
    if (outcome.unit != rates[rate_no].unit) {
      outcome.unit.reset();
      outcome.quantity.reset();
    }
    outcome.unit_price = outcome.unit_price == price ? outcome.unit_price : std::nullopt;
    if (outcome.quantity) {
      Bounded<Ratio>& all = *outcome.quantity;
      all = {all.point + quantity(line.point), all.lo + quantity(line.lo),
             all.hi + quantity(line.hi)};
    }
  }
  return outcome;
}

std::optional<Outcome> at_price(const Outcome& outcome, const Decimal& unit_price, int minor_digits,
                                base::Rounding rounding) {
  if (!outcome.quantity) {
    return std::nullopt;
  }
  const Ratio price = Ratio(unit_price) * Ratio(power_of_ten(minor_digits));
  const auto amount = [&](const Ratio& quantity) {
    return (quantity * price).round(0, rounding).digits();
  };
  Outcome other = outcome;
  other.unit_price = unit_price;
  other.amount = {amount(outcome.quantity->point), amount(outcome.quantity->lo),
                  amount(outcome.quantity->hi)};
  return other;
}

}  // namespace fleetmeter::reconcile
