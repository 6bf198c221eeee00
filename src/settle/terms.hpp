#pragma once

#include <string>
#include <vector>

#include "fleetmeter/money.hpp"
#include "fleetmeter/table.hpp"
#include "model/policy.hpp"
#include "rate/price_book.hpp"
#include "store/price_reader.hpp"

namespace fleetmeter::settle {

/// The prices and rules that a question about money was given, found by their names.
struct Terms {
  rate::PriceBook book;
  model::Policy policy;
  std::string card_version;  ///< where the card came from: `built in`, or its document and source
};

/// Throws Error(usage), with the names there are, when a name is unknown or left open.
[[nodiscard]] Terms find_terms(const Pricing& pricing, store::PriceReader& reader);

// What there is, one row each: imported and built in.
[[nodiscard]] Table list_deployments(store::PriceReader& reader);
[[nodiscard]] Table list_rates(store::PriceReader& reader);
[[nodiscard]] Table list_policies(store::PriceReader& reader);
[[nodiscard]] Table list_invoices(store::PriceReader& reader);

}  // namespace fleetmeter::settle
