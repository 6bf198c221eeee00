#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/decimal.hpp"
#include "model/record.hpp"

namespace fleetmeter::model {

/// What is sold.
enum class Product { compute, egress };

/// In what it is counted. A vCPU-hour is an hour of one vCPU of the deployment; an active hour is
/// an hour of the process, whatever its size. How many bytes a GB has is the policy's to say; a
/// GiB always has 2^30.
enum class RateUnit { vcpu_hour, active_hour, gb, gib };

/// From this quantity on, in a billing month, a unit costs this much.
struct RateTier {
  Decimal from;
  Decimal unit_price;
};

/// One price, where and while it holds. An absent scope holds everywhere.
struct Rate {
  Product product = Product::compute;
  RateUnit unit = RateUnit::vcpu_hour;
  std::optional<std::string> app_id;
  std::optional<std::string> deployment_id;
  std::optional<std::string> region;
  std::optional<std::string> hosting;
  std::optional<std::string> plan;
  Instant from_ms;              ///< absent: always before to_ms
  Instant to_ms;                ///< half-open; absent: for ever
  std::vector<RateTier> tiers;  ///< the first from 0, each from more than the one before
};

/// The prices of a contract. A card that is imported again is a new version of it.
struct RateCard {
  std::string name;
  std::string currency = "USD";  ///< ISO 4217
  int minor_digits = 2;          ///< places of its smallest unit: 2 is cents
  std::vector<Rate> rates;
};

}  // namespace fleetmeter::model
