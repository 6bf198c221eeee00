#include "base/time_text.hpp"

#include <date/date.h>

#include <array>
#include <limits>

#include "base/cursor.hpp"

namespace fleetmeter::base {

namespace {

constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::int64_t kSecondsPerDay = 86400;
constexpr std::int64_t kEarliest_s = -62'167'219'200;  // 0000-01-01T00:00:00Z
constexpr std::int64_t kLatest_s = 253'402'300'799;    // 9999-12-31T23:59:59Z

bool read_date(Cursor& in, CivilDate& date) {
  const int year = in.digits(4);
  if (!in.take("-")) {
    return false;
  }
  const int month = in.digits(2);
  if (!in.take("-")) {
    return false;
  }
  const int day = in.digits(2);
  if (year < 0 || month < 0 || day < 0) {
    return false;
  }
  date = {year, static_cast<unsigned>(month), static_cast<unsigned>(day)};
  return true;
}

/// `hh:mm` or `hh:mm:ss`, with a fraction behind a point or a comma.
bool read_clock(Cursor& in, TimeOfDay& clock) {
  clock.hour = in.digits(2);
  if (!in.take(":")) {
    return false;
  }
  clock.minute = in.digits(2);
  if (in.take(":")) {
    clock.second = in.digits(2);
    if (clock.second >= 0 && in.take(".,")) {
      clock.ms = in.fraction_ms();
    }
  }
  return clock.hour >= 0 && clock.minute >= 0 && clock.second >= 0;
}

/// `Z`, `UTC`, or an offset `+hh:mm`, `+hhmm`, `+hh`, with what Go and Java write behind it; in
/// seconds, or nothing.
std::optional<int> read_zone(Cursor& in) {
  in.take(" ");
  if (in.take("Zz") || in.take_word("UTC") || in.take_word("GMT")) {
    return 0;
  }
  const bool plus = in.take("+");
  if (!plus && !in.take("-")) {
    return std::nullopt;
  }
  const int hours = in.digits(2);
  const bool has_minutes = in.take(":") || in.at_digit();
  const int minutes = has_minutes ? in.digits(2) : 0;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
    return std::nullopt;
  }
  if (!in.take_word(" UTC") && in.peek() == '[' && in.rest().back() == ']') {
    in.skip(in.rest().size());  // Java: +01:00[Europe/Berlin]
  }
  const int seconds = hours * 3600 + minutes * 60;
  return plus ? seconds : -seconds;
}

ParsedTime read_time(Cursor& in) {
  CivilDate date;
  TimeOfDay clock;
  if (!read_date(in, date)) {
    return {{}, "not an RFC 3339 time: it must begin like 2024-11-01T08:30:00"};
  }
  if (!in.take("Tt ") || !read_clock(in, clock)) {
    return {{}, "not an RFC 3339 time: after the date comes T and hh:mm:ss"};
  }
  if (clock.ms < 0) {
    return {{}, "not an RFC 3339 time: no digits after the point"};
  }
  const std::optional<int> offset_s = read_zone(in);
  if (!offset_s) {
    return {{}, "a time without a zone: it must end with Z or an offset such as +02:00"};
  }
  return instant_of(date, clock, *offset_s);
}

std::string padded(std::int64_t value, int width) {
  std::string digits = std::to_string(value);
  if (digits.size() < static_cast<std::size_t>(width)) {
    digits.insert(0, static_cast<std::size_t>(width) - digits.size(), '0');
  }
  return digits;
}

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

std::string format_clock(std::int64_t second_of_day) {
  return padded(second_of_day / 3600, 2) + ':' + padded(second_of_day / 60 % 60, 2) + ':' +
         padded(second_of_day % 60, 2);
}

}  // namespace

bool is_real(const CivilDate& date) {
  return (date::year{date.year} / static_cast<int>(date.month) / static_cast<int>(date.day)).ok();
}

ParsedTime instant_of(const CivilDate& date, const TimeOfDay& clock, int offset_s) {
  if (!is_real(date)) {
    return {{}, "no such date in the calendar"};
  }
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) {
    return {{}, "no such time of day (00:00:00 to 23:59:59)"};
  }
  const std::int64_t seconds = days_from_civil(date) * kSecondsPerDay + clock.hour * 3600 +
                               clock.minute * 60 + clock.second - offset_s;
  if (seconds < kEarliest_s || seconds > kLatest_s) {
    return {{}, "outside the years 0000 to 9999 of UTC"};
  }
  return {seconds * kMsPerSecond + clock.ms, nullptr};
}

ParsedTime parse_rfc3339(std::string_view text) {
  Cursor in(text);
  ParsedTime parsed = read_time(in);
  if (parsed.ms && !in.done()) {
    return {{}, "not an RFC 3339 time: text follows it"};
  }
  return parsed;
}

std::optional<CivilDate> parse_date(std::string_view text) {
  Cursor in(text);
  CivilDate date;
  if (!read_date(in, date) || !in.done() || !is_real(date)) {
    return std::nullopt;
  }
  return date;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> kUnits{
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
  std::size_t used = 0;
  std::int64_t count = 0;
  for (; used < text.size() && text[used] >= '0' && text[used] <= '9'; ++used) {
    if (used == 15) {
      return std::nullopt;
    }
    count = count * 10 + (text[used] - '0');
  }
  for (const auto& [unit, ms] : kUnits) {
    if (used > 0 && text.substr(used) == unit &&
        count <= kLongestDuration_ms / ms) {
      return count * ms;
    }
  }
  return std::nullopt;
}

std::int64_t days_from_civil(const CivilDate& date) {
  const date::sys_days days{date::year{date.year} / static_cast<int>(date.month) /
                            static_cast<int>(date.day)};
  return days.time_since_epoch().count();
}

CivilDate civil_from_days(std::int64_t days) {
  const date::year_month_day date{date::sys_days{date::days{static_cast<int>(days)}}};
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day())};
}

std::string format_utc(std::int64_t ms) {
  const std::int64_t days = floor_div(ms, kSecondsPerDay * kMsPerSecond);
  const std::int64_t in_day = ms - days * kSecondsPerDay * kMsPerSecond;
  return format_date(civil_from_days(days)) + 'T' + format_clock(in_day / kMsPerSecond) + '.' +
         padded(in_day % kMsPerSecond, 3) + 'Z';
}

std::string format_local(std::int64_t ms, std::int64_t offset_s, bool as_utc) {
  const std::int64_t local_s = floor_div(ms, kMsPerSecond) + offset_s;
  const std::int64_t days = floor_div(local_s, kSecondsPerDay);
  std::string text =
      format_date(civil_from_days(days)) + 'T' + format_clock(local_s - days * kSecondsPerDay);
  if (as_utc) {
    return text + 'Z';
  }
  const std::int64_t size_s = offset_s < 0 ? -offset_s : offset_s;
  text += (offset_s < 0 ? '-' : '+') + padded(size_s / 3600, 2) + ':' + padded(size_s / 60 % 60, 2);
  if (size_s % 60 != 0) {
    text += ':' + padded(size_s % 60, 2);
  }
  return text;
}

std::string format_date(const CivilDate& date) {
  return format_month(date) + '-' + padded(date.day, 2);
}

std::string format_month(const CivilDate& date) {
  return padded(date.year, 4) + '-' + padded(date.month, 2);
}

std::string format_duration(std::int64_t ms) {
  // Unsigned, because the size of the lowest int64 does not fit an int64.
  const auto bits = static_cast<std::uint64_t>(ms);
  const std::uint64_t size = ms < 0 ? 0 - bits : bits;
  const auto in_hour = static_cast<std::int64_t>(size % 3'600'000);
  return (ms < 0 ? "-" : "") + std::to_string(size / 3'600'000) + "h " +
         padded(in_hour / 60'000, 2) + "m " + padded(in_hour / kMsPerSecond % 60, 2) + '.' +
         padded(in_hour % kMsPerSecond, 3) + 's';
}

}  // namespace fleetmeter::base
