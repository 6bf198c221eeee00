#include "cli/spelling.hpp"

#include <array>

namespace fleetmeter::cli {

namespace {

/// In the order of the terms.
constexpr std::array<const char*, 33> kOptions{"`fleetmeter explain --archive`",
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
                                               "--last-month",
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
                                               "--this-month",
                                               "--tz",
                                               "--timeout",
                                               "--to",
                                               "--yesterday"};
static_assert(kOptions.size() == static_cast<std::size_t>(Term::yesterday) + 1);

}  // namespace

const char* as_option(Term term) {
  return kOptions[static_cast<std::size_t>(term)];
}

}  // namespace fleetmeter::cli
