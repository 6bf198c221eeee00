#pragma once

#include <cstdint>
#include <functional>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What a statement may do to the process that runs it; nothing, unless the client says so. A
/// program that exists to run one statement, as the command line does, allows both.
struct ProcessChoices {
  /// SQLite limits memory for all its connections in a process together, or not at all. The limit
  /// that was there before comes back when the statement ends; no other may run meanwhile.
  bool limit_memory = false;
  /// Called on another thread when a call inside SQLite, which nothing can interrupt, runs far past
  /// the time limit. Empty: the call is waited for.
  std::function<void()> on_overrun = {};
};

/// Limits for SQL that somebody typed.
struct SqlLimits {
  std::int64_t timeout_ms = 60'000;
  std::int64_t max_rows = 0;                            ///< 0: all
  std::int64_t max_memory_bytes = 512LL * 1024 * 1024;  ///< counts if the process is limited
  ProcessChoices process = {};
};

}  // namespace fleetmeter
