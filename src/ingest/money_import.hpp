#pragma once

#include <string>
#include <vector>

#include "fleetmeter/money.hpp"
#include "store/price_writer.hpp"

namespace fleetmeter::ingest {

/// Reads documents about money and stores them, each whole or not at all.
[[nodiscard]] std::vector<MoneyReport> import_money(store::PriceWriter& writer, MoneyKind kind,
                                                    const std::vector<std::string>& paths,
                                                    const MoneyGiven& given);

}  // namespace fleetmeter::ingest
