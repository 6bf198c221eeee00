#include "api/meters.hpp"

#include "api/answer.hpp"
#include "meter/billing.hpp"
#include "meter/egress.hpp"

namespace fleetmeter::api {

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

void add_unmetered(const model::ProcessFacts& facts, const ResolvedWindow& window,
                   Answer<EgressRow>& answer) {
  const std::size_t group = answer.group_of(facts);
  const meter::Window reach = widest_reach(facts.life, window.belief);
  answer.each_cell(reach.from_ms, reach.to_ms, [&](std::size_t cell, const meter::Window& part) {
    if (meter::unmetered_in(facts.life, window.belief, part)) {
      answer.row(group, cell).unmetered_processes += 1;
    }
  });
}

void add_metered(const model::ProcessFacts& facts, const meter::EgressCurve& curve,
                 Answer<EgressRow>& answer) {
  const std::size_t group = answer.group_of(facts);
  answer.each_cell(curve.quiet_before_ms(), curve.quiet_from_ms(),
                   [&](std::size_t cell, const meter::Window& part) {
                     const meter::EgressBytes bytes = curve.in(part);
                     if (bytes.hi == 0 && !bytes.open) {
                       return;
                     }
                     EgressRow& row = answer.row(group, cell);
                     row.processes += 1;
                     row.egress_bytes += bytes.point;
                     row.egress_bytes_lo += bytes.lo;
                     row.egress_bytes_hi += bytes.hi;
                     row.open_processes += bytes.open ? 1 : 0;
                   });
}

}  // namespace

std::vector<BillingRow> ask_billing(const Question& question, store::Reader& reader) {
  const ResolvedWindow window = resolve(question, reader.span());
  Filter filter(question, reader);
  Answer<BillingRow> answer(question, window, reader);
  reader.each_process(question.scan, [&](const model::ProcessFacts& facts) {
    const meter::BillableSpan span = meter::billable_span(facts.life, window.belief);
    const bool outside =
        span.hi.from_ms >= window.window.to_ms || span.hi.to_ms <= window.window.from_ms;
    if (outside || !filter.passes(facts)) {
      return;
    }
    const std::size_t group = answer.group_of(facts);
    answer.each_cell(span.hi.from_ms, span.hi.to_ms,
                     [&](std::size_t cell, const meter::Window& part) {
                       const meter::BillableTime time = meter::billable_in(span, part);
                       BillingRow& row = answer.row(group, cell);
                       row.processes += time.hi_ms > 0 ? 1 : 0;
                       row.billable_ms += time.point_ms;
                       row.billable_ms_lo += time.lo_ms;
                       row.billable_ms_hi += time.hi_ms;
                     });
  });
  return answer.finish();
}

std::vector<EgressRow> ask_egress(const Question& question, store::Reader& reader) {
  const ResolvedWindow window = resolve(question, reader.span());
  Filter filter(question, reader);
  Answer<EgressRow> answer(question, window, reader);
  reader.each_process(question.scan, [&](const model::ProcessFacts& facts) {
    const meter::Window reach = widest_reach(facts.life, window.belief);
    const bool outside =
        reach.from_ms >= window.window.to_ms || reach.to_ms < window.window.from_ms;
    if (outside || !filter.passes(facts)) {
      return;
    }
    const meter::EgressCurve curve(reader.readings(facts.process_key), facts.life, window.belief);
    if (curve.metered()) {
      add_metered(facts, curve, answer);
    } else {
      add_unmetered(facts, window, answer);
    }
  });
  return answer.finish();
}

}  // namespace fleetmeter::api
