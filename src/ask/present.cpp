#include "ask/present.hpp"

#include "rollup/account.hpp"
#include "store/in_hindsight.hpp"

namespace fleetmeter::ask {

namespace {

// A window that is so large a part of the store is cheaper read from end to end than by its index.
constexpr std::int64_t kLargePart = 4;

bool is_large(const meter::Window& window, const store::StoreSpan& span) {
  return span.earliest_ms && span.latest_observed_ms &&
         (window.to_ms - window.from_ms) >=
             (*span.latest_observed_ms - *span.earliest_ms) / kLargePart;
}

}  // namespace

void each_present(
    const Question& question, const ResolvedWindow& window, store::Reader& reader,
    const std::function<void(const model::ProcessFacts&, const store::RolledProcess*)>& use) {
  const meter::Belief& belief = window.belief;
  const auto use_alone = [&](const model::ProcessFacts& facts) { use(facts, nullptr); };
  if (question.scan || belief.max_lifespan_ms != rollup::kMaxLifespan_ms ||
      !reader.trusts_as_summed()) {
    reader.each_process(question.scan, {window.window.from_ms, belief}, use_alone);
    return;
  }
  const store::Presence presence{window.window.from_ms, window.window.to_ms, belief.max_lifespan_ms,
                                 belief.as_of_ms - belief.grace_ms};
  const store::InHindsight::Use use_then = use_alone;
  store::InHindsight then(reader, use_then);
  const auto use_one = [&](const store::RolledProcess& process) {
    if (then.is_as_now(process.facts.process_key)) {
      use(process.facts, &process);
    }
  };
  if (is_large(window.window, reader.span())) {
    reader.rollups().each_present(presence, use_one);
  } else {
    for (const store::RolledProcess& process : reader.rollups().present(presence)) {
      use_one(process);
    }
  }
  then.finish();
}

}  // namespace fleetmeter::ask
