#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

#include "normalise/rows.hpp"

namespace fleetmeter::store {

/// What is known of one process at one instant. It is kept from one document to the next: when a
/// thousand documents speak of one instant, each of them asks the store for nothing.
class InstantMemory {
 public:
  explicit InstantMemory(std::int64_t observed_at_ms) : observed_at_ms_(observed_at_ms) {}

  [[nodiscard]] std::int64_t observed_at_ms() const { return observed_at_ms_; }
  [[nodiscard]] bool empty() const { return said_.empty(); }

  /// A digest of what an observation says. Two observations say the same when theirs are equal.
  [[nodiscard]] static std::string content_of(const std::optional<std::int64_t>& egressed_bytes,
                                              std::int64_t attribute_no,
                                              const normalise::Activity& activity);

  /// Whether some observation of this instant says this already.
  [[nodiscard]] bool holds(const std::string& content) const { return said_.contains(content); }
  /// Takes in an observation of this snapshot. Snapshots come in the order of their numbers.
  void add(const std::string& content, std::int64_t snapshot_seq);
  /// How many observations this snapshot has here; asked of the newest one or of one yet to come.
  [[nodiscard]] std::int64_t count_in(std::int64_t snapshot_seq) const {
    return snapshot_seq == newest_seq_ ? in_newest_ : 0;
  }

 private:
  std::int64_t observed_at_ms_;
  std::unordered_set<std::string> said_;
  std::int64_t newest_seq_ = 0;  ///< the newest snapshot among them
  std::int64_t in_newest_ = 0;   ///< how many of them are its
};

}  // namespace fleetmeter::store
