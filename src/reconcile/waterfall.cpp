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
      {"left out, twice or another unit",
       [](const Candidate& one) { return one.altered.has_value(); },
       [](Candidate& one) { one.altered.reset(); }},
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
  explain_rest(product, name, invoiced - chosen.outcome.amount.point, at, contract, open);
}

/// What no policy explains may still be something that the archive did not see.
void Waterfall::explain_rest(const Case& product, const std::string& name, Int128 rest,
                             const Candidate& metered, const Contract& contract, bool open) {
  const Bounded<Int128> bounds = outcome_of(metered, product, contract).amount;
  const bool has_ends = product.product == model::Product::compute;
  // What of the rest processes can be whose end is not known, when they ended as `ended` says.
  const auto take = [&](const char* step_name, const char* note, const Candidate& ended) {
    const Int128 most =
        has_ends ? outcome_of(ended, product, contract).amount.point - bounds.point : Int128(0);
    const Int128 taken = std::clamp(rest, std::min<Int128>(0, most), std::max<Int128>(0, most));
    step(name, step_name, -taken, note);
    rest -= taken;
    return taken;
  };
  Candidate ended = metered;
  ended.choice.orphan = longest_of(*contract.dimensions);
  Int128 taken = take("orphans", "processes lost from sight may have run longer", ended);
  ended = metered;
  ended.choice.gone = rest > 0 ? Choice::Gone::longest : Choice::Gone::shortest;
  taken += take("gone",
                rest > 0 ? "processes that a list proves gone may have run until that list"
                         : "processes that a list proves gone may have stopped when last seen",
                ended);
  const Int128 unseen =
      rest < 0 ? std::max(rest, std::min<Int128>(0, bounds.lo - bounds.point - taken))
      : open   ? rest
               : std::min(rest, std::max<Int128>(0, bounds.hi - bounds.point - taken));
  step(name, "coverage gap", -unseen,
       open ? "not all of it was seen: nothing bounds it" : "ends that no poll saw");
  step(name, "unexplained", -(rest - unseen));
}

std::vector<WaterfallStep> Waterfall::finish() {
  steps_.push_back({"", "metered", 0, steps_.back().balance, ""});
  return std::move(steps_);
}

}  // namespace fleetmeter::reconcile
