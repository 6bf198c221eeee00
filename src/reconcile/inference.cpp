#include "reconcile/inference.hpp"

#include <algorithm>
#include <map>

namespace fleetmeter::reconcile {

namespace {

using base::Ratio;
using model::Product;

constexpr std::size_t kMostDeviations = 3;  // of a pair: with more, some pair fits by accident

/// Every combination of the dimensions that touch a product.
std::vector<Choice> choices_of(Product product, const Dimensions& dimensions) {
  std::vector<Choice> all;
  for (std::size_t month = 0; month < dimensions.months.size(); ++month) {
    if (product == Product::egress) {
      for (const bool other_gb : {false, true}) {
        all.push_back({0, 0, month, 0, other_gb});
      }
      continue;
    }
    // A bare offset is no zone that anybody lives in: it is tried alone.
    const bool is_alone = dimensions.months[month].zone.starts_with("Etc/") && month != 0;
    const auto most = [&](std::size_t size) { return is_alone ? std::size_t{1} : size; };
    for (std::size_t clock = 0; clock < most(dimensions.clocks.size()); ++clock) {
      for (std::size_t step = 0; step < most(dimensions.steps.size()); ++step) {
        for (std::size_t orphan = 0; orphan < most(dimensions.orphans.size()); ++orphan) {
          all.push_back({clock, step, month, orphan, false});
        }
      }
    }
  }
  return all;
}

/// What an outcome is when its quantity is another. Absent when it has none, or no one price.
std::optional<Outcome> altered(const Outcome& outcome, const Alteration& alteration,
                               int minor_digits, base::Rounding rounding) {
  if (!outcome.quantity || !outcome.unit_price) {
    return std::nullopt;
  }
  Outcome other = outcome;
  Bounded<Ratio>& quantity = *other.quantity;
  quantity = {quantity.point * alteration.factor, quantity.lo * alteration.factor,
              quantity.hi * alteration.factor};
  quantity += alteration.more;
  return at_price(other, *outcome.unit_price, minor_digits, rounding);
}

/// Prices one choice in every way.
class Trying {
 public:
  Trying(const Case& product, const Contract& contract, std::vector<Candidate>& all)
      : product_(product), contract_(contract), all_(all) {}

  void choice(const Choice& choice) {
    const model::Policy policy = policy_of(choice, contract_);
    const Metered metered = product_.metered(choice);
    const std::size_t count = deviations(choice, *contract_.dimensions);
    Candidate plain;
    plain.choice = choice;
    plain.outcome = product_.pricer->price(metered, policy);
    plain.deviations = count;
    add(plain, policy);
    if (count > 1) {
      return;
    }
    for (const Resize& resize : product_.resizes) {
      Candidate resized = plain;
      resized.resize = resize;
      resized.outcome = product_.pricer->price(metered, policy, &resize);
      resized.deviations = count + 1;
      add(resized, policy);
    }
  }

  /// The contract's own choice with every alteration.
  void alterations() {
    const Candidate plain = all_.front();
    const model::Policy policy = policy_of(plain.choice, contract_);
    for (const Alteration& alteration : product_.alterations) {
      if (auto outcome =
              altered(plain.outcome, alteration, contract_.minor_digits, policy.amounts)) {
        Candidate& other = all_.emplace_back(plain);
        other.altered = alteration;
        other.outcome = *outcome;
        other.deviations += 1;
      }
    }
  }

 private:
  void add(const Candidate& candidate, const model::Policy& policy) {
    all_.push_back(candidate);
    for (const OtherPrice& price : product_.prices) {
      if (candidate.outcome.unit_price == price.unit_price) {
        continue;
      }
      if (auto outcome = at_price(candidate.outcome, price.unit_price, contract_.minor_digits,
                                  policy.amounts)) {
        Candidate& other = all_.emplace_back(candidate);
        other.unit_price = price.unit_price;
        other.outcome = *outcome;
        other.deviations += 1;
      }
    }
  }

  const Case& product_;
  const Contract& contract_;
  std::vector<Candidate>& all_;
};

Ratio size_of(const Ratio& value) {
  return value < Ratio() ? Ratio() - value : value;
}

/// What was invoiced, in the unit that a candidate counts in.
const Quantity& quantity_of(const Invoiced& invoiced, const Outcome& outcome) {
  return outcome.unit ? invoiced.in(measure_of(*outcome.unit, outcome.gb_is_gib))
                      : invoiced.as_written;
}

/// How far a sum of so many printed quantities may be off. A single one may be cut; many that were
/// cut would all have to be cut by as much, so of many each is taken to be rounded.
Ratio error_of(const Quantity& written, std::size_t lines) {
  return lines < 3 ? written.error : written.error * Ratio(1, 2);
}

/// Whether a quantity as it was written, with few digits, can be this one.
bool reads_as(const Quantity& written, std::size_t lines, const Ratio& exact) {
  return size_of(*written.sum - exact) <= error_of(written, lines);
}

bool is_same(const Resize& a, const Resize& b) {
  return a.app_id == b.app_id && a.deployment_id == b.deployment_id && a.vcpus == b.vcpus;
}

/// A biller may compute the amount from the quantity as it prints it.
bool is_priced_as_printed(const Outcome& outcome, const Invoiced& invoiced,
                          const Contract& contract) {
  const Quantity& written = quantity_of(invoiced, outcome);
  return written.sum && invoiced.amount && outcome.quantity && outcome.unit_price &&
         *invoiced.amount ==
             minor_product(*written.sum, *outcome.unit_price, contract.minor_digits);
}

template <class Number>
Side side(const Number& value, const Number& lo, const Number& hi) {
  return value > hi ? Side::above : value < lo ? Side::below : Side::within;
}

/// How far the amount of several lines may be off. Each amount is rounded, and each may have been
/// computed from a printed quantity.
Int128 amount_error(const Outcome& outcome, const Invoiced& invoiced, const Contract& contract) {
  if (invoiced.lines < 2) {
    return 0;
  }
  const auto half = static_cast<Int128>(invoiced.lines / 2);
  const Quantity& written = quantity_of(invoiced, outcome);
  if (!written.sum || !outcome.unit_price) {
    return half;
  }
  const Ratio of_quantity = error_of(written, invoiced.lines) * Ratio(*outcome.unit_price) *
                            Ratio(power_of_ten(contract.minor_digits));
  return half + of_quantity.round(0, base::Rounding::up).digits();
}

/// Whether `one` differs from the contract's step, `own`, in everything in which the simpler one
/// does. A step of a minute with a minimum contains a step of a minute.
bool contains(const Step& one, const Step& simpler, const Step& own) {
  return (rounds_alike(simpler, own) || rounds_alike(simpler, one)) &&
         (simpler.minimum_ms == own.minimum_ms || simpler.minimum_ms == one.minimum_ms);
}

/// Whether a candidate differs from the contract in everything in which a simpler one does.
bool contains(const Candidate& one, const Candidate& simpler, const Dimensions& dimensions) {
  const auto has = [](std::size_t value, std::size_t wanted) {
    return wanted == 0 || value == wanted;
  };
  const bool same_size = !simpler.resize || (one.resize && is_same(*one.resize, *simpler.resize));
  const bool same_price = !simpler.unit_price || one.unit_price == simpler.unit_price;
  return has(one.choice.clock, simpler.choice.clock) &&
         contains(dimensions.steps[one.choice.step], dimensions.steps[simpler.choice.step],
                  dimensions.steps.front()) &&
         has(one.choice.month, simpler.choice.month) &&
         has(one.choice.orphan, simpler.choice.orphan) &&
         (one.choice.other_gb || !simpler.choice.other_gb) && same_size && same_price &&
         (!simpler.altered || (one.altered && one.altered->text == simpler.altered->text));
}

}  // namespace

model::Policy policy_of(const Choice& choice, const Contract& contract) {
  model::Policy policy = *contract.policy;
  const Dimensions& dimensions = *contract.dimensions;
  policy.clock_start = dimensions.clocks[choice.clock].start;
  policy.clock_stop = dimensions.clocks[choice.clock].stop;
  policy.step_ms = dimensions.steps[choice.step].step_ms;
  policy.step_per = dimensions.steps[choice.step].per;
  policy.minimum_ms = dimensions.steps[choice.step].minimum_ms;
  policy.step_direction = dimensions.steps[choice.step].direction;
  policy.zone = dimensions.months[choice.month].zone;
  policy.orphan = dimensions.orphans[choice.orphan];
  policy.gb_is_gib = policy.gb_is_gib != choice.other_gb;
  return policy;
}

Outcome outcome_of(const Candidate& candidate, const Case& product, const Contract& contract) {
  const model::Policy policy = policy_of(candidate.choice, contract);
  Outcome outcome = product.pricer->price(product.metered(candidate.choice), policy,
                                          candidate.resize ? &*candidate.resize : nullptr);
  if (candidate.altered) {
    outcome = altered(outcome, *candidate.altered, contract.minor_digits, policy.amounts)
                  .value_or(outcome);
  }
  if (candidate.unit_price) {
    outcome = at_price(outcome, *candidate.unit_price, contract.minor_digits, policy.amounts)
                  .value_or(outcome);
  }
  return outcome;
}

std::vector<Candidate> all_candidates(const Case& product, const Contract& contract) {
  std::vector<Candidate> all;
  Trying trying(product, contract, all);
  for (const Choice& choice : choices_of(product.product, *contract.dimensions)) {
    trying.choice(choice);
  }
  trying.alterations();
  return all;
}

bool agrees(const Outcome& outcome, const Invoiced& invoiced, const Contract& contract) {
  const Quantity& written = quantity_of(invoiced, outcome);
  if (written.sum &&
      (!outcome.quantity || !reads_as(written, invoiced.lines, outcome.quantity->point))) {
    return false;
  }
  if (!invoiced.amount || *invoiced.amount == outcome.amount.point) {
    return true;
  }
  const Int128 off = *invoiced.amount - outcome.amount.point;
  return is_priced_as_printed(outcome, invoiced, contract) ||
         std::max(off, -off) <= amount_error(outcome, invoiced, contract);
}

Fit fit_of(const Candidate& candidate, const Invoiced& invoiced, const Contract& contract) {
  return agrees(candidate.outcome, invoiced, contract)                    ? Fit::exact
         : side_of(candidate.outcome, invoiced, contract) == Side::within ? Fit::bounds
                                                                          : Fit::none;
}

Side side_of(const Outcome& outcome, const Invoiced& invoiced, const Contract& contract) {
  if (invoiced.amount && !is_priced_as_printed(outcome, invoiced, contract)) {
    return side(*invoiced.amount, outcome.amount.lo, outcome.amount.hi);
  }
  const Quantity& written = quantity_of(invoiced, outcome);
  if (!written.sum || !outcome.quantity) {
    return Side::above;  // there is nothing to compare it with
  }
  // A difference of less than one unit of the last digit cannot be seen in what was printed.
  const Side tells = side(*written.sum, outcome.quantity->lo, outcome.quantity->hi);
  const bool is_near = reads_as(written, invoiced.lines, outcome.quantity->lo) ||
                       reads_as(written, invoiced.lines, outcome.quantity->hi);
  return is_near ? Side::within : tells;
}

std::vector<Candidate> explanations(const std::vector<Candidate>& candidates, Fit wanted,
                                    const Invoiced& invoiced, const Contract& contract) {
  std::vector<Candidate> fitting;
  for (const Candidate& one : candidates) {
    if (fit_of(one, invoiced, contract) == wanted) {
      fitting.push_back(one);
    }
  }
  const auto off = [&](const Candidate& one) {
    const Quantity& written = quantity_of(invoiced, one.outcome);
    return written.sum && one.outcome.quantity
               ? size_of(*written.sum - one.outcome.quantity->point)
               : size_of(Ratio(invoiced.amount.value_or(0) - one.outcome.amount.point));
  };
  std::stable_sort(fitting.begin(), fitting.end(), [&](const Candidate& a, const Candidate& b) {
    return a.deviations != b.deviations ? a.deviations < b.deviations
           : invoiced.lines > 1         ? off(a) < off(b)  // many lines leave room for more
                                        : false;
  });
  std::vector<Candidate> simplest;
  for (Candidate& one : fitting) {
    if (std::none_of(simplest.begin(), simplest.end(), [&](const Candidate& simpler) {
          return contains(one, simpler, *contract.dimensions);
        })) {
      simplest.push_back(std::move(one));
    }
  }
  return simplest;
}

Ratio accidents(const std::vector<Candidate>& candidates, std::size_t deviations, Fit fit,
                const Invoiced& invoiced, const Contract& contract, const Ratio& more) {
  const Outcome& own = candidates.front().outcome;
  const Quantity& written = quantity_of(invoiced, own);
  const bool by_quantity = written.sum && own.quantity;
  const Ratio figure = by_quantity ? *written.sum : Ratio(invoiced.amount.value_or(0));
  const Ratio printed = by_quantity ? error_of(written, invoiced.lines) * Ratio(2)
                                    : Ratio(1 + 2 * amount_error(own, invoiced, contract));
  std::map<Ratio, Ratio> windows;  // by the figure that a candidate comes to
  for (const Candidate& one : candidates) {
    if (one.deviations > deviations) {
      continue;
    }
    const Bounded<Ratio> all =
        by_quantity && one.outcome.quantity
            ? *one.outcome.quantity
            : Bounded<Ratio>{Ratio(one.outcome.amount.point), Ratio(one.outcome.amount.lo),
                             Ratio(one.outcome.amount.hi)};
    windows[all.point] =
        printed + (fit == Fit::bounds ? all.hi * (Ratio(1) + more) - all.lo : Ratio());
  }
  const Ratio lowest = windows.begin()->first;
  const Ratio highest = windows.rbegin()->first;
  const auto expected = [&](const Ratio& from, const Ratio& to) {
    Ratio hit;
    for (auto one = windows.lower_bound(from); one != windows.end() && one->first <= to; ++one) {
      hit += one->second;
    }
    return from < to ? hit / (to - from) : Ratio(1);
  };
  const Ratio near = size_of(figure) * Ratio(1, 10);
  return std::max(expected(lowest, highest), expected(figure - near, figure + near));
}

std::size_t Pair::deviations() const {
  const std::size_t shared = compute.choice.month != 0 ? 1 : 0;  // both have it
  return compute.deviations + egress.deviations - shared;
}

std::vector<Pair> explanations_of_total(const std::vector<Candidate>& compute,
                                        const std::vector<Candidate>& egress, Int128 total) {
  std::map<std::pair<std::size_t, Int128>, std::vector<const Candidate*>> by_amount;
  for (const Candidate& one : compute) {
    by_amount[{one.choice.month, one.outcome.amount.point}].push_back(&one);
  }
  std::vector<Pair> pairs;
  for (const Candidate& other : egress) {
    const auto found = by_amount.find({other.choice.month, total - other.outcome.amount.point});
    if (found == by_amount.end()) {
      continue;
    }
    for (const Candidate* one : found->second) {
      Pair pair{*one, other};
      if (pair.deviations() <= kMostDeviations) {
        pairs.push_back(std::move(pair));
      }
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.deviations() < b.deviations(); });
  return pairs;
}

std::string describe(const Candidate& candidate, const Contract& contract) {
  std::string text = describe(candidate.choice, *contract.dimensions, *contract.policy);
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (candidate.altered) {
    add(candidate.altered->text);
  }
  if (candidate.resize) {
    add("deployment " + candidate.resize->deployment_id + " of " + candidate.resize->app_id +
        " counted with " + to_text(candidate.resize->vcpus) + " vCPU, not " +
        to_text(candidate.resize->known));
  }
  if (candidate.unit_price) {
    add("at " + to_text(*candidate.unit_price) + " a unit");
  }
  return text.empty() ? "as the contract" : text;
}

}  // namespace fleetmeter::reconcile
