// The names of what answers say in words of a closed list.

#include <algorithm>
#include <array>

#include "fleetmeter/error.hpp"
#include "fleetmeter/evidence.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter {

namespace {

constexpr std::array<const char*, 19> kFlagNames{"ahead_of_snapshot",
                                                 "clamped32",
                                                 "counter_break",
                                                 "flickered",
                                                 "gone",
                                                 "identity_change",
                                                 "inverted",
                                                 "long_life",
                                                 "never_started",
                                                 "no_stop_order",
                                                 "open",
                                                 "orphan",
                                                 "restated",
                                                 "running",
                                                 "stale_read",
                                                 "starting",
                                                 "unknown_start",
                                                 "unmetered",
                                                 "wrap32"};
static_assert(kFlagNames.size() == static_cast<std::size_t>(Flag::wrap32) + 1);

constexpr std::array<const char*, 9> kSectionNames{"process",  "window",  "timestamp",
                                                   "billable", "flag",    "egress",
                                                   "anchor",   "segment", "snapshot"};
static_assert(kSectionNames.size() ==
              static_cast<std::size_t>(EvidencePiece::Section::snapshot) + 1);

}  // namespace

const char* flag_name(Flag flag) {
  return kFlagNames[static_cast<std::size_t>(flag)];
}

Flag parse_flag(const std::string& option, const std::string& name) {
  const auto found = std::find(kFlagNames.begin(), kFlagNames.end(), name);
  if (found == kFlagNames.end()) {
    throw Error(ErrorKind::usage, option + ": no such flag (" + printable(name) + ")" +
                                      did_you_mean(name, {kFlagNames.begin(), kFlagNames.end()}));
  }
  return static_cast<Flag>(found - kFlagNames.begin());
}

const char* section_name(EvidencePiece::Section section) {
  return kSectionNames[static_cast<std::size_t>(section)];
}

const char* kind_name(CoverageGap::Kind kind) {
  return kind == CoverageGap::Kind::gap ? "gap" : "hole";
}

const char* result_name(VerifiedDocument::Result result) {
  switch (result) {
    case VerifiedDocument::Result::holds:
      return "holds";
    case VerifiedDocument::Result::changed:
      return "changed";
    case VerifiedDocument::Result::missing:
      return "missing";
    case VerifiedDocument::Result::contradicted:
      break;
  }
  return "contradicted";
}

const char* basis_name(PollingAdvice::Basis basis) {
  return basis == PollingAdvice::Basis::measured ? "measured" : "computed";
}

}  // namespace fleetmeter
