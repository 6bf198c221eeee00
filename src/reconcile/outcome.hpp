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
  std::vector<rate::PricedTime> prices;  ///< of compute or of egress
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

/// The usage of a month by class.
struct Metered {
  /// At one of the prices of the class.
  std::function<Bounded<Int128>(std::size_t price, std::size_t class_no)> at_price;
  /// At all of them together. Its bounds may be closer than the sums of theirs; absent: they are
  /// not.
  std::function<Bounded<Int128>(std::size_t class_no)> whole;
};

/// Prices a month's usage by classes and their prices: one line per rate, rounded once each, as
/// rate::Rater does. `policy` is read for its rounding and its GB.
class Pricer {
 public:
  Pricer(const rate::PriceBook& book, model::Product product, std::vector<PriceClass> classes);

  [[nodiscard]] const std::vector<PriceClass>& classes() const { return classes_; }
  /// Whether some class has several prices.
  [[nodiscard]] bool prices_change() const { return prices_change_; }

  [[nodiscard]] Outcome price(const Metered& metered, const model::Policy& policy,
                              const Resize* resize = nullptr) const;

 private:
  using Lines = std::vector<Bounded<Int128>>;  ///< by rate
  /// Whether bounds are those of each price apart, or those that count least and most together.
  enum class Weight { apart, quantity, price };
  [[nodiscard]] std::vector<Bounded<Int128>> used_by(std::size_t class_no, const Metered& metered,
                                                     const model::Policy& policy,
                                                     Weight weight) const;
  [[nodiscard]] Lines lines_of(const Metered& metered, const model::Policy& policy,
                               const Resize* resize, Weight weight) const;
  [[nodiscard]] const Decimal& flat_price(std::size_t rate_no) const;
  void narrow(const Metered& metered, const Resize* resize, const model::Policy& policy,
              Outcome& outcome) const;

  const rate::PriceBook& book_;
  model::Product product_;
  std::vector<PriceClass> classes_;
  bool prices_change_;  ///< of some class
};

/// The outcome when one unit price holds for all usage. Absent when it is not counted in one unit.
[[nodiscard]] std::optional<Outcome> at_price(const Outcome& outcome, const Decimal& unit_price,
                                              int minor_digits, base::Rounding rounding);

}  // namespace fleetmeter::reconcile
