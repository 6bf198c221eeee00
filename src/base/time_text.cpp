#include "base/time_text.hpp"

#include <date/date.h>

#include <array>
#include <limits>

namespace fleetmeter::base {

namespace {

constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::int64_t kSecondsPerDay = 86400;
constexpr std::int64_t kEarliest_s = -62'167'219'200;  // 0000-01-01T00:00:00Z
constexpr std::int64_t kLatest_s = 253'402'300'799;    // 9999-12-31T23:59:59Z

/// A forward reader over a text: every method consumes what it recognises or nothing.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }

  bool take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `count` digits, or -1.
  int digits(std::size_t count) {
    if (rest_.size() < count) {
      return -1;
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') {
        return -1;
      }
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  /// One or more digits read as a fraction of a second: milliseconds, the rest dropped; or -1.
  int fraction_ms() {
    int value = 0;
    int scale = 100;
    std::size_t used = 0;
    for (; used < rest_.size() && rest_[used] >= '0' && rest_[used] <= '9'; ++used) {
      value += scale * (rest_[used] - '0');
      scale /= 10;
    }
    rest_.remove_prefix(used);
    return used == 0 ? -1 : value;
  }

 private:
  std::string_view rest_;
};

/// How strictly the separators of a timestamp are read.
enum class Separators { rfc3339, file_name };

struct Clock {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
};

bool read_date(Cursor& in, Separators how, CivilDate& date) {
  const int year = in.digits(4);
  const bool dash = in.take("-");
  const int month = in.digits(2);
  if ((!dash && how == Separators::rfc3339) || in.take("-") != dash) {
    return false;
  }
  const int day = in.digits(2);
  if (year < 0 || month < 0 || day < 0) {
    return false;
  }
  date = {year, static_cast<unsigned>(month), static_cast<unsigned>(day)};
  return true;
}

bool read_clock(Cursor& in, Separators how, Clock& clock) {
  const std::string_view between = how == Separators::rfc3339 ? ":" : ":-_.";
  clock.hour = in.digits(2);
  const bool separated = in.take(between);
  clock.minute = in.digits(2);
  if ((!separated && how == Separators::rfc3339) || in.take(between) != separated) {
    return false;
  }
  clock.second = in.digits(2);
  return clock.hour >= 0 && clock.minute >= 0 && clock.second >= 0;
}

/// `Z` or `+hh:mm`; the offset in seconds, or nothing.
std::optional<int> read_zone(Cursor& in, Separators how) {
  if (in.take("Zz")) {
    return 0;
  }
  const bool plus = in.take("+");
  if (!plus && !in.take("-")) {
    return std::nullopt;
  }
  const int hours = in.digits(2);
  const bool separated = in.take(how == Separators::rfc3339 ? ":" : ":-_.");
  const int minutes = in.digits(2);
  if ((!separated && how == Separators::rfc3339) || hours < 0 || hours > 23 || minutes < 0 ||
      minutes > 59) {
    return std::nullopt;
  }
  const int seconds = hours * 3600 + minutes * 60;
  return plus ? seconds : -seconds;
}

bool is_real(const CivilDate& date) {
  return (date::year{date.year} / static_cast<int>(date.month) / static_cast<int>(date.day)).ok();
}

ParsedTime read_time(Cursor& in, Separators how) {
  CivilDate date;
  Clock clock;
  if (!read_date(in, how, date)) {
    return {{}, "not an RFC 3339 time: it must begin like 2024-11-01T08:30:00"};
  }
  if (!in.take(how == Separators::rfc3339 ? "Tt " : "Tt_ ") || !read_clock(in, how, clock)) {
    return {{}, "not an RFC 3339 time: after the date comes T and hh:mm:ss"};
  }
  if (in.take(".") && (clock.ms = in.fraction_ms()) < 0) {
    return {{}, "not an RFC 3339 time: no digits after the point"};
  }
  const std::optional<int> offset_s = read_zone(in, how);
  if (!offset_s) {
    return {{}, "a time without a zone: it must end with Z or an offset such as +02:00"};
  }
  if (!is_real(date)) {
    return {{}, "no such date in the calendar"};
  }
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) {
    return {{}, "no such time of day (00:00:00 to 23:59:59)"};
  }
  const std::int64_t seconds = days_from_civil(date) * kSecondsPerDay + clock.hour * 3600 +
                               clock.minute * 60 + clock.second - *offset_s;
  if (seconds < kEarliest_s || seconds > kLatest_s) {
    return {{}, "outside the years 0000 to 9999 of UTC"};
  }
  return {seconds * kMsPerSecond + clock.ms, nullptr};
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

ParsedTime parse_rfc3339(std::string_view text) {
  Cursor in(text);
  ParsedTime parsed = read_time(in, Separators::rfc3339);
  if (parsed.ms && !in.done()) {
    return {{}, "not an RFC 3339 time: text follows it"};
  }
  return parsed;
}

std::optional<CivilDate> parse_date(std::string_view text) {
  Cursor in(text);
  CivilDate date;
  if (!read_date(in, Separators::rfc3339, date) || !in.done() || !is_real(date)) {
    return std::nullopt;
  }
  return date;
}

std::optional<std::int64_t> find_time_in_name(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool inside_number = at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9';
    if (inside_number) {
      continue;
    }
    Cursor in(name.substr(at));
    if (const ParsedTime parsed = read_time(in, Separators::file_name); parsed.ms) {
      return parsed.ms;
    }
  }
  return std::nullopt;
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
        count <= std::numeric_limits<std::int64_t>::max() / 4 / ms) {
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
