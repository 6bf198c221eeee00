#include "ask/answer.hpp"

namespace fleetmeter::ask {

Filter::Filter(const Question& question, store::KeyTexts& texts)
    : texts_(texts),
      app_ids_(question.app_ids.begin(), question.app_ids.end()),
      deployment_ids_(question.deployment_ids.begin(), question.deployment_ids.end()),
      regions_(question.regions.begin(), question.regions.end()),
      process_ids_(question.process_ids.begin(), question.process_ids.end()) {}

bool Filter::has(const Set& set, const std::optional<std::int64_t>& label_key) {
  return set.empty() || set.count(texts_.label(label_key)) > 0;
}

bool Filter::passes(const model::ProcessFacts& facts) {
  return passes_place(facts) && has(deployment_ids_, facts.deployment_key) &&
         (process_ids_.empty() || process_ids_.count(texts_.process_id(facts.process_key)) > 0);
}

bool Filter::passes_place(const model::ProcessFacts& facts) {
  return has(app_ids_, facts.app_key) && has(regions_, facts.region_key);
}

bool Filter::passes_place(const std::string& app_id, const std::string& region) const {
  return (app_ids_.empty() || app_ids_.count(app_id) > 0) &&
         (regions_.empty() || regions_.count(region) > 0);
}

}  // namespace fleetmeter::ask
