#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter/money.hpp"
#include "store/price_writer.hpp"

namespace fleetmeter::ingest {

/// Reads documents about money and stores them, each whole or not at all.
[[nodiscard]] std::vector<MoneyReport> import_money(store::PriceWriter& writer, MoneyKind kind,
                                                    const std::vector<std::string>& paths,
                                                    const MoneyGiven& given);

/// Takes the documents about money that several stores hold into another, in the order in which
/// they were imported: a document that was imported later counts, whatever store it is in.
void unite_money(const std::vector<SQLite::Database*>& stores, SQLite::Database& into,
                 std::int64_t now_ms);

}  // namespace fleetmeter::ingest
