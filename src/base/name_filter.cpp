#include "base/name_filter.hpp"

#include <algorithm>
#include <functional>

namespace fleetmeter::base {

namespace {

constexpr std::size_t kFirstCapacity = 16'384;
constexpr std::size_t kBitsOfName = 12;
constexpr std::size_t kBitsOfWord = 64;

/// The three bits of a word that stand for a name: of one word, so that a look costs one access.
std::uint64_t mask_of(std::uint64_t hash) {
  const auto bit = [&](unsigned shift) { return std::uint64_t{1} << ((hash >> shift) & 63U); };
  return bit(0) | bit(6) | bit(12);
}

std::size_t word_of(std::uint64_t hash, std::size_t words) {
  return static_cast<std::size_t>(hash >> 18U) % words;
}

}  // namespace

bool NameFilter::may_hold(std::string_view name) const {
  const std::uint64_t hash = std::hash<std::string_view>{}(name);
  const std::uint64_t mask = mask_of(hash);
  return std::any_of(stages_.begin(), stages_.end(), [&](const Stage& stage) {
    return (stage.words[word_of(hash, stage.words.size())] & mask) == mask;
  });
}

void NameFilter::add(std::string_view name) {
  if (stages_.empty() || stages_.back().count == stages_.back().capacity) {
    const std::size_t capacity = stages_.empty() ? kFirstCapacity : 2 * stages_.back().capacity;
    stages_.push_back({std::vector<std::uint64_t>(capacity * kBitsOfName / kBitsOfWord), capacity});
  }
  const std::uint64_t hash = std::hash<std::string_view>{}(name);
  Stage& stage = stages_.back();
  stage.words[word_of(hash, stage.words.size())] |= mask_of(hash);
  ++stage.count;
}

}  // namespace fleetmeter::base
