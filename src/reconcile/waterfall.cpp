#include "reconcile/waterfall.hpp"

#include <algorithm>
#include <utility>

namespace fleetmeter::reconcile {

namespace {

/// One way in which a candidate differs from the contract, and how to undo it.
struct Difference {
  const char* step;
  bool (*differs)(const Candidate&);
  void (*undo)(Candidate&);
};

const std::vector<Difference>& differences() {
  static const std::vector<Difference> kAll{
      {"unit", [](const Candidate& one) { return one.choice.other_gb; },
       [](Candidate& one) { one.choice.other_gb = false; }},
      {"rounding step", [](const Candidate& one) { return one.choice.step != 0; },
       [](Candidate& one) { one.choice.step = 0; }},
      {"zone and month edges", [](const Candidate& one) { return one.choice.month != 0; },
       [](Candidate& one) { one.choice.month = 0; }},
      {"clock fields", [](const Candidate& one) { return one.choice.clock != 0; },
       [](Candidate& one) { one.choice.clock = 0; }},
      {"orphans", [](const Candidate& one) { return one.choice.orphan != 0; },
       [](Candidate& one) { one.choice.orphan = 0; }},
      {"deployment size", [](const Candidate& one) { return one.resize.has_value(); },
       [](Candidate& one) { one.resize.reset(); }},
      {"rate version", [](const Candidate& one) { return one.unit_price.has_value(); },
       [](Candidate& one) { one.unit_price.reset(); }},
  };
  return kAll;
}

std::size_t longest_of(const Dimensions& dimensions) {
  const auto& rules = dimensions.orphans;
  return static_cast<std::size_t>(std::find(rules.begin(), rules.end(), model::OpenRule::longest) -
                                  rules.begin());
}

/// How a candidate reads the contract in one respect alone.
std::string note_of(const Candidate& candidate, const Difference& difference,
                    const Contract& contract) {
  Candidate alone = candidate;
  for (const Difference& other : differences()) {
    if (other.step != difference.step) {
      other.undo(alone);
    }
  }
  return "invoiced: " + describe(alone, contract);
}

}  // namespace

Waterfall::Waterfall(Int128 invoiced) {
  steps_.push_back({"", "invoiced", invoiced, invoiced, ""});
}

void Waterfall::step(const std::string& product, const std::string& name, Int128 amount,
                     const std::string& note) {
  if (amount != 0) {
    steps_.push_back({product, name, amount, steps_.back().balance + amount, note});
  }
}

void Waterfall::product(const Case& product, const std::string& name, Int128 invoiced,
                        const Candidate& chosen, const Contract& contract, bool open) {
  Candidate at = chosen;
  Int128 worth = chosen.outcome.amount.point;
  for (const Difference& difference : differences()) {
    if (difference.differs(at)) {
      const std::string note = note_of(at, difference, contract);
      difference.undo(at);
      const Int128 next = outcome_of(at, product, contract).amount.point;
      step(name, difference.step, next - worth, note);
      worth = next;
    }
  }
  // What no policy explains may still be something that the archive did not see.
  const Bounded<Int128> bounds = outcome_of(at, product, contract).amount;
  at.choice.orphan = longest_of(*contract.dimensions);
  const Int128 of_longest = outcome_of(at, product, contract).amount.point - bounds.point;
  Int128 rest = invoiced - chosen.outcome.amount.point;
  const Int128 of_orphans = std::clamp<Int128>(
      product.product == model::Product::compute ? rest : 0, 0, std::max<Int128>(0, of_longest));
  step(name, "orphans", -of_orphans, "processes lost from sight may have run longer");
  rest -= of_orphans;
  const Int128 above = std::max<Int128>(0, bounds.hi - bounds.point - of_orphans);
  const Int128 unseen = rest < 0 ? std::max(rest, bounds.lo - bounds.point)
                        : open   ? rest
                                 : std::min(rest, above);
  step(name, "coverage gap", -unseen,
       open ? "not all of it was seen: nothing bounds it" : "ends that no poll saw");
  step(name, "unexplained", -(rest - unseen));
}

std::vector<WaterfallStep> Waterfall::finish() {
  steps_.push_back({"", "metered", 0, steps_.back().balance, ""});
  return std::move(steps_);
}

}  // namespace fleetmeter::reconcile
