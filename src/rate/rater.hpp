#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/ratio.hpp"
#include "fleetmeter/bounded.hpp"
#include "fleetmeter/cost.hpp"
#include "rate/price_book.hpp"

namespace fleetmeter::rate {

/// What some processes that share a scope used while they had one price.
struct Usage {
  model::Product product = model::Product::compute;
  std::vector<std::string> group;  ///< the texts of the answer's grouping columns
  Scope scope;
  const PricedTime* time = nullptr;  ///< the price, and when it held
  std::int64_t processes = 0;
  Bounded<Int128> metered;               ///< milliseconds as the policy charges them, or bytes
  std::int64_t open_processes = 0;       ///< whose hi holds only what was seen
  std::int64_t unmetered_processes = 0;  ///< that never said what they sent
};

/// A line of an answer about money.
struct CostLine {
  using Status = CostRow::Status;
  std::vector<std::string> group;  ///< empty texts in a rounding line
  model::Product product = model::Product::compute;
  Status status = Status::rated;
  std::size_t rate_no = 0;     ///< when rated or rounding
  std::int64_t processes = 0;  ///< counted once in each billing month
  Bounded<Int128> metered;     ///< in 10^-scale of a vCPU's or process's milliseconds, or of bytes
  Bounded<Int128> amount;      ///< in the smallest unit of the currency; 0 unless it is rated
  std::int64_t open_processes = 0;
};

/// Turns usage into lines with amounts. Each rate has one line per billing month, whose amount is
/// rounded once. Groups below it are rounded for themselves, and a rounding line holds the
/// difference. So the lines add up to the invoice.
class Rater {
 public:
  /// `book` must outlive it.
  Rater(const PriceBook& book, const model::Policy& policy);

  /// Takes in usage of the billing month, with its price.
  void add(const Usage& usage);
  /// Ends the billing month: rounds its lines.
  void close_month();
  /// The lines in the order of their groups' texts, the rounding lines last.
  [[nodiscard]] std::vector<CostLine> finish();

  /// What the usage of a line has in common: group, product, status and rate.
  using Key = std::tuple<std::vector<std::string>, model::Product, CostLine::Status, std::size_t>;
  /// The line that add() counts this usage in.
  [[nodiscard]] static Key key_of(const Usage& usage);

  /// How many decimal places below one millisecond or byte CostLine::metered counts.
  [[nodiscard]] int scale() const { return scale_; }

 private:
  struct Part {
    std::int64_t processes = 0;
    Bounded<Int128> metered;
    std::int64_t open_processes = 0;
  };
  using Parts = std::map<Key, Part>;

  void close_rate(std::size_t rate_no);
  [[nodiscard]] Int128 worth(std::size_t rate_no, Int128 metered) const;
  CostLine& line(const Key& key);

  const PriceBook& book_;
  const model::Policy& policy_;
  int scale_ = 0;
  Parts parts_;  ///< of the billing month
  std::map<Key, CostLine> lines_;
};

}  // namespace fleetmeter::rate
