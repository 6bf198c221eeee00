#include "rate/price_book.hpp"

#include <algorithm>
#include <set>

namespace fleetmeter::rate {

namespace {

using base::Ratio;
using model::Rate;
using model::RateUnit;

bool fits(const std::optional<std::string>& asked, const std::string& is) {
  return !asked || *asked == is;
}

bool holds(const Rate& rate, const Scope& scope, const model::Deployment* deployment,
           std::int64_t at_ms) {
  const bool in_time =
      (!rate.from_ms || *rate.from_ms <= at_ms) && (!rate.to_ms || at_ms < *rate.to_ms);
  const bool in_plan =
      !rate.plan || (deployment != nullptr && deployment->plan && *deployment->plan == *rate.plan);
  return in_time && in_plan && fits(rate.app_id, scope.app_id) &&
         fits(rate.deployment_id, scope.deployment_id) && fits(rate.region, scope.region) &&
         fits(rate.hosting, scope.hosting);
}

/// Whether two rates differ in nothing but when they hold.
bool are_alike(const Rate& a, const Rate& b) {
  const auto same_tier = [](const model::RateTier& one, const model::RateTier& other) {
    return one.from == other.from && one.unit_price == other.unit_price;
  };
  return a.product == b.product && a.unit == b.unit && a.app_id == b.app_id &&
         a.deployment_id == b.deployment_id && a.plan == b.plan && a.region == b.region &&
         a.hosting == b.hosting &&
         std::equal(a.tiers.begin(), a.tiers.end(), b.tiers.begin(), b.tiers.end(), same_tier);
}

}  // namespace

PriceBook::PriceBook(model::RateCard card, const std::vector<model::Deployment>& deployments)
    : card_(std::move(card)) {
  for (const model::Deployment& one : deployments) {
    deployments_.insert_or_assign({one.app_id, one.deployment_id}, one);
    scale_ = std::max(scale_, one.requested_cpu ? one.requested_cpu->scale() + 1 : 0);
  }
  for (const Rate& rate : card_.rates) {
    const auto first = std::find_if(card_.rates.begin(), card_.rates.end(),
                                    [&](const Rate& one) { return are_alike(one, rate); });
    first_alike_.push_back(static_cast<std::size_t>(first - card_.rates.begin()));
  }
}

const model::Deployment* PriceBook::deployment(const Scope& scope) const {
  const auto found = deployments_.find({scope.app_id, scope.deployment_id});
  return found == deployments_.end() ? nullptr : &found->second;
}

Priced PriceBook::price(model::Product product, const Scope& scope, std::int64_t at_ms) const {
  const model::Deployment* const known = deployment(scope);
  const Rate* best = nullptr;
  bool may_hang_on_plan = false;
  for (const Rate& rate : card_.rates) {
    if (rate.product != product) {
      continue;
    }
    may_hang_on_plan = may_hang_on_plan || (rate.plan && known == nullptr);
    if (holds(rate, scope, known, at_ms) &&
        (best == nullptr || precedence(rate) > precedence(*best))) {
      best = &rate;
    }
  }
  if (best == nullptr) {
    return {may_hang_on_plan ? Priced::Status::no_deployment : Priced::Status::no_price};
  }
  Priced priced{Priced::Status::rated,
                first_alike_[static_cast<std::size_t>(best - card_.rates.data())]};
  if (best->unit == RateUnit::vcpu_hour) {
    if (known == nullptr || !known->requested_cpu) {
      return {Priced::Status::no_deployment};
    }
    priced.vcpus = *known->requested_cpu;
  }
  return priced;
}

std::vector<std::int64_t> PriceBook::changes(model::Product product,
                                             const meter::Window& window) const {
  std::set<std::int64_t> instants;
  for (const Rate& rate : card_.rates) {
    for (const model::Instant at : {rate.from_ms, rate.to_ms}) {
      if (rate.product == product && at && *at > window.from_ms && *at < window.to_ms) {
        instants.insert(*at);
      }
    }
  }
  return {instants.begin(), instants.end()};
}

std::vector<PricedTime> PriceBook::prices(model::Product product, const Scope& scope,
                                          const meter::Window& window) const {
  std::vector<std::int64_t> ends = changes(product, window);
  ends.push_back(window.to_ms);
  std::vector<PricedTime> all;
  meter::Window part{window.from_ms, window.from_ms};
  for (const std::int64_t end_ms : ends) {
    part = {part.to_ms, end_ms};
    const Priced priced = price(product, scope, part.from_ms);
    const auto found = std::find_if(all.begin(), all.end(), [&](const PricedTime& one) {
      return one.priced.status == priced.status && one.priced.rate_no == priced.rate_no;
    });
    if (found == all.end()) {
      all.push_back({priced, {part}});
    } else if (found->when.back().to_ms == part.from_ms) {
      found->when.back().to_ms = part.to_ms;
    } else {
      found->when.push_back(part);
    }
  }
  return all;
}

Int128 PriceBook::billed(Int128 metered, const model::Policy& policy) const {
  if (policy.step_ms == 0 || policy.step_per != model::Policy::Per::line) {
    return metered;
  }
  const Int128 step = base::multiply(policy.step_ms, power_of_ten(scale_));
  return base::multiply(base::divide(metered, step, policy.step_direction), step);
}

Ratio PriceBook::quantity(std::size_t rate_no, Int128 metered, const model::Policy& policy) const {
  return {metered,
          base::multiply(unit_size(card_.rates[rate_no].unit, policy), power_of_ten(scale_))};
}

Ratio PriceBook::worth(std::size_t rate_no, Int128 metered, const model::Policy& policy) const {
  const std::vector<model::RateTier>& tiers = card_.rates[rate_no].tiers;
  const Ratio all = quantity(rate_no, metered, policy);
  const Ratio minor(power_of_ten(card_.minor_digits));
  if (tiers.size() == 1) {
    return all * Ratio(tiers.front().unit_price) * minor;
  }
  Ratio sum;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    const Ratio from(tiers[i].from);
    const Ratio to = i + 1 < tiers.size() ? std::min(all, Ratio(tiers[i + 1].from)) : all;
    if (to > from) {
      sum += (to - from) * Ratio(tiers[i].unit_price) * minor;
    }
  }
  return sum;
}

bool PriceBook::knows_hosting(model::Product product) const {
  return std::any_of(card_.rates.begin(), card_.rates.end(), [&](const Rate& rate) {
    return rate.product == product && rate.hosting.has_value();
  });
}

const std::vector<PricedTime>& Prices::of(const Scope& scope) {
  const auto [known, is_new] = known_.try_emplace(scope);
  if (is_new) {
    known->second = book_.prices(product_, scope, window_);
  }
  return known->second;
}

int precedence(const Rate& rate) {
  return (rate.deployment_id ? 16 : 0) + (rate.app_id ? 8 : 0) + (rate.plan ? 4 : 0) +
         (rate.region ? 2 : 0) + (rate.hosting ? 1 : 0);
}

const char* unit_name(RateUnit unit, const model::Policy& policy) {
  switch (unit) {
    case RateUnit::vcpu_hour:
      return "vcpu_hour";
    case RateUnit::active_hour:
      return "active_hour";
    case RateUnit::gb:
      return policy.gb_is_gib ? "GiB" : "GB";
    case RateUnit::gib:
      break;
  }
  return "GiB";
}

std::int64_t unit_size(RateUnit unit, const model::Policy& policy) {
  constexpr std::int64_t kHour_ms = 3'600'000;
  constexpr std::int64_t kGb = 1'000'000'000;
  constexpr std::int64_t kGib = 1'073'741'824;
  switch (unit) {
    case RateUnit::vcpu_hour:
    case RateUnit::active_hour:
      return kHour_ms;
    case RateUnit::gb:
      return policy.gb_is_gib ? kGib : kGb;
    case RateUnit::gib:
      break;
  }
  return kGib;
}

}  // namespace fleetmeter::rate
