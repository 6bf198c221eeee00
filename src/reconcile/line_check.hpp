#pragma once

#include <optional>
#include <vector>

#include "base/ratio.hpp"
#include "model/invoice.hpp"
#include "model/rate_card.hpp"
#include "reconcile/units.hpp"

namespace fleetmeter::reconcile {

/// How far a printed number may be from the one it stands for. Zero and short whole numbers are
/// meant as they are. Of any other the last digit was rounded, and of one with three digits or more
/// it may have been cut. What has more digits than a double holds safely came through one, and is
/// trusted to ten.
[[nodiscard]] base::Ratio printed_error(const Decimal& printed);

/// Whether the amount of a line is its quantity at its price, before or after its own discount, as
/// closely as printed numbers can be. A line without one of the three cannot be wrong.
enum class Arithmetic { right, too_low, too_high };
[[nodiscard]] Arithmetic arithmetic_of(const model::InvoiceLine& line, int minor_digits);

/// The unit prices of a contract for one product, in one measure.
struct Prices {
  Measure measure = Measure::vcpu_hour;
  std::vector<Decimal> flat;    ///< of the rates with one price
  std::optional<Decimal> most;  ///< the highest of rates with tiers, which may average to any below
};
[[nodiscard]] Prices prices_of(const model::RateCard& card, model::Product product, bool gb_is_gib);

/// At which price a line was charged.
enum class PriceSays {
  nothing,      ///< its unit cannot be compared, or it says too little
  contract,     ///< the contract's, which may be printed with fewer places
  only_prints,  ///< it prints the contract's, and its amount is another one
  other,        ///< one that the contract does not have, printed or implied by amount and quantity
};
[[nodiscard]] PriceSays price_says(const Prices& contract, const model::InvoiceLine& line,
                                   int minor_digits);

/// The flat price of a contract that a line prints; absent when it prints none, or several would
/// do.
[[nodiscard]] std::optional<Decimal> price_in(const Prices& contract,
                                              const model::InvoiceLine& line, int minor_digits);

/// What a quantity costs by a rate with tiers.
[[nodiscard]] base::Ratio worth_of(const model::Rate& rate, const base::Ratio& quantity);

/// Whether two lines are the same in everything, and charge something.
[[nodiscard]] bool is_repeated(const model::InvoiceLine& one, const model::InvoiceLine& other);

}  // namespace fleetmeter::reconcile
