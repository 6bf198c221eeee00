#include "rate/presets.hpp"

namespace fleetmeter::rate {

namespace {

using model::Policy;
using model::Product;
using model::Rate;
using model::RateCard;
using model::RateUnit;

Rate flat(Product product, RateUnit unit, Int128 cents) {
  Rate rate;
  rate.product = product;
  rate.unit = unit;
  rate.tiers = {{Decimal(), Decimal(cents, 2)}};
  return rate;
}

Rate of_plan(const char* plan, Int128 cents) {
  Rate rate = flat(Product::compute, RateUnit::active_hour, cents);
  rate.plan = plan;
  return rate;
}

Policy standard() {
  Policy policy;
  policy.name = "standard";
  policy.summary = "startedAt to stoppingAt, to the millisecond; GB of 10^9 bytes; months in UTC";
  return policy;
}

Policy estimator() {
  Policy policy = standard();
  policy.name = "estimator";
  policy.summary = "as standard, but GB of 2^30 bytes, as the vendor's own cost estimator counts";
  policy.gb_is_gib = true;
  return policy;
}

Policy scheduled_to_exit() {
  Policy policy = standard();
  policy.name = "scheduled-to-exit";
  policy.summary = "scheduledAt to terminatedAt, as an older page of the vendor says";
  policy.clock_start = model::ClockField::scheduled_at;
  policy.clock_stop = model::ClockField::terminated_at;
  return policy;
}

RateCard vcpu_hours() {
  RateCard card;
  card.name = "vcpu-hours";
  card.rates = {flat(Product::compute, RateUnit::vcpu_hour, 8),
                flat(Product::egress, RateUnit::gb, 12)};
  return card;
}

RateCard plans() {
  RateCard card;
  card.name = "plans";
  card.rates = {of_plan("tiny", 4), of_plan("small", 8), of_plan("medium", 16),
                of_plan("large", 32), flat(Product::egress, RateUnit::gb, 12)};
  return card;
}

}  // namespace

const std::vector<Policy>& preset_policies() {
  static const std::vector<Policy> kPolicies{standard(), estimator(), scheduled_to_exit()};
  return kPolicies;
}

const std::vector<RateCard>& preset_cards() {
  static const std::vector<RateCard> kCards{vcpu_hours(), plans()};
  return kCards;
}

}  // namespace fleetmeter::rate
