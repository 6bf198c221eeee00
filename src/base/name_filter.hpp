#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fleetmeter::base {

/// A Bloom filter of names: says of a name that it was surely never added, or that it may have
/// been. One in a hundred that was not may be said to have been. Takes 12 bits a name.
class NameFilter {
 public:
  [[nodiscard]] bool may_hold(std::string_view name) const;
  void add(std::string_view name);
  void clear() { stages_.clear(); }

 private:
  /// Grows by another stage, twice as large as the last, because a full one cannot be enlarged.
  struct Stage {
    std::vector<std::uint64_t> words;
    std::size_t capacity = 0;  ///< names
    std::size_t count = 0;
  };
  std::vector<Stage> stages_;
};

}  // namespace fleetmeter::base
