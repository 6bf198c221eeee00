#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "store/query.hpp"
#include "store/rolled_process.hpp"

namespace fleetmeter::store {

/// What became known after a snapshot, told by process: those of which later ones say something, by
/// observing them or by a list that may prove them gone. Of every other process, what is kept
/// beside the observations says what it said when that snapshot was the newest.
class Hindsight {
 public:
  /// All is known by the newest snapshot, and by any number above it.
  Hindsight(Queries& queries, std::int64_t known_seq);

  /// All is known, but of these processes something else counts than the store has; in order.
  Hindsight(Queries& queries, std::vector<std::int64_t> changed)
      : queries_(queries), knows_all_(true), changed_(std::move(changed)) {}

  [[nodiscard]] bool knows_all() const { return knows_all_; }

  /// Whether something of this process became known later, be it that there is one.
  [[nodiscard]] bool is_of(std::int64_t process_key) const;

  /// The last process that was named by then. They are numbered as they were named.
  [[nodiscard]] std::int64_t last_key() const { return last_key_; }

  /// The processes of which something became known later, but that were named by then; in order.
  [[nodiscard]] const std::vector<std::int64_t>& changed() const { return changed_; }

  /// Calls `use` for every process that was named later and may matter before an instant, as the
  /// rollups know it by now; in order.
  void each_named_later(std::int64_t to_ms,
                        const std::function<void(const RolledProcess&)>& use) const;

 private:
  [[nodiscard]] std::int64_t find_last_key(std::int64_t known_seq, std::int64_t last_key);

  Queries& queries_;
  bool knows_all_ = false;
  std::int64_t last_key_ = std::numeric_limits<std::int64_t>::max();
  std::vector<std::int64_t> changed_;
};

}  // namespace fleetmeter::store
