#pragma once

#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "model/policy.hpp"
#include "rate/price_book.hpp"
#include "rate/rater.hpp"
#include "store/reader.hpp"

namespace fleetmeter::api {

/// A stretch of time in which prices stand still: a billing month or the part of it that is asked
/// for, cut where a rate begins or ends to hold.
struct ChargePeriod {
  std::string month;  ///< `2024-11`
  meter::Window window;
};

/// The charge periods of a window, in order.
[[nodiscard]] std::vector<ChargePeriod> charge_periods(const meter::Window& window,
                                                       const std::string& zone,
                                                       const rate::PriceBook& book);

/// What was used in one charge period, by the question's groups and by what decides the price.
/// `question` has the period as its window.
[[nodiscard]] std::vector<rate::Usage> compute_usage(const Question& question,
                                                     const model::Policy& policy, bool by_hosting,
                                                     store::Reader& reader);
[[nodiscard]] std::vector<rate::Usage> egress_usage(const Question& question, bool by_hosting,
                                                    store::Reader& reader);

}  // namespace fleetmeter::api
