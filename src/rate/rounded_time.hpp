#pragma once

#include <cstdint>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "meter/billing.hpp"
#include "model/policy.hpp"

namespace fleetmeter::rate {

/// The time of one process at one price in a billing month, as a policy rounds it, and how much of
/// it falls to a part of the month, such as a day.
///
/// Time is rounded once, whole. What rounding adds belongs to the part in which the process ends;
/// what it takes off is taken off the end. So the parts of a month sum to the whole, and none is
/// below 0. Where it is not known when the process ended, the bounds of a part hold the least and
/// the most that any end makes of it.
class RoundedTime {
 public:
  /// `span` and `policy` must outlive it, and so must `when`, the time in which the price holds.
  RoundedTime(const meter::BillableSpan& span, const std::vector<meter::Window>& when,
              const model::Policy& policy);

  [[nodiscard]] Bounded<std::int64_t> in(const meter::Window& part) const;
  /// Whether the process can have run in the part at all, at this price.
  [[nodiscard]] bool may_run_in(const meter::Window& part) const;

 private:
  /// Instants are counted in milliseconds of the price's time, which may be interrupted.
  [[nodiscard]] std::int64_t counted(std::int64_t at_ms) const;
  [[nodiscard]] meter::Window counted(const meter::Window& window) const;
  [[nodiscard]] std::int64_t share(const meter::Window& ran, const meter::Window& part) const;
  [[nodiscard]] Bounded<std::int64_t> shares_of_ends(const meter::Window& part) const;
  [[nodiscard]] Bounded<std::int64_t> shares_of_lives(const meter::Window& part) const;

  const std::vector<meter::Window>& when_;
  const model::Policy& policy_;
  bool starts_surely_;
  Bounded<meter::Window> ran_;
};

}  // namespace fleetmeter::rate
