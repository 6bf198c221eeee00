#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace fleetmeter::base {

/// What a text says as a time: unix milliseconds UTC, or why it says none.
struct ParsedTime {
  std::optional<std::int64_t> ms;
  const char* problem = nullptr;  ///< set exactly when `ms` is absent
};

/// A civil date, proleptic Gregorian, years 0 to 9999.
struct CivilDate {
  int year = 0;
  unsigned month = 1;
  unsigned day = 1;
  friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

/// A time of day; second 60 does not exist, because unix time has none.
struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
};

/// Whether the calendar has this date.
[[nodiscard]] bool is_real(const CivilDate& date);

/// The instant of a civil time at an offset from UTC, or why it is none.
[[nodiscard]] ParsedTime instant_of(const CivilDate& date, const TimeOfDay& clock, int offset_s);

/// RFC 3339 with any number of fraction digits; what is below a millisecond is dropped (floor). A
/// zone is required. Beside the standard's spelling it reads what common tools write: no seconds
/// (Java), a comma before the fraction (date --iso-8601=ns), offsets as +0200 (date %z) and +02
/// (PostgreSQL), UTC for Z (BigQuery), +0000 UTC (Go) and +01:00[Europe/Berlin] (Java).
[[nodiscard]] ParsedTime parse_rfc3339(std::string_view text);

/// `2024-11-03`, nothing else.
[[nodiscard]] std::optional<CivilDate> parse_date(std::string_view text);

/// With any instant of the years 0 to 9999 this makes nothing that 64 bits do not hold.
inline constexpr std::int64_t kLongestDuration_ms = std::numeric_limits<std::int64_t>::max() / 4;

/// `15m`, `72h`, `90s`, `250ms`, `3d` as milliseconds; absent when it is not a duration of at
/// least 0 and at most kLongestDuration_ms.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);

/// Days since 1970-01-01 of a civil date.
[[nodiscard]] std::int64_t days_from_civil(const CivilDate& date);
[[nodiscard]] CivilDate civil_from_days(std::int64_t days);

/// `2024-11-03T05:00:00.250Z`: always three fraction digits, always UTC.
[[nodiscard]] std::string format_utc(std::int64_t ms);

/// `2024-11-03T01:00:00-04:00`, or with `Z` when `as_utc`. Whole seconds: callers pass boundaries.
[[nodiscard]] std::string format_local(std::int64_t ms, std::int64_t offset_s, bool as_utc);

/// `2024-11-03` and `2024-11`.
[[nodiscard]] std::string format_date(const CivilDate& date);
[[nodiscard]] std::string format_month(const CivilDate& date);

/// `12h 03m 11.250s`: a duration for people; hours are not folded into days.
[[nodiscard]] std::string format_duration(std::int64_t ms);

}  // namespace fleetmeter::base
