#include "api/answer.hpp"

namespace fleetmeter::api {

Filter::Filter(const Question& question, store::Reader& reader)
    : reader_(reader),
      app_ids_(question.app_ids.begin(), question.app_ids.end()),
      deployment_ids_(question.deployment_ids.begin(), question.deployment_ids.end()),
      regions_(question.regions.begin(), question.regions.end()),
      process_ids_(question.process_ids.begin(), question.process_ids.end()) {}

bool Filter::has(const Set& set, const std::optional<std::int64_t>& label_key) {
  return set.empty() || set.count(reader_.label(label_key)) > 0;
}

bool Filter::passes(const model::ProcessFacts& facts) {
  return passes_place(facts) && has(deployment_ids_, facts.deployment_key) &&
         (process_ids_.empty() || process_ids_.count(reader_.process_id(facts.process_key)) > 0);
}

bool Filter::passes_place(const model::ProcessFacts& facts) {
  return has(app_ids_, facts.app_key) && has(regions_, facts.region_key);
}

TextGroups::TextGroups(const Question& question, store::Reader& reader) : reader_(reader) {
  for (const GroupBy by : question.by) {
    if (!is_time(by)) {
      by_.push_back(by);
    }
  }
}

std::string TextGroups::text_of(GroupBy by, const model::ProcessFacts& facts) {
  switch (by) {
    case GroupBy::app:
      return reader_.label(facts.app_key);
    case GroupBy::deployment:
      return reader_.label(facts.deployment_key);
    case GroupBy::region:
      return reader_.label(facts.region_key);
    default:
      return reader_.process_id(facts.process_key);
  }
}

std::vector<std::vector<std::size_t>> TextGroups::places() const {
  std::vector<std::vector<std::size_t>> places(by_.size());
  for (std::size_t column = 0; column < by_.size(); ++column) {
    std::map<std::string_view, std::size_t> ordered;
    for (const auto& texts : texts_) {
      ordered.emplace(texts[column], 0);
    }
    std::size_t place = 0;
    for (auto& [text, its_place] : ordered) {
      its_place = place++;
    }
    for (const auto& texts : texts_) {
      places[column].push_back(ordered.at(texts[column]));
    }
  }
  return places;
}

std::size_t TextGroups::number_of(const model::ProcessFacts& facts) {
  Keys keys{};
  for (const GroupBy by : by_) {
    switch (by) {
      case GroupBy::app:
        keys[0] = facts.app_key.value_or(0);
        break;
      case GroupBy::deployment:
        keys[1] = facts.deployment_key.value_or(0);
        break;
      case GroupBy::region:
        keys[2] = facts.region_key.value_or(0);
        break;
      default:
        keys[3] = facts.process_key;
    }
  }
  const auto [known, is_new] = by_keys_.try_emplace(keys, 0);
  if (is_new) {
    // An absent label and an empty one read alike, so the texts decide.
    std::vector<std::string> texts;
    for (const GroupBy by : by_) {
      texts.push_back(text_of(by, facts));
    }
    const auto [group, is_new_group] = by_texts_.try_emplace(texts, texts_.size());
    if (is_new_group) {
      texts_.push_back(std::move(texts));
    }
    known->second = group->second;
  }
  return known->second;
}

}  // namespace fleetmeter::api
