#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fleetmeter::decode {

/// Names of the members of one kind of object, each in the three spellings that archives hold
/// (`egressedBytes`, `egressed_bytes`, `EgressedBytes`), and the order in which they came last
/// time, so that the next object's names are confirmed by one comparison each, in any key order.
class FieldTable {
 public:
  /// Which fields an object had is noted in the bits of a word.
  static constexpr std::size_t kMostFields = 64;
  static constexpr int kUnknown = -1;

  /// `names` in camelCase; the number of a field is its index.
  explicit FieldTable(std::span<const std::string_view> names);

  /// The field whose name stands at `key` (behind its opening quote, with SourceBuffer::kPadding
  /// readable bytes behind it) if it is the one that came at this position last time; else
  /// kUnknown.
  [[nodiscard]] int expected(std::size_t position, const char* key) const;

  /// The field of a name, or kUnknown.
  [[nodiscard]] int number_of(std::string_view name) const;

  /// The same; remembers it for this position.
  [[nodiscard]] int find(std::size_t position, std::string_view name);

  /// The field of a name, most likely the one that came at this position last time; or kUnknown.
  [[nodiscard]] int at(std::size_t position, std::string_view name) {
    const bool is_expected = position < learned_.size() &&
                             learned_[position].first.size() == name.size() + 1 &&
                             learned_[position].first.starts_with(name);
    return is_expected ? learned_[position].second : find(position, name);
  }

  [[nodiscard]] const std::string& name(int field) const {
    return names_[static_cast<std::size_t>(field)];
  }

 private:
  std::vector<std::string> names_;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>{}(name);
    }
  };
  std::unordered_map<std::string, int, Hash, std::equal_to<>> by_spelling_;
  std::vector<std::pair<std::string, int>> learned_;  // the name with its closing quote
};

}  // namespace fleetmeter::decode
