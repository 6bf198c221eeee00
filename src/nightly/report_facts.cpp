#include "nightly/report_facts.hpp"

#include <algorithm>
#include <map>

#include "ask/evidence.hpp"
#include "ask/meters.hpp"
#include "ask/window.hpp"
#include "base/sha256.hpp"
#include "fleetmeter/version.hpp"
#include "meter/billing.hpp"
#include "nightly/period.hpp"
#include "nightly/report_shares.hpp"

namespace fleetmeter::nightly {

namespace {

using report::Facts;
using report::Period;
using report::Totals;

constexpr std::size_t kParts = 288;  // of the concurrency chart: five minutes of a day

/// No process that ran in a period lives longer than this, so later instants change nothing about
/// it.
std::int64_t believed_until(const Period& period, const Question& question) {
  return period.to_ms + question.max_lifespan_ms;
}

/// A report depends on these documents: those of its own period, those of the period that it is
/// compared with, and those around it, as far as a process can have lived without being seen.
store::Knowledge knowledge_of(const Period& period, const Question& question,
                              store::Reader& reader) {
  return reader.knowledge(
      std::min(period_before(period).from_ms, period.from_ms - question.max_lifespan_ms),
      believed_until(period, question));
}

Question of_period(const Question& question, const Period& period, std::vector<GroupBy> by) {
  Question one = question;
  one.tz = period.tz;
  one.from_ms = period.from_ms;
  one.to_ms = period.to_ms;
  one.by = std::move(by);
  return one;
}

/// The flag of the rule that decided an end.
const char* rule_name(meter::BillingRule rule) {
  const auto flag = meter::flag_of(rule);
  return flag ? flag_name(*flag) : "complete";
}

Totals totals_of(const Question& question, const Period& period, store::Reader& reader) {
  const BillingRow billing = ask::billing(of_period(question, period, {}), reader).front();
  const EgressRow egress = ask::egress(of_period(question, period, {}), reader).front();
  return {billing.billable_ms, egress.egress_bytes, std::max(billing.processes, egress.processes),
          egress.open_processes, egress.unmetered_processes};
}

/// Gathers the facts, one after another, from one moment of the store.
class Gathering {
 public:
  Gathering(const Period& period, const Question& question, store::Reader& reader)
      : question_(question), reader_(reader) {
    facts_.period = period;
    slot_ = period.is_month ? GroupBy::day : GroupBy::hour;
  }

  Facts run(settle::ReportMoney* prices) {
    knowledge();
    totals();
    slots();
    shares();
    rows();  // which takes the most memory: before other rows are held
    coverage();
    anomalies();
    processes();
    if (prices != nullptr) {
      const Question before = of_period(question_, period_before(facts_.period), {});
      facts_.money = prices->money(facts_.period, ask({}), is_compared() ? &before : nullptr);
    }
    return std::move(facts_);
  }

 private:
  [[nodiscard]] Question ask(std::vector<GroupBy> by) const {
    return of_period(question_, facts_.period, std::move(by));
  }

  void knowledge() {
    facts_.as_of_ms = *question_.as_of_ms;
    facts_.grace_ms = question_.grace_ms;
    facts_.max_lifespan_ms = question_.max_lifespan_ms;
    facts_.absence = question_.absence;
    facts_.known_seq = reader_.known_seq();
    const store::Knowledge known = knowledge_of(facts_.period, question_, reader_);
    facts_.snapshots = known.snapshots;
    facts_.store_digest = known.digest;
    facts_.rejects = reader_.rejects(facts_.period.from_ms, facts_.period.to_ms);
    facts_.version = version();
    facts_.command = std::string(facts_.period.is_month ? " --month " : " --day ") +
                     facts_.period.label +
                     (facts_.period.tz == "UTC" ? "" : " --tz " + facts_.period.tz);
  }

  /// Whether polls leave out at most a twentieth of a period.
  [[nodiscard]] bool is_known(const Period& period) const {
    // What is not over yet is not known, either.
    std::int64_t missing_ms =
        std::max<std::int64_t>(0, period.to_ms - std::max(period.from_ms, *question_.as_of_ms));
    for (const meter::Window& part : ask::unpolled(of_period(question_, period, {}), reader_)) {
      missing_ms += part.to_ms - part.from_ms;
    }
    return missing_ms * 20 <= period.to_ms - period.from_ms;
  }

  void totals() {
    facts_.totals = totals_of(question_, facts_.period, reader_);
    const Period before = period_before(facts_.period);
    facts_.before_label = before.label;
    const store::StoreSpan span = reader_.span();
    if (span.earliest_ms && *span.earliest_ms < before.to_ms) {
      facts_.before = totals_of(question_, before, reader_);
    }
    facts_.is_comparable = is_known(before) && is_known(facts_.period);
  }

  [[nodiscard]] bool is_compared() const { return facts_.before && facts_.is_comparable; }

  void slots() {
    const base::Zone zone(facts_.period.tz);
    const auto unit = facts_.period.is_month ? base::CivilUnit::day : base::CivilUnit::hour;
    for (const base::Period& slot :
         zone.periods(unit, facts_.period.from_ms, facts_.period.to_ms)) {
      number_of_[slot.label] = facts_.slots.size();
      facts_.slots.push_back({slot.label, slot.start_ms, slot.end_ms});
    }
    facts_.billable_by_slot.resize(facts_.slots.size());
    for (const BillingRow& row : ask::billing(ask({slot_}), reader_)) {
      facts_.billable_by_slot[number_of_.at(row.group[0])] = row.billable_ms;
    }
    facts_.egress_by_slot.resize(facts_.slots.size());
    for (const EgressRow& row : ask::egress(ask({slot_}), reader_)) {
      facts_.egress_by_slot[number_of_.at(row.group[0])] = row.egress_bytes;
    }
  }

  void shares() {
    const Question before = of_period(question_, period_before(facts_.period), {});
    add_shares(ask({}), is_compared() ? &before : nullptr, reader_, facts_);
  }

  using Changes = std::vector<std::pair<std::int64_t, int>>;  ///< of how many run at once

  void add(const meter::Window& span, Changes& changes) const {
    const std::int64_t from_ms = std::max(span.from_ms, facts_.period.from_ms);
    const std::int64_t to_ms = std::min(span.to_ms, facts_.period.to_ms);
    if (from_ms < to_ms) {
      changes.emplace_back(from_ms, 1);
      changes.emplace_back(to_ms, -1);
    }
  }

  /// Both meters of each process, and how many ran at once.
  void processes() {
    const meter::Belief belief = ask::resolve(ask({}), reader_.span()).belief;
    Changes point;
    Changes hi;
    ask::each_metered(ask({}), reader_,
                      [&](const model::ProcessFacts& facts, const Bounded<std::int64_t>& time,
                          const EgressRow& sent) {
                        const meter::BillableSpan span = meter::billable_span(facts.life, belief);
                        add(span.windows.point, point);
                        add(span.windows.hi, hi);
                        add_process(facts, span, time, sent);
                        add_width(facts.process_key, span.rule, time);
                      });
    facts_.processes.sort();
    for (auto& [flag, width] : widths_) {
      facts_.widths.push_back(std::move(width));
    }
    std::stable_sort(facts_.widths.begin(), facts_.widths.end(),
                     [](const auto& a, const auto& b) { return a.width_ms > b.width_ms; });
    report::Concurrency& all = facts_.concurrency;
    all.part_ms = std::max<std::int64_t>(
        1, (facts_.period.to_ms - facts_.period.from_ms) / static_cast<std::int64_t>(kParts));
    all.most = most_at_once(point, &all.peak, &all.peak_at_ms);
    all.most_hi = most_at_once(hi, nullptr, nullptr);
  }

  void add_width(std::int64_t process_key, meter::BillingRule rule,
                 const Bounded<std::int64_t>& time) {
    const std::int64_t width_ms = time.hi - time.lo;
    if (width_ms == 0) {
      return;
    }
    const std::string name = meter::flag_of(rule) ? rule_name(rule) : "";
    report::Width& all = widths_[name];
    all.flag = name;
    all.processes += 1;
    all.width_ms += width_ms;
    if (width_ms >= all.most_ms) {
      std::string process_id = reader_.process_id(process_key);
      if (width_ms > all.most_ms || process_id < all.example) {
        all.example = std::move(process_id);
      }
      all.most_ms = width_ms;
    }
  }

  void add_process(const model::ProcessFacts& facts, const meter::BillableSpan& span,
                   const Bounded<std::int64_t>& time, const EgressRow& sent) {
    report::ProcessTable& table = facts_.processes;
    const Bounded<Int128>& bytes = sent.egress_bytes;
    table.add({.process_id = reader_.process_id(facts.process_key),
               .app_id = table.number_of(reader_.label(facts.app_key)),
               .deployment_id = table.number_of(reader_.label(facts.deployment_key)),
               .region = table.number_of(reader_.label(facts.region_key)),
               .billable_ms = time,
               .egress_bytes = {.point = static_cast<std::int64_t>(bytes.point),
                                .lo = static_cast<std::int64_t>(bytes.lo),
                                .hi = static_cast<std::int64_t>(bytes.hi)},
               .open = sent.open_processes > 0,
               .unmetered = sent.unmetered_processes > 0,
               .start_at_ms = span.windows.point.from_ms,
               .end_at_ms = span.windows.point.to_ms,
               .is_started = span.windows.hi.to_ms != 0 && facts.life.started_at_ms.has_value(),
               .rule = rule_name(span.rule)});
  }

  std::vector<std::int64_t> most_at_once(Changes& changes, std::int64_t* peak,
                                         std::int64_t* peak_at_ms) const {
    std::sort(changes.begin(), changes.end());  // an end before a start at the same instant
    std::vector<std::int64_t> most(kParts, 0);
    std::int64_t running = 0;
    std::size_t part = 0;
    for (const auto& [at_ms, step] : changes) {
      const auto now = std::min<std::size_t>(
          static_cast<std::size_t>((at_ms - facts_.period.from_ms) / facts_.concurrency.part_ms),
          kParts - 1);
      for (; part < now; most[++part] = running) {
      }
      running += step;
      most[part] = std::max(most[part], running);
      if (peak != nullptr && running > *peak) {
        *peak = running;
        *peak_at_ms = at_ms;
      }
    }
    for (; part + 1 < kParts; most[++part] = running) {
    }
    return most;
  }

  void coverage() {
    const Coverage coverage = ask::cover(ask({}), 0, reader_);
    facts_.gap_count = static_cast<std::int64_t>(coverage.gaps.size());
    facts_.uncovered_ms = ask::length_of_gaps(coverage);
    give(coverage.places, facts_.coverage);
    std::vector<report::Shade> all;
    for (const CoverageGap& gap : coverage.gaps) {
      all.push_back({gap.from_ms, gap.to_ms});
    }
    for (const meter::Window& part : ask::unpolled(ask({}), reader_)) {
      all.push_back({part.from_ms, part.to_ms});
      facts_.unpolled_ms += part.to_ms - part.from_ms;
    }
    for (const meter::Window& part : ask::unseen(ask({}), reader_)) {
      facts_.unseen_ms += part.to_ms - part.from_ms;
    }
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.from_ms < b.from_ms; });
    for (const report::Shade& gap : all) {
      if (!facts_.shades.empty() && gap.from_ms <= facts_.shades.back().to_ms) {
        facts_.shades.back().to_ms = std::max(facts_.shades.back().to_ms, gap.to_ms);
      } else {
        facts_.shades.push_back(gap);
      }
    }
  }

  void anomalies() {
    const std::vector<Anomaly> found = ask::anomalies(ask({}), reader_);
    give(found, facts_.anomalies);
    std::map<Flag, report::FlagCount> by_flag;
    for (const Anomaly& one : found) {
      if (one.flag == Flag::running) {  // as it ought to be
        facts_.still_running += 1;
        continue;
      }
      report::FlagCount& count = by_flag[one.flag];
      if (count.processes == 0) {
        count.flag = flag_name(one.flag);
        count.example = one.process_id;
      }
      count.processes += 1;
    }
    for (const auto& [flag, count] : by_flag) {
      facts_.flags.push_back(count);
    }
  }

  void rows() {
    const std::vector<GroupBy> by{GroupBy::app, GroupBy::region, GroupBy::deployment, slot_};
    ask::billing_in_parts(ask(by), reader_, [&](const std::vector<BillingRow>& part) {
      give(ask(by), part, facts_.billing);
    });
    ask::egress_in_parts(ask(by), reader_, [&](const std::vector<EgressRow>& part) {
      give(ask(by), part, facts_.egress);
    });
  }

  const Question& question_;
  store::Reader& reader_;
  GroupBy slot_ = GroupBy::hour;
  Facts facts_;
  std::map<std::string, std::size_t> number_of_;  ///< of slots, by label
  std::map<std::string, report::Width> widths_;   ///< by flag
};

}  // namespace

Question question_of(const Period& period, const Question& question, store::Reader& reader) {
  Question one = question;
  const std::int64_t latest_ms =
      question.as_of_ms.value_or(reader.span().latest_observed_ms.value_or(0));
  one.as_of_ms = std::min(latest_ms, believed_until(period, question));
  return one;
}

report::Facts report_facts(const Period& period, const Question& question, store::Reader& reader,
                           settle::ReportMoney* prices) {
  const Question of_report = question_of(period, question, reader);
  return Gathering(period, of_report, reader).run(prices);
}

report::Basis report_basis(const Period& period, const Question& question, store::Reader& reader) {
  const Question of_report = question_of(period, question, reader);
  return {*of_report.as_of_ms, knowledge_of(period, question, reader).digest,
          totals_of(of_report, period, reader)};
}

}  // namespace fleetmeter::nightly
