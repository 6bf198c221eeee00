#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "meter/life.hpp"
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

/// When a scope had one price, in some window of time.
struct PricedTime {
  Priced priced;
  std::vector<meter::Window> when;  ///< in order; each ends before the next begins
};

/// A rate card with the deployments it prices.
class PriceBook {
 public:
  PriceBook(model::RateCard card, const std::vector<model::Deployment>& deployments);

  [[nodiscard]] const model::RateCard& card() const { return card_; }
  [[nodiscard]] const model::Deployment* deployment(const Scope& scope) const;

  /// The price of a product at an instant. Of several rates that hold, the most specific wins: one
  /// for a deployment before one for an app, then plan, region and hosting. Rates that differ in
  /// nothing but when they hold are one price, and the first of them stands for all.
  [[nodiscard]] Priced price(model::Product product, const Scope& scope, std::int64_t at_ms) const;

  /// The prices that a scope has in a window, in the order of their first instants, each once. When
  /// it has none is among them.
  [[nodiscard]] std::vector<PricedTime> prices(model::Product product, const Scope& scope,
                                               const meter::Window& window) const;

  /// The instants inside a window at which some rate of a product begins or ends to hold, in order.
  [[nodiscard]] std::vector<std::int64_t> changes(model::Product product,
                                                  const meter::Window& window) const;

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
  std::vector<std::size_t> first_alike_;  ///< of each rate: the first that is the same price
  std::map<std::pair<std::string, std::string>, model::Deployment> deployments_;
  int scale_ = 1;
};

/// The prices of one product in a window, by scope; each is looked up once.
class Prices {
 public:
  /// `book` must outlive it.
  Prices(const PriceBook& book, model::Product product, const meter::Window& window)
      : book_(book), product_(product), window_(window) {}

  /// What is given stays where it is.
  [[nodiscard]] const std::vector<PricedTime>& of(const Scope& scope);
  [[nodiscard]] model::Product product() const { return product_; }
  [[nodiscard]] const meter::Window& window() const { return window_; }
  [[nodiscard]] bool know_hosting() const { return book_.knows_hosting(product_); }

 private:
  const PriceBook& book_;
  model::Product product_;
  meter::Window window_;
  std::map<Scope, std::vector<PricedTime>> known_;
};

/// How specific a rate's scope is: the greater wins.
[[nodiscard]] int precedence(const model::Rate& rate);

/// The unit that a policy bills in, as answers name it: `vcpu_hour`, `active_hour`, `GB`, `GiB`.
[[nodiscard]] const char* unit_name(model::RateUnit unit, const model::Policy& policy);

/// How much of a meter is one unit: milliseconds of a vCPU, milliseconds of a process, or bytes.
[[nodiscard]] std::int64_t unit_size(model::RateUnit unit, const model::Policy& policy);

}  // namespace fleetmeter::rate
