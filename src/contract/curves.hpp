#pragma once

#include <string>
#include <vector>

#include "fleetmeter/contract.hpp"
#include "meter/billing.hpp"
#include "meter/egress.hpp"
#include "model/life.hpp"

namespace fleetmeter::contract {

/// One process with what meters make of it.
struct Metered {
  model::ProcessFacts facts;
  meter::BillableSpan span;
  meter::EgressCurve curve;
};

/// What a row of contract table `process` says, but for its texts.
[[nodiscard]] ContractProcess process_row(const Metered& process, const meter::Belief& belief,
                                          std::int64_t grain_ms);

/// The rows of contract table `process_hour`, without the id, in time order. Throws Error(usage)
/// when there would be more boundaries than anybody needs.
[[nodiscard]] std::vector<ContractHour> hour_rows(const Metered& process,
                                                  const meter::Belief& belief,
                                                  std::int64_t grain_ms);

/// No row of either table is of an earlier instant.
[[nodiscard]] std::int64_t earliest_of(const model::Life& life, std::int64_t max_lifespan_ms);

}  // namespace fleetmeter::contract
