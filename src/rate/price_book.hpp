#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/deployment.hpp"
#include "model/policy.hpp"
#include "model/rate_card.hpp"

namespace fleetmeter::rate {

/// What decides a price, of one process or of a group that shares it.
struct Scope {
  std::string app_id;
  std::string deployment_id;
  std::string region;
  std::string hosting;
  friend auto operator<=>(const Scope&, const Scope&) = default;
};

/// What was found for a scope: a rate, or why there is none.
struct Priced {
  enum class Status { rated, no_deployment, no_price };
  Status status = Status::no_price;
  std::size_t rate_no = 0;  ///< an index into the card's rates, when rated
  Decimal vcpus{1, 0};      ///< by which an hour is multiplied: 1 unless the unit is the vCPU-hour
};

/// A rate card with the deployments it prices.
class PriceBook {
 public:
  PriceBook(model::RateCard card, const std::vector<model::Deployment>& deployments);

  [[nodiscard]] const model::RateCard& card() const { return card_; }
  [[nodiscard]] const model::Deployment* deployment(const Scope& scope) const;

  /// The price of a product at an instant. Of several rates that hold, the most specific wins: one
  /// for a deployment before one for an app, then plan, region and hosting.
  [[nodiscard]] Priced price(model::Product product, const Scope& scope, std::int64_t at_ms) const;

  /// The instants inside (from_ms, to_ms) at which a rate of a product begins or ends to hold, in
  /// order.
  [[nodiscard]] std::vector<std::int64_t> changes(model::Product product, std::int64_t from_ms,
                                                  std::int64_t to_ms) const;

  /// Metered quantities of priced usage are integers in units of 10^-scale: milliseconds times
  /// vCPUs, or bytes. The scale has one place more than the size of any deployment, so that half a
  /// size can be written.
  [[nodiscard]] int scale() const { return scale_; }

  /// A line's time as a policy that rounds lines rounds it.
  [[nodiscard]] Int128 billed(Int128 metered, const model::Policy& policy) const;

  /// The exact price of a metered quantity of one rate in one billing month, tiers and all, in the
  /// smallest unit of the currency.
  [[nodiscard]] base::Ratio worth(std::size_t rate_no, Int128 metered,
                                  const model::Policy& policy) const;

  /// The metered quantity in units of one rate.
  [[nodiscard]] base::Ratio quantity(std::size_t rate_no, Int128 metered,
                                     const model::Policy& policy) const;

  /// Whether some price depends on the hosting.
  [[nodiscard]] bool knows_hosting(model::Product product) const;

 private:
  model::RateCard card_;
  std::map<std::pair<std::string, std::string>, model::Deployment> deployments_;
  int scale_ = 1;
};

/// How specific a rate's scope is: the greater wins.
[[nodiscard]] int precedence(const model::Rate& rate);

/// The unit that a policy bills in, as answers name it: `vcpu_hour`, `active_hour`, `GB`, `GiB`.
[[nodiscard]] const char* unit_name(model::RateUnit unit, const model::Policy& policy);

/// How much of a meter is one unit: milliseconds of a vCPU, milliseconds of a process, or bytes.
[[nodiscard]] std::int64_t unit_size(model::RateUnit unit, const model::Policy& policy);

}  // namespace fleetmeter::rate
