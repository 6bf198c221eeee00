#include "cli/spelling.hpp"

#include <array>

namespace fleetmeter::cli {

namespace {

/// In the order of the terms.
constexpr std::array<const char*, 30> kOptions{"`fleetmeter explain --archive`",
                                               "--by",
                                               "--catch-up",
                                               "--currency",
                                               "--day",
                                               "--format",
                                               "--from",
                                               "--from, --to",
                                               "--grain",
                                               "--include GLOB",
                                               "`fleetmeter ingest`",
                                               "--id",
                                               "--known-at",
                                               "--known-seq",
                                               "--list",
                                               "`fleetmeter invoice`",
                                               "`fleetmeter query`",
                                               "`fleetmeter migrate`",
                                               "--month",
                                               "--name-pattern",
                                               "--name-tz",
                                               "--observed-at",
                                               "--param",
                                               "--policy",
                                               "--rates",
                                               "`fleetmeter prune --restore`",
                                               "--db",
                                               "--tz",
                                               "--timeout",
                                               "--to"};
static_assert(kOptions.size() == static_cast<std::size_t>(Term::to) + 1);

}  // namespace

const char* as_option(Term term) {
  return kOptions[static_cast<std::size_t>(term)];
}

}  // namespace fleetmeter::cli
