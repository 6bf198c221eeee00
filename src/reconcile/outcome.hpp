#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "rate/price_book.hpp"
#include "rate/rater.hpp"

namespace fleetmeter::reconcile {

/// Processes of one deployment that have the same prices all the time.
struct PriceClass {
  rate::Scope scope;
  std::vector<rate::Priced> prices;  ///< of compute or of egress, in each stretch
};

/// One deployment counted with another size than the contract's.
struct Resize {
  std::string app_id;
  std::string deployment_id;
  Decimal vcpus;  ///< the size tried
  Decimal known;  ///< the size we know
};

/// What usage comes to.
struct Outcome {
  Bounded<Int128> amount;                        ///< in the smallest unit of the currency
  std::optional<Bounded<base::Ratio>> quantity;  ///< when all is counted in one unit
  std::optional<model::RateUnit> unit;
  bool gb_is_gib = false;             ///< what the policy says a GB is
  std::optional<Decimal> unit_price;  ///< when there is one for all of it
};

/// The usage of a class in a stretch.
using Metered = std::function<Bounded<Int128>(std::size_t stretch, std::size_t class_no)>;

/// Prices a month's usage by classes and stretches: one line per rate, rounded once each, as
/// rate::Rater does. `policy` is read for its rounding and its GB.
class Pricer {
 public:
  Pricer(const rate::PriceBook& book, model::Product product, std::vector<PriceClass> classes,
         std::size_t stretches)
      : book_(book), product_(product), classes_(std::move(classes)), stretches_(stretches) {}

  [[nodiscard]] const std::vector<PriceClass>& classes() const { return classes_; }

  [[nodiscard]] Outcome price(const Metered& metered, const model::Policy& policy,
                              const Resize* resize = nullptr) const;

 private:
  using Lines = std::vector<Bounded<Int128>>;  ///< by rate
  [[nodiscard]] Lines lines_of(const Metered& metered, const Resize* resize) const;

  const rate::PriceBook& book_;
  model::Product product_;
  std::vector<PriceClass> classes_;
  std::size_t stretches_;
};

/// The outcome when one unit price holds for all usage. Absent when it is not counted in one unit.
[[nodiscard]] std::optional<Outcome> at_price(const Outcome& outcome, const Decimal& unit_price,
                                              int minor_digits, base::Rounding rounding);

}  // namespace fleetmeter::reconcile
