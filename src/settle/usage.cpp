#include "settle/usage.hpp"

#include <algorithm>
#include <map>

#include "ask/answer.hpp"
#include "ask/meters.hpp"
#include "rate/charge.hpp"

namespace fleetmeter::settle {

namespace {

using rate::Usage;

/// A question whose groups are those that are wanted, divided further by what decides a price.
class PricedQuestion {
 public:
  PricedQuestion(const Question& wanted, const std::vector<GroupBy>& needed)
      : question(wanted), width_(wanted.by.size()) {
    for (const GroupBy by : needed) {
      if (std::find(question.by.begin(), question.by.end(), by) == question.by.end()) {
        question.by.push_back(by);
      }
    }
  }

  /// The usage of a row of its answer, without the quantity.
  template <class Row>
  [[nodiscard]] Usage usage_of(const Row& row, model::Product product) const {
    Usage usage;
    usage.product = product;
    usage.group.assign(row.group.begin(), row.group.begin() + static_cast<std::ptrdiff_t>(width_));
    usage.scope.app_id = text(row.group, GroupBy::app);
    usage.scope.deployment_id = text(row.group, GroupBy::deployment);
    usage.scope.region = text(row.group, GroupBy::region);
    usage.processes = row.processes;
    return usage;
  }

  [[nodiscard]] const std::string& text(const std::vector<std::string>& group, GroupBy by) const {
    const auto at = std::find(question.by.begin(), question.by.end(), by);
    return group[static_cast<std::size_t>(at - question.by.begin())];
  }

  Question question;

 private:
  std::size_t width_;
};

const std::vector<GroupBy> kScope{GroupBy::app, GroupBy::deployment, GroupBy::region};

/// Charges processes one by one, because the policy rounds them or reads another clock, or because
/// prices depend on what the sums do not tell apart.
class ChargedProcesses {
 public:
  ChargedProcesses(const PricedQuestion& priced, const model::Policy& policy, store::Reader& reader)
      : priced_(priced),
        policy_(policy),
        reader_(reader),
        window_(ask::resolve(priced.question, reader.span())) {}

  void add(const model::ProcessFacts& facts, const std::optional<std::int64_t>& hosting_key);
  [[nodiscard]] std::vector<Usage> finish();

 private:
  struct Charged {
    std::size_t group = 0;
    meter::BillableSpan span;
    Bounded<std::int64_t> extra;    ///< what rounding adds to the whole
    std::int64_t ends_from_ms = 0;  ///< the instants between which it can have ended
    std::int64_t ends_to_ms = 0;
  };
  [[nodiscard]] Charged charge(const model::ProcessFacts& facts) const;
  [[nodiscard]] Bounded<std::int64_t> extra_in(const Charged& charged,
                                               const meter::Window& cell) const;
  [[nodiscard]] std::int64_t last_in_window(std::int64_t end_ms) const;

  const PricedQuestion& priced_;
  const model::Policy& policy_;
  store::Reader& reader_;
  ask::ResolvedWindow window_;
  std::map<std::string, ask::Answer<BillingRow>> answers_;  ///< of each hosting
};

bool holds(const meter::Window& cell, std::int64_t at_ms) {
  return cell.from_ms <= at_ms && at_ms < cell.to_ms;
}

/// The last charged instant of a span that ends at `end_ms`, inside the period.
std::int64_t ChargedProcesses::last_in_window(std::int64_t end_ms) const {
  return std::max(std::min(end_ms, window_.window.to_ms) - 1, window_.window.from_ms);
}

ChargedProcesses::Charged ChargedProcesses::charge(const model::ProcessFacts& facts) const {
  Charged charged;
  charged.span = rate::charged_span(facts.life, policy_, window_.belief);
  const Bounded<std::int64_t> whole = meter::billable_in(charged.span, window_.window);
  charged.extra = {rate::charged_ms(whole.point, policy_) - whole.point,
                   rate::charged_ms(whole.lo, policy_) - whole.lo,
                   rate::charged_ms(whole.hi, policy_) - whole.hi};
  const bool surely_ran = whole.lo > 0;
  charged.ends_from_ms = last_in_window(surely_ran ? charged.span.windows.lo.to_ms
                                                   : charged.span.windows.hi.from_ms + 1);
  charged.ends_to_ms = last_in_window(charged.span.windows.hi.to_ms);
  return charged;
}

/// What rounding adds to one cell, below 0 where it takes off. It belongs to the cell in which the
/// process ends. While that may be another cell, the bounds have the least and the most of it.
Bounded<std::int64_t> ChargedProcesses::extra_in(const Charged& charged,
                                                 const meter::Window& cell) const {
  Bounded<std::int64_t> extra;
  if (holds(cell, last_in_window(charged.span.windows.point.to_ms))) {
    extra.point = charged.extra.point;
  }
  if (holds(cell, charged.ends_from_ms) && holds(cell, charged.ends_to_ms)) {
    extra.lo = charged.extra.lo;
    extra.hi = charged.extra.hi;
  } else if (cell.from_ms <= charged.ends_to_ms && charged.ends_from_ms < cell.to_ms) {
    const std::int64_t step = policy_.step_per == model::Policy::Per::process ? policy_.step_ms : 0;
    const bool adds = policy_.step_direction != base::Rounding::down;
    const bool takes = policy_.step_direction != base::Rounding::up;
    extra.hi = std::max(adds ? step : 0, policy_.minimum_ms);
    extra.lo = takes ? -step : 0;
  }
  return extra;
}

void ChargedProcesses::add(const model::ProcessFacts& facts,
                           const std::optional<std::int64_t>& hosting_key) {
  Charged charged = charge(facts);
  if (charged.span.windows.hi.from_ms >= window_.window.to_ms ||
      charged.span.windows.hi.to_ms <= window_.window.from_ms) {
    return;
  }
  ask::Answer<BillingRow>& answer =
      answers_.try_emplace(reader_.label(hosting_key), priced_.question, window_, reader_)
          .first->second;
  charged.group = answer.group_of(facts);
  answer.each_cell(charged.span.windows.hi.from_ms, charged.span.windows.hi.to_ms,
                   [&](std::size_t cell, const meter::Window& part) {
                     const Bounded<std::int64_t> time = meter::billable_in(charged.span, part);
                     const Bounded<std::int64_t> extra = extra_in(charged, part);
                     BillingRow& row = answer.row(charged.group, cell);
                     row.processes += time.hi > 0 ? 1 : 0;
                     row.billable_ms += time + extra;
                   });
}

Usage usage_of(const PricedQuestion& priced, const BillingRow& row) {
  Usage usage = priced.usage_of(row, model::Product::compute);
  usage.metered = row.billable_ms;
  return usage;
}

std::vector<Usage> ChargedProcesses::finish() {
  std::vector<Usage> all;
  for (auto& [hosting, answer] : answers_) {
    for (const BillingRow& row : answer.finish()) {
      all.push_back(usage_of(priced_, row));
      all.back().scope.hosting = hosting;
    }
  }
  return all;
}

store::Reader::Asked asked_by(const Question& question, store::Reader& reader) {
  const ask::ResolvedWindow window = ask::resolve(question, reader.span());
  return {window.window.from_ms, window.belief};
}

std::map<std::string, std::string> hostings(const Question& question, store::Reader& reader) {
  std::map<std::string, std::string> by_process;
  const store::Reader::Asked asked = asked_by(question, reader);
  reader.each_process(question.scan, asked, [&](const model::ProcessFacts& facts) {
    if (facts.hosting_key) {
      by_process.emplace(reader.process_id(facts.process_key), reader.label(facts.hosting_key));
    }
  });
  return by_process;
}

}  // namespace

std::vector<meter::Window> billing_months(const meter::Window& window, const std::string& zone) {
  std::vector<meter::Window> months;
  if (window.from_ms >= window.to_ms) {
    return months;
  }
  for (const base::Period& month :
       base::Zone(zone).periods(base::CivilUnit::month, window.from_ms, window.to_ms)) {
    months.push_back(
        {std::max(month.start_ms, window.from_ms), std::min(month.end_ms, window.to_ms)});
  }
  return months;
}

std::vector<meter::Window> stretches_of(const meter::Window& window,
                                        const std::vector<std::int64_t>& changes_ms) {
  std::vector<meter::Window> stretches;
  std::int64_t from_ms = window.from_ms;
  for (const std::int64_t change_ms : changes_ms) {
    stretches.push_back({from_ms, change_ms});
    from_ms = change_ms;
  }
  stretches.push_back({from_ms, window.to_ms});
  return stretches;
}

std::vector<Usage> compute_usage(const Question& question, const model::Policy& policy,
                                 bool by_hosting, store::Reader& reader) {
  const PricedQuestion priced(question, kScope);
  if (rate::charges_as_metered(policy) && !by_hosting) {
    std::vector<Usage> all;
    for (const BillingRow& row : ask::billing(priced.question, reader)) {
      all.push_back(usage_of(priced, row));
    }
    return all;
  }
  ask::Filter filter(question, reader);
  ChargedProcesses charged(priced, policy, reader);
  const store::Reader::Asked asked = asked_by(question, reader);
  reader.each_process(question.scan, asked, [&](const model::ProcessFacts& facts) {
    if (filter.passes(facts)) {
      charged.add(facts, by_hosting ? facts.hosting_key : std::nullopt);
    }
  });
  return charged.finish();
}

std::vector<Usage> egress_usage(const Question& question, bool by_hosting, store::Reader& reader) {
  std::vector<GroupBy> needed = kScope;
  std::map<std::string, std::string> hosting_of;
  if (by_hosting) {
    needed.push_back(GroupBy::process);
    hosting_of = hostings(question, reader);
  }
  const PricedQuestion priced(question, needed);
  std::vector<Usage> all;
  for (const EgressRow& row : ask::egress(priced.question, reader)) {
    Usage usage = priced.usage_of(row, model::Product::egress);
    usage.metered = row.egress_bytes;
    usage.open_processes = row.open_processes;
    usage.unmetered_processes = row.unmetered_processes;
    if (by_hosting) {
      const auto found = hosting_of.find(priced.text(row.group, GroupBy::process));
      usage.scope.hosting = found == hosting_of.end() ? "" : found->second;
    }
    all.push_back(std::move(usage));
  }
  return all;
}

}  // namespace fleetmeter::settle
