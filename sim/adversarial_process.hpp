#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/random.hpp"
#include "sim/spelling.hpp"

namespace fleetmeter::sim {

/// The few instants that everything in an adversarial archive happens at, so that they coincide.
struct InstantPool {
  std::vector<std::int64_t> instants;

  /// One of them, sometimes a millisecond beside it.
  [[nodiscard]] std::int64_t draw(Random& random) const;
};

[[nodiscard]] InstantPool make_pool(std::int64_t base_ms, Random& random);

/// How a counter behaves.
enum class CounterMood {
  none,
  zero,
  rising,
  dipping,
  breaking,
  wrapping,
  clamped,
  constant,
  noisy,
  fractional,
  exact53,
  huge
};

/// A process that does not behave.
struct NastyProcess {
  std::string id;
  std::string app;
  std::string deployment;  // digits, or dep-<uuid>
  std::optional<std::string> region;
  std::optional<std::int64_t> starting_ms;
  std::optional<std::int64_t> started_ms;
  std::optional<std::int64_t> stopping_ms;
  std::optional<std::int64_t> terminated_ms;
  bool reveals_in_time = false;  // instants are null until they are there
  bool changes_identity = false;
  bool has_null_names = false;
  CounterMood mood = CounterMood::rising;
  std::int64_t rate = 1;
  std::int64_t epoch_ms = 0;  // of the counter
};

/// At most one process of an archive may be huge: sums stay within 63 bits.
[[nodiscard]] NastyProcess make_nasty_process(const InstantPool& pool, bool may_be_huge,
                                              Random& random);

/// What one snapshot says of it.
[[nodiscard]] Value nasty_record(const NastyProcess& process, const InstantPool& pool,
                                 std::int64_t observed_at_ms, Random& random);

}  // namespace fleetmeter::sim
