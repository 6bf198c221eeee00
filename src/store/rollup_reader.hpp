#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "rollup/sums.hpp"
#include "store/query.hpp"
#include "store/rolled_process.hpp"

namespace fleetmeter::store {

/// Which processes may matter to a window.
struct Presence {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  std::int64_t max_lifespan_ms = 0;
  std::int64_t runs_if_seen_ms = 0;  ///< one without an end that was seen since runs on
};

/// Leaves out of lists what was named after the last of these processes and begins after an
/// instant. As it stands, nothing.
struct Horizon {
  std::int64_t at_ms = std::numeric_limits<std::int64_t>::max();
  std::int64_t last_key = std::numeric_limits<std::int64_t>::max();
};

/// Rows → sums of buckets, and the processes that questions must still look at one by one.
class RollupReader {
 public:
  explicit RollupReader(Queries& queries) : queries_(queries) {}

  enum class Meter { billing, egress };

  /// Calls `use` for every bucket of a level in [from_bucket, to_bucket), with the sums that one
  /// meter needs; the others are 0.
  void each_bucket(Meter meter, rollup::Level level, std::int64_t from_bucket,
                   std::int64_t to_bucket,
                   const std::function<void(std::int64_t bucket, const rollup::Group&,
                                            const rollup::Sums<std::int64_t>&)>& use);

  /// Calls `use` for every gap that holds the hours [from_hour, to_hour).
  void each_gap(std::int64_t from_hour, std::int64_t to_hour,
                const std::function<void(const rollup::Group&, std::int64_t bytes)>& use);

  /// Processes for which something may begin, end or grow in [from_ms, to_ms], if one that has no
  /// end is taken to be lost when it was last seen. Each once, by process_key.
  [[nodiscard]] std::vector<RolledProcess> active(std::int64_t from_ms, std::int64_t to_ms,
                                                  const Horizon& horizon = {});

  /// Processes that may have begun, run or ended, have bytes or be open in a window. By
  /// process_key: for a small part of a store all at once, for a large one a process at a time.
  [[nodiscard]] std::vector<RolledProcess> present(const Presence& presence);
  void each_present(const Presence& presence, const std::function<void(const RolledProcess&)>& use);

  /// Processes without an end that were last seen in [from_ms, to_ms).
  [[nodiscard]] std::vector<RolledProcess> lately_seen(std::int64_t from_ms, std::int64_t to_ms,
                                                       const Horizon& horizon = {});

  [[nodiscard]] std::vector<RolledProcess> irregular();

  [[nodiscard]] std::optional<RolledProcess> find(std::int64_t process_key);

  /// Of all processes; see process_meter. Asked for once.
  [[nodiscard]] std::int64_t longest_extent();

 private:
  using Processes = std::vector<RolledProcess>;
  void add_active(std::int64_t from_ms, std::int64_t to_ms, const Horizon& horizon, Processes& out);
  void add_tails(std::int64_t from_ms, std::int64_t to_ms, const Horizon& horizon, Processes& out);
  void add_lately_seen(std::int64_t from_ms, std::int64_t to_ms, const Horizon& horizon,
                       Processes& out);

  [[nodiscard]] std::int64_t longest_gap();

  Queries& queries_;
  std::optional<std::int64_t> longest_extent_;
  std::optional<std::int64_t> longest_gap_;
};

}  // namespace fleetmeter::store
