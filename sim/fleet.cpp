#include "sim/fleet.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace fleetmeter::sim {
namespace {

/// Wide enough for bytes times bytes.
__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using): __extension__ needs typedef

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kMaxLifetimeMs = std::int64_t{72} * 60 * kMinuteMs;
constexpr std::int64_t kInt32Max = 2'147'483'647;
constexpr std::int64_t kTwoTo32 = 4'294'967'296;

constexpr std::array kRegions = {
    "Washington_DC", "Frankfurt", "Singapore", "Chicago",     "Tokyo",  "London",       "Seattle",
    "Sydney",        "Mumbai",    "Sao_Paulo", "Los_Angeles", "Dallas", "Johannesburg", "Dubai"};

/// Arrivals by hour of the day; the mean is 100.
constexpr std::array<std::int64_t, 24> kHourWeight = {60,  50,  45,  45,  50,  60,  75,  90,
                                                      100, 105, 110, 115, 120, 120, 125, 130,
                                                      140, 150, 150, 145, 130, 110, 95,  80};

std::string room_config(Random& random) {
  static const std::vector<std::string> maps = {"harbour", "dunes", "citadel", "foundry",
                                                "glacier"};
  static const std::vector<std::string> modes = {"ctf", "deathmatch", "ranked", "casual"};
  // One draw a statement: C++ leaves the order of evaluation inside an expression open.
  std::string out = R"({"map":")" + random.pick(maps);
  out += R"(","mode":")" + random.pick(modes);
  out += R"(","maxPlayers":)" + std::to_string(random.between(2, 32));
  return out + R"(,"build":")" + random.hex(7) + R"("})";
}

App make_app(const FleetOptions& options, Random& random) {
  App app;
  app.id = "app-" + (options.short_ids ? random.hex(4) : random.uuid());
  for (int i = 0; i < options.deployments; ++i) {
    Deployment deployment;
    deployment.id = options.text_deployments ? "dep-" + random.uuid() : std::to_string(i + 1);
    deployment.rooms_per_process = static_cast<int>(random.between(1, 3));
    deployment.has_debug_port = random.chance(400);
    deployment.bytes_per_s = random.between(4'000, 60'000);
    app.deployments.push_back(std::move(deployment));
  }
  for (int i = 0; i < 10; ++i) {
    app.room_configs.push_back(room_config(random));
  }
  return app;
}

/// Most lives are shorter than the mean, some much longer; the mean is the given one.
std::int64_t lifetime_ms(std::int64_t mean_ms, Random& random) {
  const std::int64_t kind = random.below(100);
  const std::int64_t per_mille = kind < 70   ? random.between(200, 1000)
                                 : kind < 95 ? random.between(1000, 2000)
                                             : random.between(2000, 6000);
  return std::min(mean_ms * per_mille / 1000 + random.below(1000), kMaxLifetimeMs - 5 * kMinuteMs);
}

/// From `at` on the line between two corners; at most 2^33 bytes times 2^28 ms.
std::int64_t between(const Breakpoint& left, const Breakpoint& right, std::int64_t at_ms) {
  return left.bytes + static_cast<std::int64_t>(Wide{right.bytes - left.bytes} *
                                                (at_ms - left.at_ms) / (right.at_ms - left.at_ms));
}

/// Multiplies the byte function so that its total becomes `total`.
void scale(std::vector<Breakpoint>& breakpoints, std::int64_t total) {
  const std::int64_t old_total = breakpoints.back().bytes;
  for (Breakpoint& corner : breakpoints) {
    corner.bytes = static_cast<std::int64_t>(Wide{corner.bytes} * total / old_total);
  }
}

/// Idle, steady or bursting.
std::int64_t phase_rate(std::int64_t typical, Random& random) {
  const std::int64_t kind = random.below(10);
  return kind < 3   ? 0
         : kind < 8 ? typical * random.between(50, 150) / 100
                    : typical * random.between(4, 9);
}

/// A restart late enough that the counter never reaches its old height again, so that it can be
/// seen.
std::int64_t restart_instant(const TrueProcess& process) {
  const std::int64_t total = process.total_bytes();
  for (const Breakpoint& corner : process.breakpoints) {
    if (corner.bytes > total / 2) {
      return corner.at_ms;
    }
  }
  return process.terminated_ms;
}

CounterFault choose_fault(const FleetOptions& options, Random& random) {
  const std::int64_t draw = random.below(1000);
  return draw < options.breaks                                     ? CounterFault::restarts
         : draw < options.breaks + options.wraps                   ? CounterFault::wraps32
         : draw < options.breaks + options.wraps + options.clamp32 ? CounterFault::clamps32
                                                                   : CounterFault::none;
}

}  // namespace

Catalogue make_catalogue(const FleetOptions& options) {
  Random random(options.seed ^ 0xca7a1090eU);
  Catalogue catalogue;
  for (int i = 0; i < options.apps; ++i) {
    catalogue.apps.push_back(make_app(options, random));
  }
  const auto regions = std::min(kRegions.size(), static_cast<std::size_t>(options.regions));
  catalogue.regions.assign(kRegions.begin(),
                           kRegions.begin() + static_cast<std::ptrdiff_t>(regions));
  return catalogue;
}

std::int64_t TrueProcess::bytes_before(std::int64_t t_ms) const {
  if (breakpoints.empty() || t_ms <= breakpoints.front().at_ms) {
    return 0;
  }
  for (std::size_t i = 1; i < breakpoints.size(); ++i) {
    if (t_ms < breakpoints[i].at_ms) {
      return between(breakpoints[i - 1], breakpoints[i], t_ms);
    }
  }
  return breakpoints.back().bytes;
}

std::int64_t TrueProcess::total_bytes() const {
  return breakpoints.empty() ? 0 : breakpoints.back().bytes;
}

std::int64_t TrueProcess::reported_bytes(std::int64_t t_ms) const {
  const std::int64_t bytes = bytes_before(t_ms);
  switch (fault) {
    case CounterFault::restarts:
      return t_ms < restart_ms ? bytes : bytes - bytes_before(restart_ms);
    case CounterFault::wraps32:
      return bytes > kInt32Max ? bytes - kTwoTo32 : bytes;
    case CounterFault::clamps32:
      return std::min(bytes, kInt32Max);
    case CounterFault::none:
      break;
  }
  return bytes;
}

Arrivals::Arrivals(const FleetOptions& options)
    : options_(options),
      catalogue_(make_catalogue(options)),
      random_(options.seed),
      // Early enough for the longest-lived process that may still be there at the start.
      clock_us_(
          (options.start_ms - std::min(kMaxLifetimeMs, kMinuteMs * 6 * options.lifetime_minutes)) *
          1000) {}

TrueProcess Arrivals::next() {
  while (true) {
    TrueProcess process = arrive();
    if (process.terminated_ms > options_.start_ms) {
      return process;
    }
  }
}

TrueProcess Arrivals::arrive() {
  const std::int64_t gap_us =
      options_.lifetime_minutes * kMinuteMs * 1000 / std::max(1, options_.processes_alive);
  const auto hour = static_cast<std::size_t>((clock_us_ / 3'600'000'000 % 24 + 24) % 24);
  clock_us_ += gap_us * 100 / kHourWeight[hour] * random_.between(500'000, 1'500'000) / 1'000'000;
  TrueProcess process;
  process.id = options_.short_ids ? random_.hex(12) : random_.uuid();
  process.app_index = random_.index(catalogue_.apps.size());
  const App& app = catalogue_.apps[process.app_index];
  process.deployment_index = random_.index(app.deployments.size());
  process.app = app.id;
  process.deployment = app.deployments[process.deployment_index].id;
  process.region = random_.pick(catalogue_.regions);
  process.activity_seed = random_.next();
  process.starting_ms = clock_us_ / 1000;
  process.never_started = random_.chance(options_.never_started);
  if (process.never_started) {
    process.stopping_ms = process.starting_ms + 100'000;  // "does not bind its port within 100 s"
  } else {
    process.started_ms = process.starting_ms + random_.between(1'500, 25'000);
    process.stopping_ms =
        process.started_ms + lifetime_ms(options_.lifetime_minutes * kMinuteMs, random_);
  }
  process.draining_ms = random_.chance(500) ? process.stopping_ms - random_.below(2 * kMinuteMs)
                                            : process.stopping_ms;
  process.terminated_ms = process.stopping_ms + random_.between(400, 30'000);
  if (!process.never_started) {
    add_bytes(process);
  }
  return process;
}

void Arrivals::add_bytes(TrueProcess& process) {
  const App& app = catalogue_.apps[process.app_index];
  const std::int64_t typical = app.deployments[process.deployment_index].bytes_per_s;
  std::set<std::int64_t> corners = {process.terminated_ms};
  for (std::int64_t more = random_.between(2, 9); more > 0; --more) {
    corners.insert(random_.between(process.started_ms + 1, process.terminated_ms));
  }
  process.breakpoints = {{process.started_ms, 0}};
  for (const std::int64_t at_ms : corners) {
    const Breakpoint last = process.breakpoints.back();
    const std::int64_t rise = phase_rate(typical, random_) * (at_ms - last.at_ms) / 1000;
    process.breakpoints.push_back({at_ms, last.bytes + rise});
  }
  process.fault = choose_fault(options_, random_);
  if (process.fault == CounterFault::none || process.total_bytes() == 0) {
    process.fault = CounterFault::none;
  } else if (process.fault == CounterFault::restarts) {
    process.restart_ms = restart_instant(process);
  } else {
    scale(process.breakpoints, random_.between(kInt32Max + 50'000'000, kTwoTo32 - 1));
  }
}

Fleet::Fleet(const FleetOptions& options) {
  Arrivals arrivals(options);
  const std::int64_t end_ms = options.start_ms + options.duration_ms;
  for (TrueProcess process = arrivals.next(); process.starting_ms < end_ms;
       process = arrivals.next()) {
    processes_.push_back(std::move(process));
  }
}

}  // namespace fleetmeter::sim
