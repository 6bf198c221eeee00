#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

#include "normalise/rows.hpp"

namespace fleetmeter::store {

/// What is known of one process at one instant. Kept from one document to the next, so that the
/// thousandth of one instant costs no more than the second.
class InstantMemory {
 public:
  explicit InstantMemory(std::int64_t observed_at_ms) : observed_at_ms_(observed_at_ms) {}

  [[nodiscard]] std::int64_t observed_at_ms() const { return observed_at_ms_; }
  [[nodiscard]] bool empty() const { return said_.empty(); }

  /// The content of an observation, as something to compare.
  [[nodiscard]] static std::string content_of(const std::optional<std::int64_t>& egressed_bytes,
                                              std::int64_t attribute_no,
                                              const normalise::Activity& activity);

  [[nodiscard]] bool holds(const std::string& content) const { return said_.contains(content); }
  void add(const std::string& content, std::int64_t snapshot_seq);
  /// How many observations the document of this number has here.
  [[nodiscard]] std::int64_t count_in(std::int64_t snapshot_seq) const {
    return snapshot_seq == newest_seq_ ? in_newest_ : 0;
  }

 private:
  std::int64_t observed_at_ms_;
  std::unordered_set<std::string> said_;
  std::int64_t newest_seq_ = 0;
  std::int64_t in_newest_ = 0;
};

}  // namespace fleetmeter::store
