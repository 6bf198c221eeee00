#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fleetmeter::decode {

/// Turns the names of an object's members into numbers. A name may be spelt in the three ways that
/// archives hold: `egressedBytes`, `egressed_bytes` and `EgressedBytes`.
///
/// It remembers which name came at which position. Objects of one archive keep their order, so one
/// comparison tells most names of the next object, whatever the order is.
class FieldTable {
 public:
  /// Which fields an object had is noted in the bits of a word.
  static constexpr std::size_t kMostFields = 64;
  static constexpr int kUnknown = -1;

  /// `names` in camelCase; the number of a field is its index.
  explicit FieldTable(std::span<const std::string_view> names);

  /// The field whose name stands at `key` (behind its opening quote, with SourceBuffer::kPadding
  /// bytes to read behind it) if it is the one that came at this position last time; else kUnknown.
  [[nodiscard]] int expected(std::size_t position, const char* key) const;

  /// The field of a name, or kUnknown.
  [[nodiscard]] int number_of(std::string_view name) const;

  /// The same as number_of(), and remembers the name for this position.
  [[nodiscard]] int find(std::size_t position, std::string_view name);

  /// The same as find(), and fast when this name came at this position last time.
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
  /// For each position the name that came there, with its closing quote, and its field.
  std::vector<std::pair<std::string, int>> learned_;
};

}  // namespace fleetmeter::decode
