#pragma once

// Words for tests of times.

#include <cstdint>
#include <string>

#include "base/time_text.hpp"
#include "support/catch.hpp"

namespace fleetmeter::base::times {

inline constexpr std::int64_t kHour_ms = 3'600'000;
inline constexpr std::int64_t kDay_ms = 24 * kHour_ms;

inline std::int64_t at(const std::string& text) {
  const ParsedTime parsed = parse_rfc3339(text);
  INFO(text << ": " << (parsed.problem == nullptr ? "" : parsed.problem));
  REQUIRE(parsed.ms);
  REQUIRE(parsed.problem == nullptr);
  return *parsed.ms;
}

inline bool refused(const std::string& text) {
  const ParsedTime parsed = parse_rfc3339(text);
  return !parsed.ms && parsed.problem != nullptr && *parsed.problem != '\0';
}

}  // namespace fleetmeter::base::times
