#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"
#include "sql/sql_text.hpp"

struct sqlite3;

namespace fleetmeter::store {

inline constexpr std::int64_t kLongestTimeout_ms = 7 * 86'400'000LL;

/// What a sandboxed statement may use up.
struct SandboxLimits {
  std::int64_t timeout_ms = 60'000;  ///< at most kLongestTimeout_ms
  std::int64_t max_rows = 0;         ///< 0: all
  std::int64_t max_memory_bytes = 512LL * 1024 * 1024;
  /// Whether all that SQLite holds in this process is limited, while the statement runs: it has no
  /// limit for one connection.
  bool limits_process_memory = false;
  /// Called on another thread when a call that cannot be interrupted overruns its deadline by far:
  /// one call of instr() on large texts never looks at the progress handler. May be empty.
  std::function<void()> on_overrun = {};
  std::stop_token stop = {};  ///< ends the statement with Error(cancelled)
  /// If there is a folder for it, and on more threads: equal rows come in any order.
  bool sorts_on_disk = false;
  /// Adds functions to the connection; may be empty. What they do counts as time of the statement,
  /// but ends by itself alone.
  std::function<void(sqlite3*)> add_functions = {};
  /// Later snapshots do not count; absent: all do.
  std::optional<std::int64_t> known_seq = {};
};

/// A value for a named parameter, without its colon.
struct Parameter {
  std::string name;
  Cell value;
};

/// Runs one SELECT that nobody here wrote on a connection of its own: read-only, one statement, no
/// other file, no extension, no PRAGMA, under a deadline and a memory limit. Throws Error(usage)
/// with place and reason when it does not compile or is refused.
void run_sandboxed(const std::string& store_path, const sql::SqlText& text,
                   const std::vector<Parameter>& parameters, const SandboxLimits& limits,
                   RowSink& sink);

}  // namespace fleetmeter::store
