#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What the usage of one group costs at one price.
struct CostRow {
  enum class Status {
    rated,
    idle,           ///< of processes without a room, when divided by room
    unlisted,       ///< likewise, of processes of whose rooms nothing is known
    rounding,       ///< what rounding the invoice's line once gives more than rounding its parts
    no_deployment,  ///< the size or plan of the machine is not known: the price is not either
    no_price,       ///< no rate holds
    unmetered,      ///< processes that never said what they sent
  };

  std::vector<std::string> group;  ///< one text per grouping; empty texts in a rounding row
  std::string product;             ///< compute or egress
  std::optional<Bounded<Decimal>> quantity;  ///< in `unit`, 6 decimals; absent when unmetered
  std::string unit;
  std::optional<Decimal> unit_price;       ///< absent when it has tiers, or there is none
  std::optional<Bounded<Decimal>> amount;  ///< absent without a price
  std::string currency;
  Status status = Status::rated;
  std::int64_t processes = 0;               ///< counted once in each billing month
  std::int64_t open_processes = 0;          ///< likewise
  std::optional<Bounded<Decimal>> metered;  ///< the exact quantity, in `metered_unit`
  std::string metered_unit;                 ///< vcpu_ms, ms or bytes

  static const std::vector<Column<CostRow>>& columns();
};

/// A status as it is written in answers.
[[nodiscard]] const char* status_name(CostRow::Status status);

}  // namespace fleetmeter
