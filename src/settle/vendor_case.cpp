#include "settle/vendor_case.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ask/evidence.hpp"
#include "ask/window.hpp"
#include "model/label_key.hpp"
#include "rate/charge.hpp"
#include "rate/rounded_time.hpp"
#include "settle/usage.hpp"

namespace fleetmeter::settle {

namespace {

using model::Product;
using reconcile::Resize;

std::size_t index_of(Product product) {
  return product == Product::compute ? 0 : 1;
}

/// Gives each deployment and list of prices a number.
class Classes {
 public:
  /// The number, and whether it is a new one.
  std::pair<std::size_t, bool> number_of(const rate::Scope& scope,
                                         const std::vector<rate::PricedTime>& prices) {
    std::vector<std::int64_t> times;
    for (const rate::PricedTime& one : prices) {
      const bool is_rated = one.priced.status == rate::Priced::Status::rated;
      times.push_back(is_rated ? static_cast<std::int64_t>(one.priced.rate_no) : -1);
      for (const meter::Window& window : one.when) {
        times.insert(times.end(), {window.from_ms, window.to_ms});
      }
    }
    const auto [known, is_new] =
        numbers_.try_emplace({scope.app_id, scope.deployment_id, times}, classes_.size());
    if (is_new) {
      classes_.push_back({scope, prices});
    }
    return {known->second, is_new};
  }
  [[nodiscard]] std::vector<PriceClass> take() { return std::move(classes_); }
  [[nodiscard]] const PriceClass& at(std::size_t number) const { return classes_[number]; }

 private:
  std::map<std::tuple<std::string, std::string, std::vector<std::int64_t>>, std::size_t> numbers_;
  std::vector<PriceClass> classes_;
};

bool is_rated(const rate::PricedTime& time) {
  return time.priced.status == rate::Priced::Status::rated;
}

/// Half and twice, a quarter and four times a size.
std::vector<Decimal> sizes_around(const Decimal& vcpus) {
  return {{vcpus.digits() * 2, vcpus.scale()},
          {vcpus.digits() * 5, vcpus.scale() + 1},
          {vcpus.digits() * 4, vcpus.scale()}};
}

}  // namespace

VendorCase::VendorCase(const Question& question, const std::string& month, const Terms& terms,
                       store::Reader& reader, store::PriceReader& prices)
    : terms_(terms), dimensions_(reconcile::dimensions_around(terms.policy, month)) {
  contract_ = {&dimensions_, &terms.policy, terms.book.card().minor_digits};
  reach_ = dimensions_.months[0].window;
  for (const reconcile::Month& one : dimensions_.months) {
    reach_.from_ms = std::min(reach_.from_ms, one.window.from_ms);
    reach_.to_ms = std::max(reach_.to_ms, one.window.to_ms);
  }
  load_compute(question, reader);
  load_unseen(question, reader);
  load_egress(question, reader);
  load_prices(prices);
}

void VendorCase::load_unseen(const Question& question, store::Reader& reader) {
  Question of_month = question;
  of_month.from_ms = window().from_ms;
  of_month.to_ms = window().to_ms;
  for (const meter::Window& part : ask::unseen_or_to_come(of_month, reader)) {
    unseen_ms_ += part.to_ms - part.from_ms;
  }
}

void VendorCase::load_compute(const Question& question, store::Reader& reader) {
  const ask::ResolvedWindow resolved = ask::resolve(question, reader.span());
  as_of_ms_ = resolved.belief.as_of_ms;
  ledger_ = std::make_unique<reconcile::ComputeLedger>(dimensions_, terms_.policy, resolved.belief);
  Classes classes;
  rate::Prices prices(terms_.book, Product::compute, reach_);
  std::map<std::array<std::int64_t, 4>, std::size_t> known;
  const store::Reader::Asked asked{reach_.from_ms, resolved.belief};
  reader.each_process(question.scan, asked, [&](const model::ProcessFacts& facts) {
    const auto [found, is_new] =
        known.try_emplace({model::key_part(facts.app_key), model::key_part(facts.deployment_key),
                           model::key_part(facts.region_key), model::key_part(facts.hosting_key)},
                          0);
    if (is_new) {
      const rate::Scope scope{reader.label(facts.app_key), reader.label(facts.deployment_key),
                              reader.label(facts.region_key), reader.label(facts.hosting_key)};
      const auto [number, is_new_class] = classes.number_of(scope, prices.of(scope));
      if (is_new_class) {
        ledger_->add_class(prices.of(scope));
      }
      found->second = number;
    }
    ledger_->add(facts.life, found->second);
    count(facts.life, resolved.belief, classes.at(found->second));
    attribute(facts.life, resolved.belief, classes.at(found->second));
  });
  compute_ = std::make_unique<reconcile::Pricer>(terms_.book, Product::compute, classes.take());
}

/// Notes what it would make to bill a process whole in one month.
void VendorCase::attribute(const model::Life& life, const meter::Belief& belief,
                           const PriceClass& priced) {
  const rate::Priced& price = priced.prices.front().priced;
  const meter::BillableSpan span = rate::charged_span(life, terms_.policy, belief);
  const auto lies_inside = [&](const meter::Window& part) {
    return part.from_ms >= window().from_ms && part.to_ms <= window().to_ms;
  };
  if (price.status != rate::Priced::Status::rated || lies_inside(span.windows.hi)) {
    return;
  }
  const Int128 factor =
      base::multiply(price.vcpus.digits(), power_of_ten(terms_.book.scale() - price.vcpus.scale()));
  const auto difference = [&](const meter::Window& whole, std::int64_t at_ms) {
    const bool is_ours = window().from_ms <= at_ms && at_ms < window().to_ms;
    const std::int64_t part = meter::overlap_ms(whole, window());
    const std::int64_t length = std::max<std::int64_t>(0, whole.to_ms - whole.from_ms);
    return base::multiply((is_ours ? length : 0) - part, factor);
  };
  const auto& [point, lo, hi] = span.windows;
  by_start_ += Bounded<Int128>{difference(point, point.from_ms), difference(lo, lo.from_ms),
                               difference(hi, hi.from_ms)};
  by_end_ += Bounded<Int128>{difference(point, point.to_ms - 1), difference(lo, lo.to_ms - 1),
                             difference(hi, hi.to_ms - 1)};
}

std::vector<reconcile::Alteration> VendorCase::attributions() const {
  std::vector<reconcile::Alteration> all;
  if (compute_->prices_change() || terms_.book.card().rates.empty()) {
    return all;  // a price that changes would have to be that of the whole
  }
  const auto rate =
      std::find_if(terms_.book.card().rates.begin(), terms_.book.card().rates.end(),
                   [](const model::Rate& one) { return one.product == Product::compute; });
  if (rate == terms_.book.card().rates.end()) {
    return all;
  }
  const base::Ratio unit(base::multiply(rate::unit_size(rate->unit, terms_.policy),
                                        power_of_ten(terms_.book.scale())));
  const auto add = [&](const char* text, const Bounded<Int128>& more) {
    if (more != Bounded<Int128>{}) {
      const auto in_units = [&](Int128 value) { return base::Ratio(value) / unit; };
      all.push_back({text, 1, {in_units(more.point), in_units(more.lo), in_units(more.hi)}});
    }
  };
  add("each process whole in the month in which it started", by_start_);
  add("each process whole in the month in which it ended", by_end_);
  return all;
}

/// Counts a process in the contract's month.
void VendorCase::count(const model::Life& life, const meter::Belief& belief,
                       const PriceClass& priced) {
  const meter::BillableSpan span = rate::charged_span(life, terms_.policy, belief);
  const bool in_month = meter::billable_in(span, window()).hi > 0;
  const bool some_unpriced =
      std::any_of(priced.prices.begin(), priced.prices.end(), [&](const rate::PricedTime& time) {
        return !is_rated(time) &&
               rate::RoundedTime(span, time.when, terms_.policy).may_run_in(window());
      });
  processes_[0] += in_month ? 1 : 0;
  unpriced_[0] += some_unpriced ? 1 : 0;
  // A process that was seen within the grace of an instant is taken to be known up to it.
  const bool month_goes_on = as_of_ms_ + belief.grace_ms < window().to_ms;
  lasting_processes_ += month_goes_on && meter::death_bound(life, belief) >= as_of_ms_ ? 1 : 0;
}

/// Counts the processes of a scope that sent something in the contract's month.
void VendorCase::count_sent(const rate::Usage& whole) {
  processes_[1] += whole.processes;
  open_processes_ += whole.open_processes;
  unmetered_processes_ += whole.unmetered_processes;
}

void VendorCase::load_egress(const Question& question, store::Reader& reader) {
  Classes classes;
  rate::Prices prices(terms_.book, Product::egress, reach_);
  for (std::size_t month = 0; month < dimensions_.months.size(); ++month) {
    std::vector<Sent>& sent = sent_.emplace_back();
    const auto sent_of = [&](const rate::Usage& usage) -> Sent& {
      const std::vector<rate::PricedTime>& times = prices.of(usage.scope);
      const std::size_t number = classes.number_of(usage.scope, times).first;
      sent.resize(std::max(sent.size(), number + 1));
      sent[number].at_price.resize(times.size());
      return sent[number];
    };
    Question part = question;
    part.by.clear();
    part.from_ms = dimensions_.months[month].window.from_ms;
    part.to_ms = dimensions_.months[month].window.to_ms;
    const MonthUsage used = egress_usage(part, prices, reader);
    for (const rate::Usage& usage : used.by_price) {
      const std::vector<rate::PricedTime>& times = prices.of(usage.scope);
      const auto place = static_cast<std::size_t>(usage.time - times.data());
      sent_of(usage).at_price[place] += usage.metered;
      if (times.size() == 1) {
        sent_of(usage).whole += usage.metered;
      }
      if (month == 0 && times.size() == 1) {
        count_sent(usage);
      }
      if (month == 0 && !is_rated(*usage.time)) {
        unpriced_[1] += usage.processes;
      }
    }
    for (const rate::Usage& usage : used.by_scope) {
      sent_of(usage).whole += usage.metered;
      if (month == 0) {
        count_sent(usage);
      }
    }
  }
  egress_ = std::make_unique<reconcile::Pricer>(terms_.book, Product::egress, classes.take());
}

/// The other sizes a deployment may have had and the other prices: what some document said of them,
/// and sizes next to the known one.
void VendorCase::load_prices(store::PriceReader& prices) {
  std::set<std::pair<std::string, std::string>> seen;
  const std::vector<model::Deployment> said = prices.deployment_sizes();
  for (const PriceClass& one : compute_->classes()) {
    const model::Deployment* const known = terms_.book.deployment(one.scope);
    if (known == nullptr || !known->requested_cpu ||
        !seen.insert({one.scope.app_id, one.scope.deployment_id}).second) {
      continue;
    }
    std::vector<Decimal> sizes = sizes_around(*known->requested_cpu);
    for (const model::Deployment& other : said) {
      if (other.app_id == known->app_id && other.deployment_id == known->deployment_id &&
          other.requested_cpu != known->requested_cpu &&
          std::find(sizes.begin(), sizes.end(), *other.requested_cpu) == sizes.end()) {
        sizes.push_back(*other.requested_cpu);
      }
    }
    for (const Decimal& size : sizes) {
      if (size.scale() <= terms_.book.scale()) {
        resizes_.push_back({known->app_id, known->deployment_id, size, *known->requested_cpu});
      }
    }
  }
  for (const store::StoredCard& version : prices.rate_cards()) {
    for (const model::Rate& rate : version.card.rates) {
      auto& others = other_prices_[index_of(rate.product)];
      const Decimal price = rate.tiers.front().unit_price;
      if (version.card.name == terms_.book.card().name && rate.tiers.size() == 1 &&
          std::none_of(others.begin(), others.end(),
                       [&](const auto& known) { return known.unit_price == price; })) {
        others.push_back({price, version.source});
      }
    }
  }
}

reconcile::Case VendorCase::of(Product product,
                               const std::optional<Decimal>& invoiced_price) const {
  reconcile::Case one;
  one.product = product;
  one.prices = other_prices_[index_of(product)];
  if (invoiced_price) {
    one.prices.push_back({*invoiced_price, "the invoice"});
  }
  if (product == Product::compute) {
    one.pricer = compute_.get();
    one.resizes = resizes_;
    one.alterations = attributions();
    one.metered = [this](const reconcile::Choice& choice) {
      return reconcile::Metered{[this, choice](std::size_t price, std::size_t class_no) {
                                  return ledger_->metered(choice, price, class_no);
                                },
                                {}};
    };
  } else {
    one.pricer = egress_.get();
    one.metered = [this](const reconcile::Choice& choice) {
      const std::vector<Sent>& sent = sent_[choice.month];
      return reconcile::Metered{
          [&sent](std::size_t price, std::size_t class_no) {
            return class_no < sent.size() && price < sent[class_no].at_price.size()
                       ? sent[class_no].at_price[price]
                       : Bounded<Int128>{};
          },
          [&sent](std::size_t class_no) {
            return class_no < sent.size() ? sent[class_no].whole : Bounded<Int128>{};
          }};
    };
  }
  return one;
}

std::int64_t VendorCase::processes(Product product) const {
  return processes_[index_of(product)];
}

std::int64_t VendorCase::unpriced(Product product) const {
  return unpriced_[index_of(product)];
}

std::int64_t VendorCase::unbounded(Product product) const {
  return product == Product::compute
             ? unpriced_[0]
             : std::max({open_processes_ + unmetered_processes_, unpriced_[1], lasting_processes_});
}

}  // namespace fleetmeter::settle
