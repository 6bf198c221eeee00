#include "ask/meters.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "ask/answer.hpp"
#include "ask/boundary_sums.hpp"
#include "ask/one_process.hpp"
#include "ask/present.hpp"
#include "ask/process_curve.hpp"
#include "meter/billing.hpp"
#include "meter/egress.hpp"
#include "rollup/account.hpp"
#include "store/connection.hpp"

namespace fleetmeter::ask {

namespace {

using rollup::Sum;

// Each boundary that is not a whole hour costs the processes around it.
constexpr std::size_t kMostOddBoundaries = 64;
constexpr std::ptrdiff_t kMostBoundariesBeyond = 16;  // of a horizon

bool is_whole_hour(std::int64_t at_ms) {
  return at_ms % rollup::kHour_ms == 0;
}

/// Whether sums are of what is believed of processes that a list proves gone. Their egress does not
/// depend on it.
bool believes_as_summed(const ResolvedWindow& window, store::Reader& reader, const BillingRow&) {
  return reader.trusts_as_summed() &&
         (window.belief.grace_ms == rollup::kGrace_ms || !reader.has_lists());
}

bool believes_as_summed(const ResolvedWindow&, store::Reader&, const EgressRow&) {
  return true;
}

/// Whether the sums by app, deployment and region can answer. The answer is the same either way.
template <class Row>
bool sums_suffice(const Question& question, const ResolvedWindow& window, store::Reader& reader) {
  const bool of_processes =
      !question.process_ids.empty() ||
      std::find(question.by.begin(), question.by.end(), GroupBy::process) != question.by.end();
  const auto odd =
      std::count_if(window.cells.begin(), window.cells.end(),
                    [](const TimeCell& cell) { return !is_whole_hour(cell.window.from_ms); });
  return !question.scan && !of_processes &&
         window.belief.max_lifespan_ms == rollup::kMaxLifespan_ms &&
         believes_as_summed(window, reader, Row{}) &&
         static_cast<std::size_t>(odd) <= kMostOddBoundaries;
}

/// Billable time before the boundary, from its count and moments.
Int128 time_before(const TotalSums& sums, std::int64_t at_ms, Sum count, Sum offset) {
  return sums[count] * at_ms - sums[offset];
}

BillingRow difference(const Ends& ends, const meter::Window& window, const BillingRow&) {
  const TotalSums& from = ends.from;  // clang 14 lets no lambda capture a structured binding
  const TotalSums& to = ends.to;
  const auto between = [&](Sum count, Sum offset) {
    return time_before(to, window.to_ms, count, offset) -
           time_before(from, window.from_ms, count, offset);
  };
  BillingRow row;
  row.processes = static_cast<std::int64_t>(to[Sum::billed_begin] - from[Sum::billed_end]);
  row.billable_ms = {.point = between(Sum::billed_count, Sum::billed_ms),
                     .lo = between(Sum::billed_lo_count, Sum::billed_lo_ms),
                     .hi = between(Sum::billed_hi_count, Sum::billed_hi_ms)};
  return row;
}

EgressRow difference(const Ends& ends, const meter::Window&, const EgressRow&) {
  const auto& [from, to] = ends;
  EgressRow row;
  row.processes = static_cast<std::int64_t>(to[Sum::sent_begin] - from[Sum::sent_end]);
  row.egress_bytes = {.point = to[Sum::egress_bytes] - from[Sum::egress_bytes],
                      .lo = to[Sum::egress_bytes_lo] - from[Sum::egress_bytes_hi],
                      .hi = to[Sum::egress_bytes_hi] - from[Sum::egress_bytes_lo]};
  row.open_processes = static_cast<std::int64_t>(to[Sum::open_begin] - from[Sum::open_end]);
  row.unmetered_processes =
      static_cast<std::int64_t>(to[Sum::unmetered_begin] - from[Sum::unmetered_end]);
  return row;
}

void add(const BillingRow& from, BillingRow& to) {
  to.processes += from.processes;
  to.billable_ms += from.billable_ms;
}

void add(const EgressRow& from, EgressRow& to) {
  to.processes += from.processes;
  to.egress_bytes += from.egress_bytes;
  to.open_processes += from.open_processes;
  to.unmetered_processes += from.unmetered_processes;
}

/// A process that was not read in the window adds nothing to lo, however the sums differ. A process
/// whose curve stands still in the window does not count.
void correct(EdgeProcess& process, const meter::Window& window, EgressRow& row) {
  const Bounded<std::int64_t> from = process.curve.at(window.from_ms);
  const Bounded<std::int64_t> to = process.curve.at(window.to_ms);
  row.egress_bytes.lo -= std::min<std::int64_t>(0, to.lo - from.hi);
  const auto& sent = process.contribution.sent;
  const auto& open = process.contribution.open;
  const bool counted = sent && sent->from_ms < window.to_ms && sent->to_ms > window.from_ms;
  const bool is_open = open && open->from_ms < window.to_ms && open->to_ms > window.from_ms;
  const bool counts = is_open || to.hi > from.lo;
  row.processes += (counts ? 1 : 0) - (counted ? 1 : 0);
}

/// The row of a group in the window that is being asked.
template <class Row>
using RowOf = std::function<Row&(std::size_t group)>;

/// Billable time is the difference alone.
void correct(Boundary&, Boundary&, BoundarySums&, const RowOf<BillingRow>&) {}

void correct(Boundary& from, Boundary& to, BoundarySums& sums, const RowOf<EgressRow>& row_of) {
  const meter::Window window{from.at_ms, to.at_ms};
  if (from.whole_hour && to.whole_hour) {
    sums.each_gap(window, [&](std::size_t group, std::int64_t bytes) {
      EgressRow& row = row_of(group);
      row.egress_bytes.lo += bytes;
      row.processes -= bytes == 0 ? 1 : 0;
    });
  } else {
    // Whoever is not read in the window is there at both of its ends.
    for (EdgeProcess& process : from.whole_hour ? to.edges : from.edges) {
      correct(process, window, row_of(process.group));
    }
  }
}

/// What became known later begins, nearly all of it, after the last hour of which anything was
/// known then. It is left out beyond it, if that costs few odd boundaries.
store::Horizon horizon_of(const ResolvedWindow& window, store::Reader& reader) {
  const auto latest_ms = reader.span().latest_observed_ms;
  if (reader.hindsight().knows_all() || !latest_ms) {
    return {};
  }
  const std::int64_t at_ms = rollup::floor_div(*latest_ms, rollup::kHour_ms) * rollup::kHour_ms;
  const auto beyond =
      std::count_if(window.cells.begin(), window.cells.end(),
                    [&](const TimeCell& cell) { return cell.window.to_ms > at_ms; });
  return beyond > kMostBoundariesBeyond ? store::Horizon()
                                        : store::Horizon{at_ms, reader.hindsight().last_key()};
}

/// Adds what the rollups say; the irregular processes are left for the caller.
template <class Row>
void add_sums(const ResolvedWindow& window, store::Reader& reader, const store::Horizon& horizon,
              Filter& filter, Answer<Row>& answer) {
  if (window.cells.empty()) {
    return;
  }
  BoundarySums sums(reader, filter, window, horizon, std::is_same_v<Row, EgressRow>);
  Boundary from = sums.at(window.window.from_ms);
  std::vector<std::size_t> groups;  // of the answer
  for (std::size_t cell = 0; cell < window.cells.size(); ++cell) {
    const meter::Window& between = window.cells[cell].window;
    Boundary to = sums.at(between.to_ms);
    while (groups.size() < sums.groups()) {
      groups.push_back(answer.group_of(sums.facts_of(groups.size())));
    }
    for (std::size_t group = 0; group < groups.size(); ++group) {
      const Row row = difference(sums.ends(group, from, to), between, Row{});
      if (!is_zero(row)) {
        add(row, answer.row(groups[group], cell));
      }
    }
    correct(from, to, sums, [&](std::size_t group) -> Row& {
      if (group >= groups.size()) {  // it has a bucket wherever it has a process or a gap
        throw store::damaged("rollup: a bucket is missing");
      }
      return answer.row(groups[group], cell);
    });
    from = std::move(to);
  }
}

/// Takes away what the sums hold of processes that were known otherwise, as they are known by now,
/// and adds what was known of them.
template <class Row>
void look_back(const ResolvedWindow& window, store::Reader& reader, const store::Horizon& horizon,
               Filter& filter, Answer<Row>& answer) {
  const auto take_away = [&](const store::RolledProcess& process) {
    if (!process.irregular && filter.passes(process.facts)) {
      add_process(process.facts, &process, window, reader.present(), Sign::take_away, answer);
    }
  };
  for (const std::int64_t process_key : reader.hindsight().changed()) {
    if (const auto now = reader.rollups().find(process_key)) {
      take_away(*now);
    }
    const auto then = reader.facts_in_hindsight(process_key);
    if (then && filter.passes(*then)) {
      add_process(*then, nullptr, window, reader, Sign::add, answer);
    }
  }
  reader.hindsight().each_named_later(std::min(window.window.to_ms, horizon.at_ms), take_away);
}

/// Adds what a store, or a part of what several have, adds to the answer.
template <class Row>
void add_store(const Question& question, const ResolvedWindow& window, store::Reader& reader,
               Answer<Row>& answer) {
  Filter filter(question, reader);
  const auto use = [&](const model::ProcessFacts& facts, const store::RolledProcess* rolled) {
    if (filter.passes(facts)) {
      add_process(facts, rolled, window, reader, Sign::add, answer);
    }
  };
  if (sums_suffice<Row>(question, window, reader.present())) {
    const store::Horizon horizon = horizon_of(window, reader);
    add_sums(window, reader.present(), horizon, filter, answer);
    for (const auto& process : reader.rollups().irregular()) {
      if (!reader.hindsight().is_of(process.facts.process_key)) {
        use(process.facts, &process);
      }
    }
    look_back(window, reader, horizon, filter, answer);
  } else {
    each_present(question, window, reader, use);
  }
}

template <class Row>
std::vector<Row> ask(const Question& question, store::Reader& reader) {
  const ResolvedWindow window = resolve(question, reader.span());
  Answer<Row> answer(question, window, reader);
  add_store(question, window, reader, answer);
  return answer.finish();
}

constexpr std::size_t kRowsInPart = 4096;

template <class Row>
void ask_in_parts(const Question& question, store::Reader& reader,
                  const std::function<void(const std::vector<Row>&)>& use) {
  const ResolvedWindow window = resolve(question, reader.span());
  Answer<Row> answer(question, window, reader);
  add_store(question, window, reader, answer);
  answer.finish(kRowsInPart, use);
}

/// Every process is asked once: those of one store there, and those of several where they are
/// united.
template <class Row>
std::vector<Row> ask(const Question& question, SeveralStores& stores, Instead instead) {
  const ResolvedWindow window = resolve(question, stores.span());
  store::Uniting& uniting = stores.set_apart(instead);
  Answer<Row> answer(question, window, uniting);
  Filter filter(question, uniting);
  for (const store::SharedProcess& shared : stores.shared()) {
    const meter::Window reach = uniting.reach(shared, window.belief);
    if (reach.from_ms >= window.window.to_ms || reach.to_ms < window.window.from_ms) {
      continue;
    }
    store::UnitedProcess process = uniting.unite(shared);
    if (filter.passes(process.facts)) {
      add_united(std::move(process), window, answer);
    }
  }
  for (const store::Part& part : stores.parts()) {
    store::with_part(part, [&](store::Reader& reader) {
      answer.read_by(reader);
      add_store(question, window, reader, answer);
    });
  }
  return answer.finish();
}

/// What one process sent in one window.
EgressRow sent_in(const meter::Window& window, const model::ProcessFacts& facts,
                  ProcessCurve& curve, const meter::Belief& belief) {
  EgressRow row;
  if (!curve.metered()) {
    row.unmetered_processes = meter::unmetered_in(facts.life, belief, window) ? 1 : 0;
    return row;
  }
  const meter::EgressBytes sent = curve.in(window);
  row.processes = sent.bytes.hi > 0 || sent.open ? 1 : 0;
  row.egress_bytes += sent.bytes;
  row.open_processes = sent.open ? 1 : 0;
  return row;
}

}  // namespace

void each_metered(const Question& question, store::Reader& reader,
                  const std::function<void(const model::ProcessFacts&, const Bounded<std::int64_t>&,
                                           const EgressRow&)>& use) {
  const ResolvedWindow window = resolve(question, reader.span());
  if (window.window.from_ms >= window.window.to_ms) {
    return;  // it begins at the as-of or later, so that nothing of it is answered
  }
  Filter filter(question, reader);
  each_present(
      question, window, reader,
      [&](const model::ProcessFacts& facts, const store::RolledProcess* rolled) {
        if (!filter.passes(facts)) {
          return;
        }
        const Bounded<std::int64_t> time =
            meter::billable_in(meter::billable_span(facts.life, window.belief), window.window);
        const auto kept =
            rolled == nullptr ? kept_of(facts, window.window.from_ms, reader) : std::nullopt;
        ProcessCurve curve = curve_of(facts, kept ? &*kept : rolled, window.belief, reader);
        const EgressRow sent = sent_in(window.window, facts, curve, window.belief);
        if (time.hi > 0 || !is_zero(sent)) {
          use(facts, time, sent);
        }
      });
}

std::vector<BillingRow> billing(const Question& question, store::Reader& reader) {
  return ask<BillingRow>(question, reader);
}

std::vector<EgressRow> egress(const Question& question, store::Reader& reader) {
  return ask<EgressRow>(question, reader);
}

void billing_in_parts(const Question& question, store::Reader& reader,
                      const std::function<void(const std::vector<BillingRow>&)>& use) {
  ask_in_parts(question, reader, use);
}

void egress_in_parts(const Question& question, store::Reader& reader,
                     const std::function<void(const std::vector<EgressRow>&)>& use) {
  ask_in_parts(question, reader, use);
}

std::vector<BillingRow> billing(const Question& question, SeveralStores& stores) {
  return ask<BillingRow>(question, stores, Instead::of_lists_too);
}

/// Absence does not end egress.
std::vector<EgressRow> egress(const Question& question, SeveralStores& stores) {
  return ask<EgressRow>(question, stores, Instead::of_shared);
}

}  // namespace fleetmeter::ask
