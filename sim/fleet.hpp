#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/random.hpp"

namespace fleetmeter::sim {

/// What makes a fleet: its seed, its span and its shape. Chances are in permille of processes.
struct FleetOptions {
  std::uint64_t seed = 1;
  std::int64_t start_ms = 1'730'419'200'000;  // 2024-11-01T00:00:00Z
  std::int64_t duration_ms = 86'400'000;
  int processes_alive = 20;  // on average
  int lifetime_minutes = 60;
  int apps = 2;
  int regions = 6;
  int deployments = 3;  // of each app
  bool short_ids = false;
  bool text_deployments = false;  // dep-<uuid>, as V3 has them
  int never_started = 20;
  int breaks = 0;
  int wraps = 0;
  int clamp32 = 0;
  bool busy_players = false;  // connections change with most polls, rooms every few minutes, and
                              // each room has a configuration of its own
};

/// One build of an app: what its processes have in common.
struct Deployment {
  std::string id;
  int rooms_per_process = 1;
  bool has_debug_port = false;
  std::int64_t bytes_per_s = 0;  // typical egress
};

/// One game, with the room configurations its clients send.
struct App {
  std::string id;
  std::vector<Deployment> deployments;
  std::vector<std::string> room_configs;
};

/// The apps and regions of a fleet.
struct Catalogue {
  std::vector<App> apps;
  std::vector<std::string> regions;
};

[[nodiscard]] Catalogue make_catalogue(const FleetOptions& options);

/// A corner of the true byte function.
struct Breakpoint {
  std::int64_t at_ms = 0;
  std::int64_t bytes = 0;
};

/// How a process's counter misreports its bytes.
enum class CounterFault { none, restarts, wraps32, clamps32 };

/// What really happened to one process.
struct TrueProcess {
  std::string id;
  std::string app;
  std::string deployment;
  std::string region;
  std::int64_t starting_ms = 0;
  std::int64_t started_ms = 0;  // meaningless when never_started
  std::int64_t draining_ms = 0;
  std::int64_t stopping_ms = 0;
  std::int64_t terminated_ms = 0;
  bool never_started = false;

  std::vector<Breakpoint> breakpoints;  // linear in between; empty when never_started
  CounterFault fault = CounterFault::none;
  std::int64_t restart_ms = 0;  // of the counter, with CounterFault::restarts
  std::size_t app_index = 0;
  std::size_t deployment_index = 0;
  std::uint64_t activity_seed = 0;

  /// Bytes that had left before the instant.
  [[nodiscard]] std::int64_t bytes_before(std::int64_t t_ms) const;
  [[nodiscard]] std::int64_t total_bytes() const;
  /// What egressedBytes says at the instant, faults included.
  [[nodiscard]] std::int64_t reported_bytes(std::int64_t t_ms) const;
};

/// The processes in the order of their arrival, one at a time, so that no fleet must fit in memory.
class Arrivals {
 public:
  explicit Arrivals(const FleetOptions& options);

  /// The next process that is not gone before the fleet's start.
  [[nodiscard]] TrueProcess next();
  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }

 private:
  TrueProcess arrive();
  void add_bytes(TrueProcess& process);

  FleetOptions options_;
  Catalogue catalogue_;
  Random random_;
  std::int64_t clock_us_;  // since the epoch
};

/// All processes of a fleet of test size, kept in memory.
class Fleet {
 public:
  explicit Fleet(const FleetOptions& options);
  [[nodiscard]] const std::vector<TrueProcess>& processes() const { return processes_; }

 private:
  std::vector<TrueProcess> processes_;
};

}  // namespace fleetmeter::sim
