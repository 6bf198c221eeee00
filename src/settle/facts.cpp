#include "settle/facts.hpp"

#include <algorithm>
#include <map>

#include "ask/window.hpp"
#include "base/time_text.hpp"
#include "meter/billing.hpp"
#include "rate/charge.hpp"
#include "rate/rounded_time.hpp"
#include "reconcile/parts_of_whole.hpp"
#include "reconcile/verdict.hpp"
#include "settle/usage.hpp"
#include "settle/weighing.hpp"

namespace fleetmeter::settle {

namespace {

using base::Ratio;
using model::Product;

constexpr std::size_t kMost = 50;

/// What is not known of one process, and what it is worth in the smallest unit of the currency.
struct Unknown {
  std::string process_id;
  const char* fact = "";
  Ratio width;           ///< between the least and the most that it can come to
  bool is_open = false;  ///< nothing bounds it from above
};

/// What a unit of usage costs at a price: a vCPU-millisecond of the process, or a byte. Absent
/// where it has no one price.
std::optional<Ratio> unit_worth(const rate::Priced& priced, const Terms& terms) {
  if (priced.status != rate::Priced::Status::rated) {
    return std::nullopt;
  }
  const model::Rate& rate = terms.book.card().rates[priced.rate_no];
  if (rate.tiers.size() != 1) {
    return std::nullopt;
  }
  const Ratio price = Ratio(rate.tiers.front().unit_price) *
                      Ratio(power_of_ten(terms.book.card().minor_digits)) /
                      Ratio(rate::unit_size(rate.unit, terms.policy));
  return rate.product == Product::compute ? price * Ratio(priced.vcpus) : price;
}

rate::Scope scope_of(const model::ProcessFacts& facts, store::Reader& reader) {
  return {reader.label(facts.app_key), reader.label(facts.deployment_key),
          reader.label(facts.region_key), reader.label(facts.hosting_key)};
}

std::vector<Unknown> unknown_ends(const Question& month, const Terms& terms,
                                  store::Reader& reader) {
  const ask::ResolvedWindow resolved = ask::resolve(month, reader.span());
  const meter::Window window{*month.from_ms, *month.to_ms};
  rate::Prices prices(terms.book, Product::compute, window);
  std::vector<Unknown> all;
  const store::Reader::Asked asked{window.from_ms, resolved.belief};
  reader.each_process(month.scan, asked, [&](const model::ProcessFacts& facts) {
    const auto span = rate::charged_span(facts.life, terms.policy, resolved.belief);
    const Bounded<std::int64_t> time = meter::billable_in(span, window);
    if (time.lo == time.hi) {
      return;
    }
    Unknown unknown{reader.process_id(facts.process_key), "when it stopped", Ratio(), false};
    for (const rate::PricedTime& one : prices.of(scope_of(facts, reader))) {
      const auto charged = rate::RoundedTime(span, one.when, terms.policy).in(window);
      const auto worth = unit_worth(one.priced, terms);
      unknown.width += worth ? Ratio(charged.hi - charged.lo) * *worth : Ratio();
      unknown.is_open = unknown.is_open || (!worth && charged.hi > charged.lo);
    }
    all.push_back(unknown);
  });
  return all;
}

/// What one process sent in a month, whatever it cost, and at each of its prices.
struct Sent {
  rate::Usage whole;
  std::vector<rate::Usage> at_prices;
};

/// What is not known of what a process sent. Where it had several prices, it may be known how much
/// that was, and not how much of it was sent at which of them.
void add_unknown(const Sent& sent, const Terms& terms, std::vector<Unknown>& to) {
  std::vector<reconcile::UsedPart> parts;
  bool is_open = sent.whole.open_processes + sent.whole.unmetered_processes > 0;
  for (const rate::Usage& usage : sent.at_prices) {
    const auto worth = unit_worth(usage.time->priced, terms);
    parts.push_back({usage.metered, worth.value_or(Ratio())});
    is_open = is_open || (!worth && usage.metered.lo != usage.metered.hi);
  }
  const auto width_of = [&](const Bounded<Int128>& whole) {
    const std::vector<Int128> least = reconcile::least_parts(parts, whole);
    const std::vector<Int128> most = reconcile::most_parts(parts, whole);
    Ratio width;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      width += Ratio(most[i] - least[i]) * parts[i].weight;
    }
    return width;
  };
  const Int128 point = sent.whole.metered.point;
  const Ratio divided = width_of({point, point, point});
  const std::string& process_id = sent.whole.group.front();
  if (is_open || sent.whole.metered.lo != sent.whole.metered.hi) {
    const Ratio all = width_of(sent.whole.metered);
    to.push_back({process_id, "its last counter", std::max(all - divided, Ratio()), is_open});
  }
  if (divided > Ratio()) {
    to.push_back({process_id, "its counter when the price changed", divided, false});
  }
}

std::vector<Unknown> unknown_counters(const Question& month, const Terms& terms,
                                      store::Reader& reader) {
  rate::Prices prices(terms.book, Product::egress, {*month.from_ms, *month.to_ms});
  Question by_process = month;
  by_process.by = {GroupBy::process};
  const MonthUsage used = egress_usage(by_process, prices, reader);
  std::map<std::string, Sent> all;
  for (const rate::Usage& usage : used.by_scope) {
    all[usage.group.front()].whole = usage;
  }
  for (const rate::Usage& usage : used.by_price) {
    Sent& sent = all[usage.group.front()];
    sent.at_prices.push_back(usage);
    if (prices.of(usage.scope).size() == 1) {
      sent.whole = usage;
    }
  }
  std::vector<Unknown> unknown;
  for (const auto& [process_id, sent] : all) {
    add_unknown(sent, terms, unknown);
  }
  return unknown;
}

/// What is to be asked about one product, and what its answers would decide.
class Asking {
 public:
  Asking(const Compared& one, const Comparison& comparison, const ReconcileGiven& given)
      : one_(one), comparison_(comparison), weighing_(comparison, given) {}

  /// Whether no answer would change what is said.
  [[nodiscard]] bool is_settled() const { return settles(verdict(bounds(), one_.open)); }

  /// Gives facts until whatever is left changes nothing.
  void give(std::vector<Unknown> unknown, std::vector<ReconciliationFactAsked>& to) {
    std::erase_if(unknown, [](const Unknown& fact) {
      return !fact.is_open && fact.width * Ratio(2) < Ratio(1);  // less than half a cent
    });
    std::stable_sort(unknown.begin(), unknown.end(), [](const Unknown& a, const Unknown& b) {
      return a.is_open != b.is_open ? a.is_open : a.width > b.width;
    });
    std::int64_t open = std::count_if(unknown.begin(), unknown.end(),
                                      [](const Unknown& fact) { return fact.is_open; });
    Ratio told;
    for (std::size_t i = 0; i < std::min(unknown.size(), kMost); ++i) {
      told += unknown[i].width;
      open -= unknown[i].is_open ? 1 : 0;
      const ReconciliationFactAsked& row = to.emplace_back(row_of(unknown[i], told, open));
      if (settles(row.verdict_if_least) && settles(row.verdict_if_most)) {
        return;
      }
    }
  }

  /// That nothing else ran while nobody looked. Whether that settles it.
  bool give_unseen(std::vector<ReconciliationFactAsked>& to) {
    ReconciliationFactAsked& row = to.emplace_back();
    row.product = one_.name;
    row.fact = "that nothing else ran in the " +
               base::format_duration(comparison_.vendor().unseen_ms()) + " that nobody saw";
    row.remaining = money(Ratio(bounds().hi - bounds().lo));
    row.open_processes = comparison_.vendor().unbounded(one_.product);
    row.verdict_if_least = row.verdict_if_most = verdict(bounds(), row.open_processes > 0);
    return settles(row.verdict_if_most);
  }

 private:
  /// Neither more knowledge nor more goodwill changes such a verdict.
  [[nodiscard]] static bool settles(Verdict verdict) {
    return verdict != Verdict::within_bounds && verdict != Verdict::unbounded &&
           verdict != Verdict::explained;
  }

  [[nodiscard]] ReconciliationFactAsked row_of(const Unknown& fact, const Ratio& told,
                                               std::int64_t open) const {
    ReconciliationFactAsked row;
    row.product = one_.name;
    row.process_id = fact.process_id;
    row.fact = fact.fact;
    if (!fact.is_open) {
      row.removes = money(fact.width);
    }
    row.remaining = money(std::max(Ratio(bounds().hi - bounds().lo) - told, Ratio()));
    row.open_processes = open;
    const Bounded<Int128>& all = bounds();
    row.verdict_if_least = verdict({all.lo, all.lo, high_less(told)}, open > 0);
    row.verdict_if_most = verdict({all.hi, low_more(told), all.hi}, open > 0);
    return row;
  }

  [[nodiscard]] const Bounded<Int128>& bounds() const {
    return one_.candidates.front().outcome.amount;
  }
  [[nodiscard]] Int128 high_less(const Ratio& told) const {
    return std::max(bounds().lo, (Ratio(bounds().hi) - told).round(0, base::Rounding::up).digits());
  }
  [[nodiscard]] Int128 low_more(const Ratio& told) const {
    return std::min(bounds().hi,
                    (Ratio(bounds().lo) + told).round(0, base::Rounding::down).digits());
  }
  [[nodiscard]] Decimal money(const Ratio& minor) const {
    return weighing_.money(minor.round(0, base::Rounding::half_up).digits());
  }

  /// What would be said of the invoice, were these the bounds.
  [[nodiscard]] Verdict verdict(const Bounded<Int128>& metered, bool open) const {
    reconcile::Weighed weighed;
    weighed.invoiced = *one_.invoiced->amount;
    weighed.metered = metered;
    weighed.open = open;
    weighed.side = weighed.invoiced > metered.hi   ? reconcile::Side::above
                   : weighed.invoiced < metered.lo ? reconcile::Side::below
                                                   : reconcile::Side::within;
    weighed.tolerance =
        reconcile::tolerance_of(comparison_.vendor().processes(one_.product), one_.invoiced->lines);
    weighed.agrees = weighed.invoiced == metered.point;
    weighed.passes = weighing_.passes(metered.point);
    weighing_.weigh_lines(weighing_.prices_of(one_.product),
                          weighing_.lines_of(kind_of(one_.product)), weighed);
    return reconcile::verdict_of(weighed);
  }

  const Compared& one_;
  const Comparison& comparison_;
  Weighing weighing_;
};

}  // namespace

std::vector<ReconciliationFactAsked> facts_to_ask(const Comparison& comparison,
                                                  const ReconcileGiven& given,
                                                  const Question& month, store::Reader& reader) {
  std::vector<ReconciliationFactAsked> all;
  for (const Compared* const one : {&comparison.compute(), &comparison.egress()}) {
    if (one->invoiced == nullptr || !one->invoiced->amount) {
      continue;
    }
    Asking asking(*one, comparison, given);
    if (asking.is_settled() || (comparison.vendor().unseen_ms() > 0 && asking.give_unseen(all))) {
      continue;
    }
    asking.give(one->product == Product::compute
                    ? unknown_ends(month, comparison.terms(), reader)
                    : unknown_counters(month, comparison.terms(), reader),
                all);
  }
  return all;
}

}  // namespace fleetmeter::settle
