#include "settle/vendor_case.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ask/evidence.hpp"
#include "ask/window.hpp"
#include "model/label_key.hpp"
#include "rate/charge.hpp"
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
  std::size_t number_of(const rate::Scope& scope, const std::vector<rate::Priced>& prices) {
    std::vector<std::size_t> rates;
    for (const rate::Priced& one : prices) {
      rates.push_back(one.status == rate::Priced::Status::rated ? one.rate_no + 1 : 0);
    }
    const auto [known, is_new] =
        numbers_.try_emplace({scope.app_id, scope.deployment_id, rates}, classes_.size());
    if (is_new) {
      classes_.push_back({scope, prices});
    }
    return known->second;
  }
  [[nodiscard]] std::vector<PriceClass> take() { return std::move(classes_); }
  [[nodiscard]] const PriceClass& at(std::size_t number) const { return classes_[number]; }

 private:
  std::map<std::tuple<std::string, std::string, std::vector<std::size_t>>, std::size_t> numbers_;
  std::vector<PriceClass> classes_;
};

bool is_priced(const PriceClass& one) {
  return std::any_of(one.prices.begin(), one.prices.end(), [](const rate::Priced& price) {
    return price.status == rate::Priced::Status::rated;
  });
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
  reach_from_ms_ = dimensions_.months[0].window.from_ms;
  std::int64_t reach_to_ms = dimensions_.months[0].window.to_ms;
  for (const reconcile::Month& one : dimensions_.months) {
    reach_from_ms_ = std::min(reach_from_ms_, one.window.from_ms);
    reach_to_ms = std::max(reach_to_ms, one.window.to_ms);
  }
  for (const Product product : {Product::compute, Product::egress}) {
    changes_ms_[index_of(product)] = terms.book.changes(product, reach_from_ms_, reach_to_ms);
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

/// The price of a scope in each stretch.
std::vector<rate::Priced> VendorCase::prices_of(Product product, const rate::Scope& scope) const {
  std::vector<rate::Priced> prices{terms_.book.price(product, scope, reach_from_ms_)};
  for (const std::int64_t change_ms : changes_ms_[index_of(product)]) {
    prices.push_back(terms_.book.price(product, scope, change_ms));
  }
  return prices;
}

void VendorCase::load_compute(const Question& question, store::Reader& reader) {
  const ask::ResolvedWindow resolved = ask::resolve(question, reader.span());
  as_of_ms_ = resolved.belief.as_of_ms;
  ledger_ = std::make_unique<reconcile::ComputeLedger>(dimensions_, terms_.policy, resolved.belief,
                                                       changes_ms_[0]);
  Classes classes;
  std::map<std::array<std::int64_t, 4>, std::size_t> known;
  const store::Reader::Asked asked{reach_from_ms_, resolved.belief};
  reader.each_process(question.scan, asked, [&](const model::ProcessFacts& facts) {
    const auto [found, is_new] =
        known.try_emplace({model::key_part(facts.app_key), model::key_part(facts.deployment_key),
                           model::key_part(facts.region_key), model::key_part(facts.hosting_key)},
                          0);
    if (is_new) {
      const rate::Scope scope{reader.label(facts.app_key), reader.label(facts.deployment_key),
                              reader.label(facts.region_key), reader.label(facts.hosting_key)};
      found->second = classes.number_of(scope, prices_of(Product::compute, scope));
    }
    ledger_->add(facts.life, found->second);
    count(facts.life, resolved.belief, is_priced(classes.at(found->second)));
    attribute(facts.life, resolved.belief, classes.at(found->second));
  });
  compute_ = std::make_unique<reconcile::Pricer>(terms_.book, Product::compute, classes.take(),
                                                 ledger_->stretches());
}

/// Notes what it would make to bill a process whole in one month.
void VendorCase::attribute(const model::Life& life, const meter::Belief& belief,
                           const PriceClass& priced) {
  const rate::Priced& price = priced.prices.front();
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
    const std::int64_t part = std::max<std::int64_t>(
        0, std::min(whole.to_ms, window().to_ms) - std::max(whole.from_ms, window().from_ms));
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
  if (ledger_->stretches() > 1 || terms_.book.card().rates.empty()) {
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
void VendorCase::count(const model::Life& life, const meter::Belief& belief, bool priced) {
  const meter::BillableSpan span = rate::charged_span(life, terms_.policy, belief);
  const bool in_month = meter::billable_in(span, window()).hi > 0;
  processes_[0] += in_month ? 1 : 0;
  unpriced_[0] += in_month && !priced ? 1 : 0;
  // A process that was seen within the grace of an instant is taken to be known up to it.
  const bool month_goes_on = as_of_ms_ + belief.grace_ms < window().to_ms;
  lasting_processes_ += month_goes_on && meter::death_bound(life, belief) >= as_of_ms_ ? 1 : 0;
}

void VendorCase::load_egress(const Question& question, store::Reader& reader) {
  Classes classes;
  const bool by_hosting = terms_.book.knows_hosting(Product::egress);
  const std::vector<std::int64_t>& changes_ms = changes_ms_[1];
  const std::size_t stretches = changes_ms.size() + 1;
  for (std::size_t month = 0; month < dimensions_.months.size(); ++month) {
    const meter::Window& window = dimensions_.months[month].window;
    for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
      std::vector<Bounded<Int128>>& sent = sent_.emplace_back();
      Question part = question;
      part.by.clear();
      part.from_ms =
          stretch == 0 ? window.from_ms : std::max(window.from_ms, changes_ms[stretch - 1]);
      part.to_ms =
          stretch + 1 == stretches ? window.to_ms : std::min(window.to_ms, changes_ms[stretch]);
      if (*part.from_ms >= *part.to_ms) {
        continue;
      }
      for (const rate::Usage& usage : egress_usage(part, by_hosting, reader)) {
        const std::size_t number =
            classes.number_of(usage.scope, prices_of(Product::egress, usage.scope));
        sent.resize(std::max(sent.size(), number + 1));
        sent[number] += usage.metered;
        if (month == 0) {
          processes_[1] += usage.processes;
          unpriced_[1] += is_priced(classes.at(number)) ? 0 : usage.processes;
          open_processes_ += usage.open_processes;
          unmetered_processes_ += usage.unmetered_processes;
        }
      }
    }
  }
  egress_ =
      std::make_unique<reconcile::Pricer>(terms_.book, Product::egress, classes.take(), stretches);
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
    one.metered = [this](const reconcile::Choice& choice, std::size_t stretch,
                         std::size_t class_no) {
      return ledger_->metered(choice, stretch, class_no);
    };
  } else {
    one.pricer = egress_.get();
    one.metered = [this](const reconcile::Choice& choice, std::size_t stretch,
                         std::size_t class_no) {
      const auto& sent = sent_[choice.month * (changes_ms_[1].size() + 1) + stretch];
      return class_no < sent.size() ? sent[class_no] : Bounded<Int128>{};
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
