#pragma once

#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "model/policy.hpp"
#include "rate/price_book.hpp"
#include "rate/rater.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// The billing months of a window, in order. Of the first and the last, only what lies in the
/// window.
[[nodiscard]] std::vector<meter::Window> billing_months(const meter::Window& window,
                                                        const std::string& zone);

/// A window cut where a price changes: in each stretch prices stand still.
[[nodiscard]] std::vector<meter::Window> stretches_of(const meter::Window& window,
                                                      const std::vector<std::int64_t>& changes_ms);

/// What was used in one stretch, by the question's groups and by what decides the price. The window
/// of `question` is the stretch.
[[nodiscard]] std::vector<rate::Usage> compute_usage(const Question& question,
                                                     const model::Policy& policy, bool by_hosting,
                                                     store::Reader& reader);
[[nodiscard]] std::vector<rate::Usage> egress_usage(const Question& question, bool by_hosting,
                                                    store::Reader& reader);

}  // namespace fleetmeter::settle
