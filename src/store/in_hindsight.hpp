#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

#include "store/reader.hpp"

namespace fleetmeter::store {

/// Walks along a list of processes as they are known by now, in the order of process_key, and puts
/// those that a reader knew otherwise where they belong, as their observations told of them.
class InHindsight {
 public:
  using Use = std::function<void(const model::ProcessFacts&)>;

  InHindsight(Reader& reader, const Use& use) : reader_(reader), use_(use) {}

  /// Whether the next process of the list was known then as it is now. Gives those before it that
  /// were not.
  [[nodiscard]] bool is_as_now(std::int64_t process_key) {
    give_before(process_key);
    return !reader_.hindsight().is_of(process_key);
  }

  /// Gives those that are left.
  void finish() { give_before(std::numeric_limits<std::int64_t>::max()); }

 private:
  void give_before(std::int64_t process_key) {
    const auto& changed = reader_.hindsight().changed();
    for (; next_ < changed.size() && changed[next_] < process_key; ++next_) {
      if (const auto facts = reader_.facts_in_hindsight(changed[next_])) {
        use_(*facts);
      }
    }
  }

  Reader& reader_;
  const Use& use_;
  std::size_t next_ = 0;
};

}  // namespace fleetmeter::store
