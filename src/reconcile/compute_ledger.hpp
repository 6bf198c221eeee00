#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "meter/billing.hpp"
#include "model/policy.hpp"
#include "rate/price_book.hpp"
#include "reconcile/hypotheses.hpp"

namespace fleetmeter::reconcile {

/// What a fleet's processes were charged for in a month, under every combination of the dimensions
/// at once. It takes one pass over the processes. Processes that share their prices are one class.
/// Time at one price is rounded for itself.
class ComputeLedger {
 public:
  /// `dimensions` and `policy` must outlive it.
  ComputeLedger(const Dimensions& dimensions, const model::Policy& policy,
                const meter::Belief& belief);

  /// Begins a class with its prices. Classes are numbered from 0.
  void add_class(std::vector<rate::PricedTime> prices);
  /// Takes in a process of a class.
  void add(const model::Life& life, std::size_t class_no);

  [[nodiscard]] std::size_t classes() const { return classes_.size(); }

  /// The charged milliseconds of one class at one of its prices.
  [[nodiscard]] Bounded<Int128> metered(const Choice& choice, std::size_t price,
                                        std::size_t class_no) const;

 private:
  /// Charged milliseconds, apart by what the choice of the orphan rule changes.
  struct Sums {
    std::int64_t sure = 0;  ///< processes that are not orphans
    std::int64_t orphan = 0;
    std::int64_t orphan_longest = 0;
    std::int64_t gone_longer = 0;   ///< by how much those that are gone may have run longer
    std::int64_t gone_shorter = 0;  ///< or shorter
    std::int64_t lo = 0;
    std::int64_t hi = 0;
  };
  /// The spans of one process under one clock.
  struct Spans {
    bool is_orphan = false;
    bool is_gone = false;
    meter::Window point;
    meter::Window lo;
    meter::Window longest;  ///< as far as it can have run by the as-of
    meter::Window hi;       ///< by the end of the month
  };

  [[nodiscard]] Spans spans_of(const model::Life& life, const Clock& clock) const;
  /// The sums of a class, and the prices of it.
  struct OfClass {
    std::vector<rate::PricedTime> prices;
    std::vector<Sums> inside;  ///< [clock][price][step]: processes that lie in every month
    std::vector<Sums> edges;   ///< [clock][month][price][step]
  };
  [[nodiscard]] std::optional<std::size_t> only_price(const Spans& spans, const OfClass& of) const;
  void add_to(const Spans& spans, const std::vector<meter::Window>& when,
              const meter::Window& month, Sums* of_steps) const;
  /// Where the sums of a clock (of a month) and a price begin, one a step.
  [[nodiscard]] std::size_t inside(const OfClass& of, std::size_t clock, std::size_t price) const;
  [[nodiscard]] std::size_t edge(const OfClass& of, std::size_t clock, std::size_t month,
                                 std::size_t price) const;

  const Dimensions& dimensions_;
  model::Policy policy_;
  meter::Belief belief_;
  std::vector<model::Policy> step_policies_;
  meter::Window core_;   ///< inside every month
  meter::Window reach_;  ///< holds every month
  std::vector<OfClass> classes_;
};

}  // namespace fleetmeter::reconcile
