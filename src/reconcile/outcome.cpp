#include "reconcile/outcome.hpp"

#include <algorithm>

#include "reconcile/parts_of_whole.hpp"

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

Pricer::Pricer(const rate::PriceBook& book, model::Product product, std::vector<PriceClass> classes)
    : book_(book),
      product_(product),
      classes_(std::move(classes)),
      prices_change_(std::any_of(classes_.begin(), classes_.end(),
                                 [](const PriceClass& one) { return one.prices.size() > 1; })) {}

/// What a class used at each of its prices. When its whole is known, the bounds are those that
/// count least and most together by `weight`; what has no price counts nothing.
std::vector<Bounded<Int128>> Pricer::used_by(std::size_t class_no, const Metered& metered,
                                             const model::Policy& policy, Weight weight) const {
  const std::vector<rate::PricedTime>& prices = classes_[class_no].prices;
  std::vector<Bounded<Int128>> all;
  for (std::size_t price = 0; price < prices.size(); ++price) {
    all.push_back(metered.at_price(price, class_no));
  }
  if (weight == Weight::apart || prices.size() == 1) {
    return all;
  }
  std::vector<UsedPart> parts;
  for (std::size_t price = 0; price < prices.size(); ++price) {
    const rate::Priced& priced = prices[price].priced;
    const bool is_rated = priced.status == rate::Priced::Status::rated;
    Ratio one = is_rated ? Ratio(1) : Ratio();
    if (is_rated && weight == Weight::price) {
      one = Ratio(flat_price(priced.rate_no)) /
            Ratio(rate::unit_size(book_.card().rates[priced.rate_no].unit, policy));
    }
    parts.push_back({all[price], one});
  }
  const Bounded<Int128> whole = metered.whole(class_no);
  const std::vector<Int128> least = least_parts(parts, whole);
  const std::vector<Int128> most = most_parts(parts, whole);
  for (std::size_t price = 0; price < prices.size(); ++price) {
    all[price] = {all[price].point, least[price], most[price]};
  }
  return all;
}

const Decimal& Pricer::flat_price(std::size_t rate_no) const {
  return book_.card().rates[rate_no].tiers.front().unit_price;
}

Pricer::Lines Pricer::lines_of(const Metered& metered, const model::Policy& policy,
                               const Resize* resize, Weight weight) const {
  Lines lines(book_.card().rates.size());
  for (std::size_t class_no = 0; class_no < classes_.size(); ++class_no) {
    const PriceClass& one = classes_[class_no];
    const bool resized = resize != nullptr && is_of(*resize, one.scope);
    const std::vector<Bounded<Int128>> all = used_by(class_no, metered, policy, weight);
    for (std::size_t price = 0; price < all.size(); ++price) {
      const rate::Priced& priced = one.prices[price].priced;
      if (priced.status != rate::Priced::Status::rated) {
        continue;
      }
      // What is counted by process is of one, whatever its size.
      const bool by_size = book_.card().rates[priced.rate_no].unit == model::RateUnit::vcpu_hour;
      const Int128 factor =
          scaled(resized && by_size ? resize->vcpus : priced.vcpus, book_.scale());
      const Bounded<Int128>& used = all[price];
      lines[priced.rate_no] += {base::multiply(used.point, factor), base::multiply(used.lo, factor),
                                base::multiply(used.hi, factor)};
    }
  }
  return lines;
}

/// Brings the bounds of an outcome closer, where those of the whole of a class are closer than the
/// sums of what it used at each price.
void Pricer::narrow(const Metered& metered, const Resize* resize, const model::Policy& policy,
                    Outcome& outcome) const {
  if (outcome.quantity) {
    Bounded<Ratio> all;
    const Lines lines = lines_of(metered, policy, resize, Weight::quantity);
    for (std::size_t rate_no = 0; rate_no < lines.size(); ++rate_no) {
      all.lo += book_.quantity(rate_no, lines[rate_no].lo, policy);
      all.hi += book_.quantity(rate_no, lines[rate_no].hi, policy);
    }
    outcome.quantity->lo = all.lo;
    outcome.quantity->hi = all.hi;
  }
  const Lines lines = lines_of(metered, policy, resize, Weight::price);
  Ratio least;
  Ratio most;
  std::size_t count = 0;
  for (std::size_t rate_no = 0; rate_no < lines.size(); ++rate_no) {
    if (lines[rate_no] == Bounded<Int128>{}) {
      continue;
    }
    if (book_.card().rates[rate_no].tiers.size() > 1) {
      return;  // what a unit costs hangs on all the others
    }
    least += book_.worth(rate_no, lines[rate_no].lo, policy);
    most += book_.worth(rate_no, lines[rate_no].hi, policy);
    count += 1;
  }
  reconcile::narrow(outcome.amount, least, most, count, policy.amounts);
}

Outcome Pricer::price(const Metered& metered, const model::Policy& policy,
                      const Resize* resize) const {
  const std::vector<model::Rate>& rates = book_.card().rates;
  const Lines lines = lines_of(metered, policy, resize, Weight::apart);
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
    const std::optional<Decimal> price =
        rates[rate_no].tiers.size() == 1 ? std::optional(flat_price(rate_no)) : std::nullopt;
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
  if (metered.whole && prices_change_) {
    narrow(metered, resize, policy, outcome);
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
