#include "settle/usage.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "ask/answer.hpp"
#include "ask/meters.hpp"
#include "model/label_key.hpp"
#include "rate/charge.hpp"
#include "rate/rounded_time.hpp"

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

Usage usage_of(const PricedQuestion& priced, const BillingRow& row) {
  Usage usage = priced.usage_of(row, model::Product::compute);
  usage.metered = row.billable_ms;
  return usage;
}

Usage usage_of(const PricedQuestion& priced, const EgressRow& row) {
  Usage usage = priced.usage_of(row, model::Product::egress);
  usage.metered = row.egress_bytes;
  usage.open_processes = row.open_processes;
  usage.unmetered_processes = row.unmetered_processes;
  return usage;
}

store::Reader::Asked asked_by(const ask::ResolvedWindow& window) {
  return {window.window.from_ms, window.belief};
}

/// Charges processes one by one, because the policy rounds them or reads another clock, or because
/// prices depend on what the sums do not tell apart.
class ChargedProcesses {
 public:
  ChargedProcesses(const Question& question, const model::Policy& policy, rate::Prices& prices,
                   store::Reader& reader)
      : priced_(question, kScope),
        policy_(policy),
        prices_(prices),
        reader_(reader),
        window_(ask::resolve(priced_.question, reader.span())) {}

  [[nodiscard]] std::vector<Usage> usage();

 private:
  using Times = std::vector<rate::PricedTime>;
  void add(const model::ProcessFacts& facts);
  [[nodiscard]] const Times& times_of(const model::ProcessFacts& facts);

  const PricedQuestion priced_;
  const model::Policy& policy_;
  rate::Prices& prices_;
  store::Reader& reader_;
  ask::ResolvedWindow window_;
  std::map<std::array<std::int64_t, 4>, const Times*> times_;  ///< by the keys of a scope
  /// Of each hosting, where prices depend on it, and place among the prices of a scope.
  std::map<std::pair<std::string, std::size_t>, ask::Answer<BillingRow>> answers_;
};

const ChargedProcesses::Times& ChargedProcesses::times_of(const model::ProcessFacts& facts) {
  const auto [known, is_new] =
      times_.try_emplace({model::key_part(facts.app_key), model::key_part(facts.deployment_key),
                          model::key_part(facts.region_key), model::key_part(facts.hosting_key)});
  if (is_new) {
    known->second =
        &prices_.of({reader_.label(facts.app_key), reader_.label(facts.deployment_key),
                     reader_.label(facts.region_key),
                     prices_.know_hosting() ? reader_.label(facts.hosting_key) : std::string()});
  }
  return *known->second;
}

void ChargedProcesses::add(const model::ProcessFacts& facts) {
  const meter::BillableSpan span = rate::charged_span(facts.life, policy_, window_.belief);
  const meter::Window& longest = span.windows.hi;
  if (longest.from_ms >= window_.window.to_ms || longest.to_ms <= window_.window.from_ms) {
    return;
  }
  const std::string hosting = prices_.know_hosting() ? reader_.label(facts.hosting_key) : "";
  const Times& times = times_of(facts);
  for (std::size_t place = 0; place < times.size(); ++place) {
    const rate::RoundedTime time(span, times[place].when, policy_);
    ask::Answer<BillingRow>& answer =
        answers_.try_emplace({hosting, place}, priced_.question, window_, reader_).first->second;
    const std::size_t group = answer.group_of(facts);
    answer.each_cell(longest.from_ms, longest.to_ms,
                     [&](std::size_t cell, const meter::Window& part) {
                       if (time.may_run_in(part)) {
                         BillingRow& row = answer.row(group, cell);
                         row.processes += 1;
                         row.billable_ms += time.in(part);
                       }
                     });
  }
}

std::vector<Usage> ChargedProcesses::usage() {
  ask::Filter filter(priced_.question, reader_);
  reader_.each_process(priced_.question.scan, asked_by(window_),
                       [&](const model::ProcessFacts& facts) {
                         if (filter.passes(facts)) {
                           add(facts);
                         }
                       });
  std::vector<Usage> all;
  for (auto& [of, answer] : answers_) {
    const auto& [hosting, place] = of;
    for (const BillingRow& row : answer.finish()) {
      Usage& usage = all.emplace_back(usage_of(priced_, row));
      usage.scope.hosting = hosting;
      usage.time = &prices_.of(usage.scope)[place];
    }
  }
  return all;
}

/// Sums of the meter, each with the texts of all the groups that were asked for.
using Sums = std::vector<std::pair<std::vector<std::string>, Usage>>;
using AskForSums = std::function<Sums(const PricedQuestion&)>;

std::vector<GroupBy> scope_and_process() {
  std::vector<GroupBy> needed = kScope;
  needed.push_back(GroupBy::process);
  return needed;
}

/// Sums at the prices of a month. Most scopes have one price all month. The others are asked for
/// again, in each window in which they have one.
class SumsAtPrices {
 public:
  /// `question` must outlive it.
  SumsAtPrices(const Question& question, rate::Prices& prices, const meter::Window& asked,
               AskForSums ask)
      : question_(question), prices_(prices), asked_(asked), ask_(std::move(ask)) {}

  [[nodiscard]] MonthUsage usage() {
    const bool by_hosting = prices_.know_hosting();
    for (auto& [place, usage] : ask_({question_, by_hosting ? scope_and_process() : kScope})) {
      const std::vector<rate::PricedTime>& times = prices_.of(usage.scope);
      if (times.size() == 1) {
        usage.time = &times.front();
        month_.by_price.push_back(std::move(usage));
      } else {
        note_windows(usage.scope, times);
        add_unmetered(usage, times.front());
        month_.by_scope.push_back(std::move(usage));
      }
    }
    for (const auto& [window, places] : windows_) {
      add_window({window.first, window.second}, places, by_hosting || some_are_interrupted_);
    }
    if (some_are_interrupted_) {
      bring_closer();
    }
    for (auto& [place, at_prices] : changing_) {
      for (auto& [time, usage] : at_prices) {
        month_.by_price.push_back(std::move(usage));
      }
    }
    return std::move(month_);
  }

 private:
  /// Where a price holds in a window: more need not be asked for.
  struct Places {
    std::set<std::string> app_ids;
    std::set<std::string> deployment_ids;
    std::set<std::string> regions;
  };

  /// What is not metered has no price, and counts once.
  void add_unmetered(const Usage& whole, const rate::PricedTime& any) {
    if (whole.unmetered_processes > 0) {
      Usage& unmetered = month_.by_price.emplace_back();
      unmetered.product = whole.product;
      unmetered.group = whole.group;
      unmetered.scope = whole.scope;
      unmetered.time = &any;
      unmetered.unmetered_processes = whole.unmetered_processes;
    }
  }

  void note_windows(const rate::Scope& scope, const std::vector<rate::PricedTime>& times) {
    for (const rate::PricedTime& time : times) {
      some_are_interrupted_ = some_are_interrupted_ || time.when.size() > 1;
      for (const meter::Window& window : time.when) {
        if (meter::overlap_ms(window, asked_) > 0) {
          Places& places = windows_[{window.from_ms, window.to_ms}];
          places.app_ids.insert(scope.app_id);
          places.deployment_ids.insert(scope.deployment_id);
          places.regions.insert(scope.region);
        }
      }
    }
  }

  /// The price of a scope that holds in just this window, if it has several.
  [[nodiscard]] const rate::PricedTime* price_in(const meter::Window& window,
                                                 const rate::Scope& scope) {
    const std::vector<rate::PricedTime>& times = prices_.of(scope);
    for (const rate::PricedTime& time : times) {
      for (const meter::Window& one : time.when) {
        if (one.from_ms == window.from_ms && one.to_ms == window.to_ms) {
          return times.size() > 1 ? &time : nullptr;
        }
      }
    }
    return nullptr;
  }

  /// Adds what was used in a window at the prices that held in just this window. A price that was
  /// interrupted has several windows, so that processes are asked for one by one, and count once.
  void add_window(const meter::Window& window, const Places& places, bool by_process) {
    Question part = question_;
    part.app_ids.assign(places.app_ids.begin(), places.app_ids.end());
    part.deployment_ids.assign(places.deployment_ids.begin(), places.deployment_ids.end());
    part.regions.assign(places.regions.begin(), places.regions.end());
    const meter::Window common = meter::common(window, asked_);
    part.from_ms = common.from_ms;
    part.to_ms = common.to_ms;
    for (auto& [place, usage] : ask_({part, by_process ? scope_and_process() : kScope})) {
      usage.time = price_in(window, usage.scope);
      usage.unmetered_processes = 0;
      if (usage.time == nullptr) {
        continue;
      }
      const auto [known, is_new] = changing_[place].try_emplace(usage.time, usage);
      if (!is_new) {
        Usage& sum = known->second;
        sum.metered += usage.metered;
        sum.processes = std::max(sum.processes, usage.processes);
        sum.open_processes = std::max(sum.open_processes, usage.open_processes);
      }
    }
  }

  /// The bounds of a price that was interrupted are sums over its windows. They are no farther than
  /// the bounds of the whole, less what was used at the other prices.
  void bring_closer() {
    for (const auto& [place, whole] : ask_({question_, scope_and_process()})) {
      const auto found = changing_.find(place);
      if (found == changing_.end()) {
        continue;
      }
      Bounded<Int128> sum;
      for (const auto& [time, usage] : found->second) {
        sum += usage.metered;
      }
      for (auto& [time, usage] : found->second) {
        Bounded<Int128>& at_price = usage.metered;
        const Bounded<Int128> others{0, sum.lo - at_price.lo, sum.hi - at_price.hi};
        at_price = {at_price.point, std::max(at_price.lo, whole.metered.lo - others.hi),
                    std::min(at_price.hi, whole.metered.hi - others.lo)};
      }
    }
  }

  const Question& question_;
  rate::Prices& prices_;
  meter::Window asked_;
  AskForSums ask_;
  std::map<std::pair<std::int64_t, std::int64_t>, Places> windows_;
  bool some_are_interrupted_ = false;
  /// Of each place in the answer, at each of its prices.
  std::map<std::vector<std::string>, std::map<const rate::PricedTime*, Usage>> changing_;
  MonthUsage month_;
};

std::map<std::string, std::string> hostings(const Question& question,
                                            const ask::ResolvedWindow& window,
                                            store::Reader& reader) {
  std::map<std::string, std::string> by_process;
  reader.each_process(question.scan, asked_by(window), [&](const model::ProcessFacts& facts) {
    if (facts.hosting_key) {
      by_process.emplace(reader.process_id(facts.process_key), reader.label(facts.hosting_key));
    }
  });
  return by_process;
}

}  // namespace

std::vector<BillingMonth> billing_months(const meter::Window& window, const std::string& zone) {
  std::vector<BillingMonth> months;
  if (window.from_ms >= window.to_ms) {
    return months;
  }
  for (const base::Period& month :
       base::Zone(zone).periods(base::CivilUnit::month, window.from_ms, window.to_ms)) {
    const meter::Window whole{month.start_ms, month.end_ms};
    months.push_back({whole, meter::common(whole, window)});
  }
  return months;
}

MonthUsage compute_usage(const Question& question, const model::Policy& policy,
                         rate::Prices& prices, store::Reader& reader) {
  if (!rate::charges_as_metered(policy) || prices.know_hosting()) {
    return {ChargedProcesses(question, policy, prices, reader).usage(), {}};
  }
  const auto ask = [&](const PricedQuestion& priced) {
    Sums sums;
    for (BillingRow& row : ask::billing(priced.question, reader)) {
      Usage usage = usage_of(priced, row);
      sums.emplace_back(std::move(row.group), std::move(usage));
    }
    return sums;
  };
  const meter::Window asked = ask::resolve(question, reader.span()).window;
  return SumsAtPrices(question, prices, asked, ask).usage();
}

MonthUsage egress_usage(const Question& question, rate::Prices& prices, store::Reader& reader) {
  const ask::ResolvedWindow asked = ask::resolve(question, reader.span());
  const std::map<std::string, std::string> hosting_of = prices.know_hosting()
                                                            ? hostings(question, asked, reader)
                                                            : std::map<std::string, std::string>();
  const auto ask = [&](const PricedQuestion& priced) {
    Sums sums;
    for (EgressRow& row : ask::egress(priced.question, reader)) {
      Usage usage = usage_of(priced, row);
      if (prices.know_hosting()) {
        const auto found = hosting_of.find(priced.text(row.group, GroupBy::process));
        usage.scope.hosting = found == hosting_of.end() ? "" : found->second;
      }
      sums.emplace_back(std::move(row.group), std::move(usage));
    }
    return sums;
  };
  return SumsAtPrices(question, prices, asked.window, ask).usage();
}

}  // namespace fleetmeter::settle
