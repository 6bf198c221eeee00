#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "fleetmeter/question.hpp"
#include "model/life.hpp"
#include "store/key_texts.hpp"

namespace fleetmeter::ask {

/// The groups of an answer that are not about time. Gives each combination of texts a number.
class TextGroups {
 public:
  TextGroups(const Question& question, store::KeyTexts& texts);

  /// From now on, keys are those of another store. What has the same text is one group.
  void read_by(store::KeyTexts& texts);

  [[nodiscard]] std::size_t number_of(const model::ProcessFacts& facts);

  /// `column` counts the groupings that are not of time.
  [[nodiscard]] const std::string& text(std::size_t group, std::size_t column) const {
    return columns_[column].texts[groups_[group][column]];
  }

  /// For each grouping, the place of each group's text in the order of texts. So rows are sorted by
  /// numbers.
  [[nodiscard]] std::vector<std::vector<std::size_t>> places() const;

 private:
  struct Column {
    GroupBy by;
    std::unordered_map<std::int64_t, std::uint32_t> by_key;
    std::unordered_map<std::string, std::uint32_t> by_text;  ///< kept when there are several stores
    std::vector<std::string> texts;                          ///< no two are the same
  };
  static constexpr std::size_t kMostColumns = 4;
  using Texts = std::array<std::uint32_t, kMostColumns>;  ///< the number of one in each column
  struct Hash {
    std::size_t operator()(const Texts& texts) const;
  };

  [[nodiscard]] std::uint32_t number_in(Column& column, std::int64_t key);
  [[nodiscard]] std::uint32_t number_of(Column& column, std::string text) const;

  store::KeyTexts* texts_;
  bool is_of_several_ = false;
  std::vector<Column> columns_;
  std::unordered_map<Texts, std::size_t, Hash> numbers_;
  std::vector<Texts> groups_;
};

}  // namespace fleetmeter::ask
