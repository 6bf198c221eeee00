#include "ask/one_process.hpp"

#include <algorithm>
#include <utility>

#include "meter/billing.hpp"
#include "meter/egress.hpp"

namespace fleetmeter::ask {

namespace {

/// Before this instant, and from the other on, a process can have no bytes and not be open.
meter::Window widest_reach(const model::Life& life, const meter::Belief& belief) {
  std::int64_t from_ms =
      std::min(life.first_seen_ms, life.terminated_at_ms.value_or(life.first_seen_ms)) -
      belief.max_lifespan_ms;
  from_ms = std::min(from_ms, life.starting_at_ms.value_or(from_ms));
  from_ms = std::min(from_ms, life.started_at_ms.value_or(from_ms));
  return {from_ms, std::max(life.last_seen_ms, meter::death_bound(life, belief))};
}

template <class Number>
Bounded<Number> times(Sign sign, const Bounded<Number>& value) {
  const auto factor = static_cast<Number>(sign);
  return {factor * value.point, factor * value.lo, factor * value.hi};
}

void add_unmetered(const model::ProcessFacts& facts, const ResolvedWindow& window, Sign sign,
                   Answer<EgressRow>& answer) {
  const std::size_t group = answer.group_of(facts);
  const meter::Window reach = widest_reach(facts.life, window.belief);
  answer.each_cell(reach.from_ms, reach.to_ms, [&](std::size_t cell, const meter::Window& part) {
    if (meter::unmetered_in(facts.life, window.belief, part)) {
      answer.row(group, cell).unmetered_processes += static_cast<int>(sign);
    }
  });
}

void add_metered(const model::ProcessFacts& facts, ProcessCurve& curve, Sign sign,
                 Answer<EgressRow>& answer) {
  const std::size_t group = answer.group_of(facts);
  answer.each_cell(curve.quiet_before_ms(), curve.quiet_from_ms(),
                   [&](std::size_t cell, const meter::Window& part) {
                     const meter::EgressBytes sent = curve.in(part);
                     if (sent.bytes.hi == 0 && !sent.open) {
                       return;
                     }
                     EgressRow& row = answer.row(group, cell);
                     row.processes += static_cast<int>(sign);
                     row.egress_bytes += times(sign, sent.bytes);
                     row.open_processes += sent.open ? static_cast<int>(sign) : 0;
                   });
}

void add_billed(const model::ProcessFacts& facts, const ResolvedWindow& window, Sign sign,
                Answer<BillingRow>& answer) {
  const meter::BillableSpan span = meter::billable_span(facts.life, window.belief);
  if (span.windows.hi.from_ms >= window.window.to_ms ||
      span.windows.hi.to_ms <= window.window.from_ms) {
    return;
  }
  const std::size_t group = answer.group_of(facts);
  answer.each_cell(span.windows.hi.from_ms, span.windows.hi.to_ms,
                   [&](std::size_t cell, const meter::Window& part) {
                     const Bounded<std::int64_t> time = meter::billable_in(span, part);
                     BillingRow& row = answer.row(group, cell);
                     row.processes += time.hi > 0 ? static_cast<int>(sign) : 0;
                     row.billable_ms += times(sign, time);
                   });
}

/// Whether a process can have bytes, or be open or unmetered, in the window.
bool reaches(const model::ProcessFacts& facts, const ResolvedWindow& window) {
  const meter::Window reach = widest_reach(facts.life, window.belief);
  return reach.from_ms < window.window.to_ms && reach.to_ms >= window.window.from_ms;
}

void add_sent(const model::ProcessFacts& facts, ProcessCurve& curve, const ResolvedWindow& window,
              Sign sign, Answer<EgressRow>& answer) {
  if (curve.metered()) {
    add_metered(facts, curve, sign, answer);
  } else {
    add_unmetered(facts, window, sign, answer);
  }
}

}  // namespace

std::optional<store::RolledProcess> kept_of(const model::ProcessFacts& facts, std::int64_t from_ms,
                                            store::Reader& reader) {
  if (!reader.pruned().holds(facts.process_key)) {
    return std::nullopt;
  }
  auto kept = reader.rollups().find(facts.process_key);
  const bool tells = kept && kept->track && from_ms >= kept->track->last_ms;
  return tells ? kept : std::nullopt;
}

ProcessCurve curve_of(const model::ProcessFacts& facts, const store::RolledProcess* rolled,
                      const meter::Belief& belief, store::Reader& reader) {
  return rolled != nullptr ? ProcessCurve(reader, *rolled, belief)
                           : ProcessCurve(reader, facts, belief);
}

void add_process(const model::ProcessFacts& facts, const store::RolledProcess* /*rolled*/,
                 const ResolvedWindow& window, store::Reader& /*reader*/, Sign sign,
                 Answer<BillingRow>& answer) {
  add_billed(facts, window, sign, answer);
}

void add_process(const model::ProcessFacts& facts, const store::RolledProcess* rolled,
                 const ResolvedWindow& window, store::Reader& reader, Sign sign,
                 Answer<EgressRow>& answer) {
  if (!reaches(facts, window)) {
    return;
  }
  const auto kept =
      rolled == nullptr ? kept_of(facts, window.window.from_ms, reader) : std::nullopt;
  ProcessCurve curve = curve_of(facts, kept ? &*kept : rolled, window.belief, reader);
  add_sent(facts, curve, window, sign, answer);
}

void add_united(const store::UnitedProcess& process, const ResolvedWindow& window,
                Answer<BillingRow>& answer) {
  add_billed(process.facts, window, Sign::add, answer);
}

void add_united(store::UnitedProcess process, const ResolvedWindow& window,
                Answer<EgressRow>& answer) {
  if (reaches(process.facts, window)) {
    ProcessCurve curve(std::move(process.readings), process.facts, window.belief);
    add_sent(process.facts, curve, window, Sign::add, answer);
  }
}

}  // namespace fleetmeter::ask
