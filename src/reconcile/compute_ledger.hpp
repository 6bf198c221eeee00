#pragma once

#include <cstdint>
#include <vector>

#include "meter/billing.hpp"
#include "model/policy.hpp"
#include "rate/rater.hpp"
#include "reconcile/hypotheses.hpp"

namespace fleetmeter::reconcile {

/// What a fleet's processes were charged for in a month, under every combination of the dimensions
/// at once. It takes one pass over the processes. Processes that share their prices are one class.
/// Prices change at some instants; the time between two of these is a stretch, and is rounded for
/// itself.
class ComputeLedger {
 public:
  /// `dimensions` and `policy` must outlive it. `changes_ms` are the instants at which prices
  /// change.
  ComputeLedger(const Dimensions& dimensions, const model::Policy& policy,
                const meter::Belief& belief, std::vector<std::int64_t> changes_ms);

  /// Takes in a process of class `class_no`. Classes are numbered from 0 as they appear.
  void add(const model::Life& life, std::size_t class_no);

  [[nodiscard]] std::size_t stretches() const { return changes_ms_.size() + 1; }
  [[nodiscard]] std::size_t classes() const { return classes_; }

  /// The charged milliseconds of one class in one stretch.
  [[nodiscard]] Bounded<Int128> metered(const Choice& choice, std::size_t stretch,
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
  [[nodiscard]] meter::Window stretch_in(std::size_t stretch, const meter::Window& month) const;
  [[nodiscard]] bool is_inside(const Spans& spans, std::size_t& stretch) const;
  void add_to(const Spans& spans, const meter::Window& window, Sums* of_steps) const;
  /// Where the sums of a clock (of a month) and a stretch begin, one a step.
  [[nodiscard]] std::size_t inside(std::size_t clock, std::size_t stretch) const;
  [[nodiscard]] std::size_t edge(std::size_t clock, std::size_t month, std::size_t stretch) const;
  void grow(std::size_t class_no);

  const Dimensions& dimensions_;
  model::Policy policy_;
  meter::Belief belief_;
  std::vector<std::int64_t> changes_ms_;
  std::vector<model::Policy> step_policies_;
  meter::Window core_;   ///< inside every month
  meter::Window reach_;  ///< holds every month
  std::size_t classes_ = 0;
  // Of each class: [clock][stretch][step], and [clock][month][stretch][step].
  std::vector<std::vector<Sums>> inside_;
  std::vector<std::vector<Sums>> edges_;
};

}  // namespace fleetmeter::reconcile
