#pragma once

#include <cstdint>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/evidence.hpp"
#include "meter/life.hpp"

namespace fleetmeter::meter {

/// Which row of the table of ends decided a process's billable span.
enum class BillingRule {
  complete,       ///< start and stop are known
  inverted,       ///< the end lies before the start: nothing
  never_started,  ///< it ended without a start: nothing
  starting,       ///< not started yet: nothing, at most its longest life from its last sight on
  no_stop_order,  ///< it ended without a stop order
  gone,           ///< no list that ought to hold it did: until some time before the first of them
  running,        ///< seen lately: until the as-of
  orphan,         ///< lost from sight: until it was last seen, at most its longest life
};

/// A process's billable span: three ends of one start, and who said so. Ends are never before
/// their start and never after the as-of.
struct BillableSpan {
  BillingRule rule = BillingRule::complete;
  Bounded<Window> windows;
};

/// Applies the table of ends to one process.
[[nodiscard]] BillableSpan billable_span(const Life& life, const Belief& belief, Believed believed);
[[nodiscard]] inline BillableSpan billable_span(const Life& life, const Belief& belief) {
  return billable_span(life, belief, believed_of(life, belief));
}

/// The milliseconds of a span that lie in a window.
[[nodiscard]] Bounded<std::int64_t> billable_in(const BillableSpan& span, const Window& window);

/// The flag that a rule raises; none for a complete span.
[[nodiscard]] std::optional<Flag> flag_of(BillingRule rule);

}  // namespace fleetmeter::meter
