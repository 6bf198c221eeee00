#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time_text.hpp"

namespace fleetmeter::base {

/// What a document says as a time of something that may not have happened yet.
struct SaidTime {
  std::optional<std::int64_t> ms;  ///< unix milliseconds, UTC
  bool is_placeholder = false;     ///< the text is a time that means none; `ms` is absent
  const char* problem = nullptr;   ///< why it is no time at all; `ms` is absent
};

/// No process of this kind of archive lived before 2000-01-01, or will after 9999-01-01: programs
/// whose language has no null date write their least or greatest one instead.
[[nodiscard]] bool means_no_time(std::int64_t ms);

/// Reads a time as parse_rfc3339 does, or as older .NET writes it: `/Date(1730453400000)/`.
[[nodiscard]] ParsedTime parse_time(std::string_view text);

/// The same, and, in any spelling, with or without a zone, the times that mean none.
[[nodiscard]] SaidTime read_said_time(std::string_view text);

/// A unix time as log lines write it: in seconds (10 digits, perhaps with a fraction), milli-,
/// micro- or nanoseconds, from 2015 to 2100; what is below a millisecond is dropped.
[[nodiscard]] std::optional<std::int64_t> parse_unix_time(std::string_view text);

}  // namespace fleetmeter::base
