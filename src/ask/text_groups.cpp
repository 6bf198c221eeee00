#include "ask/text_groups.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "ask/window.hpp"
#include "fleetmeter/error.hpp"
#include "model/label_key.hpp"

namespace fleetmeter::ask {

namespace {

std::int64_t key_of(GroupBy by, const model::ProcessFacts& facts) {
  switch (by) {
    case GroupBy::app:
      return model::key_part(facts.app_key);
    case GroupBy::deployment:
      return model::key_part(facts.deployment_key);
    case GroupBy::region:
      return model::key_part(facts.region_key);
    default:
      return facts.process_key;
  }
}

}  // namespace

std::size_t TextGroups::Hash::operator()(const Texts& texts) const {
  std::uint64_t hash = 0;
  for (const std::uint32_t text : texts) {
    hash = (hash ^ text) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32U;
  }
  return hash;
}

TextGroups::TextGroups(const Question& question, store::KeyTexts& texts) : texts_(&texts) {
  for (const GroupBy by : question.by) {
    if (!is_time(by)) {
      columns_.push_back({by, {}, {}, {}});
    }
  }
  if (columns_.size() > kMostColumns) {
    throw Error(ErrorKind::usage, "a grouping comes twice");
  }
}

void TextGroups::read_by(store::KeyTexts& texts) {
  texts_ = &texts;
  for (Column& column : columns_) {
    column.by_key.clear();
    for (std::uint32_t number = 0; number < column.texts.size() && !is_of_several_; ++number) {
      column.by_text.emplace(column.texts[number], number);
    }
  }
  is_of_several_ = true;
}

std::uint32_t TextGroups::number_in(Column& column, std::int64_t key) {
  if (const auto known = column.by_key.find(key); known != column.by_key.end()) {
    return known->second;
  }
  if (column.by == GroupBy::process) {
    return column.by_key[key] = number_of(column, texts_->process_id(key));
  }
  const std::string& text = texts_->label(key == 0 ? std::nullopt : std::optional(key));
  const bool reads_like_none = text.empty() && key != 0;
  return column.by_key[key] = reads_like_none ? number_in(column, 0) : number_of(column, text);
}

/// The number of a text whose key is new.
std::uint32_t TextGroups::number_of(Column& column, std::string text) const {
  const auto number = static_cast<std::uint32_t>(column.texts.size());
  if (is_of_several_) {
    if (const auto [known, is_new] = column.by_text.try_emplace(text, number); !is_new) {
      return known->second;
    }
  }
  column.texts.push_back(std::move(text));
  return number;
}

std::size_t TextGroups::number_of(const model::ProcessFacts& facts) {
  Texts texts{};
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    texts[i] = number_in(columns_[i], key_of(columns_[i].by, facts));
  }
  const auto [known, is_new] = numbers_.try_emplace(texts, groups_.size());
  if (is_new) {
    groups_.push_back(texts);
  }
  return known->second;
}

std::vector<std::vector<std::size_t>> TextGroups::places() const {
  std::vector<std::vector<std::size_t>> places(columns_.size());
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    const std::vector<std::string>& texts = columns_[column].texts;
    std::vector<std::size_t> in_order(texts.size());
    std::iota(in_order.begin(), in_order.end(), 0);
    std::sort(in_order.begin(), in_order.end(),
              [&](std::size_t a, std::size_t b) { return texts[a] < texts[b]; });
    std::vector<std::size_t> place_of(texts.size());
    for (std::size_t place = 0; place < in_order.size(); ++place) {
      place_of[in_order[place]] = place;
    }
    places[column].reserve(groups_.size());
    for (const Texts& group : groups_) {
      places[column].push_back(place_of[group[column]]);
    }
  }
  return places;
}

}  // namespace fleetmeter::ask
