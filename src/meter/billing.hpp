#pragma once

#include <cstdint>

#include "meter/life.hpp"

namespace fleetmeter::meter {

/// Which row of the table of ends decided a process's billable span.
enum class BillingRule {
  complete,       ///< start and stop are known
  inverted,       ///< the end lies before the start: nothing
  never_started,  ///< it ended without a start: nothing
  starting,       ///< not started yet: nothing, at most until the as-of
  no_stop_order,  ///< it ended without a stop order
  running,        ///< seen lately: until the as-of
  orphan,         ///< lost from sight: until it was last seen, at most its longest life
};

/// A process's billable span: three ends of one start, and who said so. Ends are never before
/// their start and never after the as-of.
struct BillableSpan {
  BillingRule rule = BillingRule::complete;
  Window point;
  Window lo;
  Window hi;
};

/// Milliseconds that are billable in a window: lo <= point <= hi.
struct BillableTime {
  std::int64_t point_ms = 0;
  std::int64_t lo_ms = 0;
  std::int64_t hi_ms = 0;
};

/// Applies the table of ends to one process.
[[nodiscard]] BillableSpan billable_span(const Life& life, const Belief& belief);

/// The part of a span that lies in a window.
[[nodiscard]] BillableTime billable_in(const BillableSpan& span, const Window& window);

/// The flag's name as it is written in answers; "" for a complete span.
[[nodiscard]] const char* flag_name(BillingRule rule);

}  // namespace fleetmeter::meter
