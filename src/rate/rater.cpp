#include "rate/rater.hpp"

#include <algorithm>

namespace fleetmeter::rate {

namespace {

using base::Ratio;
using model::Product;
using Status = CostLine::Status;

Status status_of(Priced::Status status) {
  return status == Priced::Status::rated           ? Status::rated
         : status == Priced::Status::no_deployment ? Status::no_deployment
                                                   : Status::no_price;
}

Bounded<Int128> times(const Bounded<Int128>& value, Int128 factor) {
  return {base::multiply(value.point, factor), base::multiply(value.lo, factor),
          base::multiply(value.hi, factor)};
}

/// The bounds of a rounding line are differences of sums, so the point may lie outside them. Then
/// the bound is moved to the point.
void spread(Bounded<Int128>& value) {
  value.lo = std::min(value.lo, value.point);
  value.hi = std::max(value.hi, value.point);
}

/// The share of `total` that a part of `whole` has.
Int128 share(Int128 total, Int128 part, Int128 whole, base::Rounding rounding) {
  if (whole == 0) {
    return 0;
  }
  const Ratio fraction(part, whole);
  return base::divide(base::multiply(total, fraction.numerator()), fraction.denominator(),
                      rounding);
}

}  // namespace

Rater::Rater(const PriceBook& book, const model::Policy& policy)
    : book_(book), policy_(policy), scale_(book.scale()) {}

Rater::Key Rater::key_of(const Usage& usage) {
  const Priced& priced = usage.time->priced;
  return {usage.group, usage.product, status_of(priced.status), priced.rate_no};
}

void Rater::add(const Usage& usage) {
  const Priced& priced = usage.time->priced;
  const Int128 unit = power_of_ten(scale_ - priced.vcpus.scale());
  if (usage.processes > 0 || usage.open_processes > 0) {
    Part& part = parts_[key_of(usage)];
    part.processes += usage.processes;
    part.metered += times(usage.metered, base::multiply(priced.vcpus.digits(), unit));
    part.open_processes += usage.open_processes;
  }
  if (usage.unmetered_processes > 0) {
    parts_[{usage.group, usage.product, Status::unmetered, 0}].processes +=
        usage.unmetered_processes;
  }
}

Int128 Rater::worth(std::size_t rate_no, Int128 metered) const {
  return book_.worth(rate_no, metered, policy_).round(0, policy_.amounts).digits();
}

CostLine& Rater::line(const Key& key) {
  CostLine& line = lines_[key];
  std::tie(line.group, line.product, line.status, line.rate_no) = key;
  return line;
}

void Rater::close_month() {
  for (std::size_t rate_no = 0; rate_no < book_.card().rates.size(); ++rate_no) {
    close_rate(rate_no);
  }
  for (const auto& [key, part] : parts_) {
    CostLine& to = line(key);
    to.processes += part.processes;
    to.metered += part.metered;
    to.open_processes += part.open_processes;
  }
  parts_.clear();
}

/// Rounds the line of one rate, and its parts, in the month.
void Rater::close_rate(std::size_t rate_no) {
  const Product product = book_.card().rates[rate_no].product;
  const bool tiered = book_.card().rates[rate_no].tiers.size() > 1;
  const auto is_of_line = [&](const Key& key) {
    return std::get<2>(key) == Status::rated && std::get<3>(key) == rate_no;
  };
  Bounded<Int128> used;
  std::size_t width = 0;
  for (const auto& [key, part] : parts_) {
    if (is_of_line(key)) {
      used += part.metered;
      width = std::get<0>(key).size();
    }
  }
  const auto billed_of = [&](Int128 metered) {
    return product == Product::compute ? book_.billed(metered, policy_) : metered;
  };
  const Bounded<Int128> billed{billed_of(used.point), billed_of(used.lo), billed_of(used.hi)};
  const Bounded<Int128> total{worth(rate_no, billed.point), worth(rate_no, billed.lo),
                              worth(rate_no, billed.hi)};
  Bounded<Int128> rest = total;
  for (const auto& [key, part] : parts_) {
    if (!is_of_line(key)) {
      continue;
    }
    const auto amount = [&](Int128 metered, Int128 all, Int128 sum) {
      return tiered ? share(sum, metered, all, policy_.amounts) : worth(rate_no, metered);
    };
    const Bounded<Int128> own{amount(part.metered.point, used.point, total.point),
                              amount(part.metered.lo, used.lo, total.lo),
                              amount(part.metered.hi, used.hi, total.hi)};
    line(key).amount += own;
    rest += {-own.point, -own.lo, -own.hi};
  }
  const Bounded<Int128> steps{billed.point - used.point, billed.lo - used.lo, billed.hi - used.hi};
  if (rest != Bounded<Int128>{} || steps != Bounded<Int128>{}) {
    // Without groups the line is its own only part.
    CostLine& to = line({std::vector<std::string>(width), product,
                         width == 0 ? Status::rated : Status::rounding, rate_no});
    to.amount += rest;
    to.metered += steps;
  }
}

std::vector<CostLine> Rater::finish() {
  std::vector<CostLine> lines;
  for (const bool rounding : {false, true}) {
    for (const auto& [key, line] : lines_) {
      if ((line.status == Status::rounding) == rounding) {
        lines.push_back(line);
      }
    }
  }
  for (CostLine& line : lines) {
    spread(line.amount);
    spread(line.metered);
  }
  lines_.clear();
  return lines;
}

}  // namespace fleetmeter::rate
