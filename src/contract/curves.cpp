#include "contract/curves.hpp"

#include <algorithm>
#include <limits>

#include "fleetmeter/error.hpp"
#include "fleetmeter/evidence.hpp"
#include "fleetmeter/spelling.hpp"
#include "rollup/account.hpp"

namespace fleetmeter::contract {

namespace {

using rollup::floor_div;

constexpr std::int64_t kMostBoundaries = 3'000'000;  // of one process: 342 years of hours

std::int64_t before(const meter::Window& span, std::int64_t at_ms) {
  return std::max<std::int64_t>(0, std::min(span.to_ms, at_ms) - span.from_ms);
}

std::int64_t left_after(const meter::Window& span, std::int64_t at_ms) {
  return std::max<std::int64_t>(0, span.to_ms - std::max(span.from_ms, at_ms));
}

Bounded<std::int64_t> billable_before(const meter::BillableSpan& span, std::int64_t at_ms) {
  const auto& windows = span.windows;
  return {before(windows.point, at_ms), before(windows.lo, at_ms), before(windows.hi, at_ms)};
}

ContractHour row_at(const Metered& process, std::int64_t at_ms) {
  ContractHour row;
  row.at_ms = at_ms;
  row.billable_ms = billable_before(process.span, at_ms);
  if (process.curve.metered()) {
    row.egress_bytes = process.curve.at(at_ms);
  }
  return row;
}

/// Where the curves may begin to rise, and from where on nothing moves but billable time, if that.
meter::Window moving(const Metered& process) {
  const auto& windows = process.span.windows;
  meter::Window all{std::numeric_limits<std::int64_t>::max(),
                    std::numeric_limits<std::int64_t>::min()};
  if (windows.hi.from_ms < windows.hi.to_ms) {
    all = {windows.hi.from_ms, std::max(windows.hi.from_ms, process.facts.life.last_seen_ms)};
  }
  if (process.curve.metered()) {
    all.from_ms = std::min(all.from_ms, process.curve.quiet_before_ms());
    all.to_ms = std::max(all.to_ms, process.curve.anchors().back().at_ms);
  }
  return all;
}

/// The boundary at or after an instant.
std::int64_t boundary_from(std::int64_t at_ms, const meter::Belief& belief, std::int64_t grain_ms) {
  return std::min(-floor_div(-at_ms, grain_ms) * grain_ms, belief.as_of_ms);
}

/// The flags that meters raise, in the order of their names.
std::string flags_of(const Metered& process) {
  const meter::EgressFlags& egress = process.curve.flags();
  std::vector<std::string> names;
  const auto add_if = [&](bool is_set, Flag flag) {
    if (is_set) {
      names.emplace_back(flag_name(flag));
    }
  };
  const auto rule = meter::flag_of(process.span.rule);
  add_if(rule.has_value(), rule.value_or(Flag::open));
  add_if(egress.clamped32, Flag::clamped32);
  add_if(egress.counter_break, Flag::counter_break);
  add_if(process.curve.metered() && process.curve.open_ended(), Flag::open);
  add_if(egress.stale_read, Flag::stale_read);
  add_if(egress.unknown_start, Flag::unknown_start);
  add_if(!process.curve.metered(), Flag::unmetered);
  add_if(egress.wrap32, Flag::wrap32);
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : " ") + name;
  }
  return text;
}

void put_open(const Metered& process, const meter::Belief& belief, ContractProcess& row) {
  const std::int64_t last_ms = process.curve.anchors().back().at_ms;
  if (process.curve.open_ended() && last_ms < belief.as_of_ms) {
    row.open_from_ms = last_ms;
    row.open_to_ms = std::min(process.curve.death_ms(), belief.as_of_ms);
  }
}

void put_unmetered(const model::Life& life, const meter::Belief& belief, ContractProcess& row) {
  const std::int64_t begin_ms =
      life.started_at_ms.value_or(life.starting_at_ms.value_or(life.first_seen_ms));
  const std::int64_t end_ms = std::min(meter::death_bound(life, belief), belief.as_of_ms);
  if (begin_ms < end_ms) {
    row.unmetered_from_ms = begin_ms;
    row.unmetered_to_ms = end_ms;
  }
}

/// Whether all that it may have done lies so far before the as-of that a later one changes nothing.
/// Its last row stands at the as-of until the boundary after it has come.
bool is_settled(const model::Life& life, const meter::Belief& belief, std::int64_t grain_ms) {
  meter::Belief later = belief;
  later.as_of_ms = meter::kNever_ms;
  constexpr auto kLost = meter::Believed::lost;
  const std::int64_t last_ms =
      std::max({life.last_seen_ms, life.stopping_at_ms.value_or(life.last_seen_ms),
                meter::death_bound(life, later, kLost),
                meter::billable_span(life, later, kLost).windows.hi.to_ms});
  return belief.as_of_ms - belief.grace_ms - grain_ms > last_ms;
}

}  // namespace

ContractProcess process_row(const Metered& process, const meter::Belief& belief,
                            std::int64_t grain_ms) {
  const model::Life& life = process.facts.life;
  ContractProcess row;
  row.starting_at_ms = life.starting_at_ms;
  row.started_at_ms = life.started_at_ms;
  row.stopping_at_ms = life.stopping_at_ms;
  row.terminated_at_ms = life.terminated_at_ms;
  row.first_seen_ms = life.first_seen_ms;
  row.last_seen_ms = life.last_seen_ms;
  const auto rule = meter::flag_of(process.span.rule);
  row.rule = rule ? flag_name(*rule) : "complete";
  const auto& windows = process.span.windows;
  if (windows.hi.from_ms < windows.hi.to_ms) {
    const std::int64_t from_ms = windows.hi.from_ms;
    row.billed_from_ms = from_ms;
    row.billed_to_ms = {std::max(from_ms, windows.point.to_ms), std::max(from_ms, windows.lo.to_ms),
                        windows.hi.to_ms};
  }
  const ContractHour last = row_at(process, belief.as_of_ms);
  row.billable_ms = last.billable_ms;
  row.egress_bytes = last.egress_bytes;
  if (process.curve.metered()) {
    put_open(process, belief, row);
  } else {
    put_unmetered(life, belief, row);
  }
  row.flags = flags_of(process);
  row.is_settled = is_settled(life, belief, grain_ms);
  return row;
}

std::vector<ContractHour> hour_rows(const Metered& process, const meter::Belief& belief,
                                    std::int64_t grain_ms) {
  const meter::Window moves = moving(process);
  std::vector<ContractHour> rows;
  if (moves.from_ms > moves.to_ms || moves.from_ms >= belief.as_of_ms) {
    return rows;
  }
  const std::int64_t last_ms = boundary_from(moves.to_ms, belief, grain_ms);
  if ((last_ms - moves.from_ms) / grain_ms > kMostBoundaries) {
    throw Error(ErrorKind::usage, spelled(Term::grain) + ": one process would have over " +
                                      std::to_string(kMostBoundaries) +
                                      " boundaries; give a longer one");
  }
  ContractHour before;
  std::int64_t at_ms = boundary_from(moves.from_ms, belief, grain_ms);
  for (; at_ms < last_ms; at_ms = boundary_from(at_ms + 1, belief, grain_ms)) {
    ContractHour row = row_at(process, at_ms);
    if (row.billable_ms != before.billable_ms || row.egress_bytes != before.egress_bytes) {
      rows.push_back(before = row);
    }
  }
  ContractHour row = row_at(process, last_ms);
  const auto& windows = process.span.windows;
  row.tail_ms = {left_after(windows.point, last_ms), left_after(windows.lo, last_ms),
                 left_after(windows.hi, last_ms)};
  if (row.billable_ms != before.billable_ms || row.egress_bytes != before.egress_bytes ||
      row.tail_ms.hi > 0) {
    rows.push_back(row);
  }
  return rows;
}

std::int64_t earliest_of(const model::Life& life, std::int64_t max_lifespan_ms) {
  std::int64_t earliest_ms = life.first_seen_ms;
  for (const model::Instant& at :
       {life.starting_at_ms, life.started_at_ms, life.stopping_at_ms, life.terminated_at_ms}) {
    earliest_ms = std::min(earliest_ms, at.value_or(earliest_ms));
  }
  return earliest_ms - max_lifespan_ms;
}

}  // namespace fleetmeter::contract
