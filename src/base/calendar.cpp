#include "base/calendar.hpp"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/names.hpp"

namespace fleetmeter::base {

namespace {

constexpr std::int64_t kSecondsPerDay = 86400;
// Far enough before a window to meet the start of the month it begins in, whatever the zone does.
constexpr std::int64_t kLookBack_s = 35 * kSecondsPerDay;
// The instants that have four-digit years; the zone database is asked for nothing outside.
constexpr std::int64_t kEarliest_s = -62167219200 - kLookBack_s;
constexpr std::int64_t kLatest_s = 253402300800 + kLookBack_s;

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

std::string unknown_zone(const std::string& name, const std::string& option) {
  return option + ": no such IANA time zone (" + printable(name) + ")" +
         did_you_mean(name, zone_names());
}

/// Counts months, days or hours of local time, so that a later period has a greater number.
std::int64_t number_of(CivilUnit unit, std::int64_t local_s) {
  if (unit == CivilUnit::hour) {
    return floor_div(local_s, 3600);
  }
  const std::int64_t day = floor_div(local_s, kSecondsPerDay);
  if (unit == CivilUnit::day) {
    return day;
  }
  const CivilDate date = civil_from_days(day);
  return date.year * 12 + static_cast<std::int64_t>(date.month);
}

/// The next local second after `local_s` at which a period of this unit can begin.
std::int64_t next_start(CivilUnit unit, std::int64_t local_s) {
  const std::int64_t step = unit == CivilUnit::hour ? 3600 : kSecondsPerDay;
  if (unit != CivilUnit::month) {
    return (floor_div(local_s, step) + 1) * step;
  }
  CivilDate date = civil_from_days(floor_div(local_s, kSecondsPerDay));
  date.day = 1;
  date.year += date.month == 12 ? 1 : 0;
  date.month = date.month == 12 ? 1 : date.month + 1;
  return days_from_civil(date) * kSecondsPerDay;
}

}  // namespace

bool is_in_calendar(std::int64_t ms) {
  return ms >= kEarliest_s * 1000 && ms <= kLatest_s * 1000;
}

Zone::Zone(const std::string& name, const std::string& option) : name_(name) {
  if (name == "UTC") {
    return;  // needs no database
  }
  try {
    zone_ = date::locate_zone(name);
  } catch (const std::runtime_error&) {
    throw Error(ErrorKind::usage, unknown_zone(name, option));
  }
}

Zone::Span Zone::span_at(std::int64_t at_s) const {
  if (zone_ == nullptr) {
    return {kEarliest_s, kLatest_s, 0, true};
  }
  const auto info = zone_->get_info(date::sys_seconds{std::chrono::seconds{at_s}});
  return {std::max<std::int64_t>(info.begin.time_since_epoch().count(), kEarliest_s),
          std::min<std::int64_t>(info.end.time_since_epoch().count(), kLatest_s),
          info.offset.count(), info.abbrev == "UTC"};
}

std::string Zone::local_time(std::int64_t ms) const {
  const std::int64_t at_s = floor_div(ms, 1000);
  if (at_s < kEarliest_s + 2 * kLookBack_s || at_s >= kLatest_s - 2 * kLookBack_s) {
    throw Error(ErrorKind::usage, "outside the years 0 to 9999 (" + std::to_string(ms) + ")");
  }
  const Span span = span_at(at_s);
  std::string text = format_local(ms, span.offset_s, span.is_utc);
  const std::string fraction = std::to_string(1000 + ms - at_s * 1000);
  constexpr std::size_t kClockEnd = std::string_view("2024-11-03T01:00:00").size();
  return text.insert(kClockEnd, '.' + fraction.substr(1));
}

std::int64_t Zone::start_of(const CivilDate& date) const {
  const std::int64_t local_s = days_from_civil(date) * kSecondsPerDay;
  if (zone_ == nullptr) {
    return local_s * 1000;
  }
  const date::local_seconds local{std::chrono::seconds{local_s}};
  return zone_->to_sys(local, date::choose::earliest).time_since_epoch().count() * 1000;
}

std::optional<std::int64_t> Zone::instant_of_local(std::int64_t local_ms) const {
  if (zone_ == nullptr) {
    return local_ms;
  }
  const std::int64_t local_s = floor_div(local_ms, 1000);
  const auto info = zone_->get_info(date::local_seconds{std::chrono::seconds{local_s}});
  if (info.result != date::local_info::unique) {
    return std::nullopt;
  }
  return local_ms - info.first.offset.count() * 1000;
}

void Zone::add_starts(CivilUnit unit, const Span& span, std::int64_t from_s, std::int64_t to_s,
                      std::optional<std::int64_t>& newest, std::vector<Start>& out) const {
  const std::int64_t begin = std::max(span.begin_s, from_s);
  const std::int64_t end = std::min(span.end_s, to_s) + span.offset_s;
  for (std::int64_t local = begin + span.offset_s; local < end; local = next_start(unit, local)) {
    const std::int64_t number = number_of(unit, local);
    const bool begins = unit == CivilUnit::hour ? number != newest || local % 3600 == 0
                                                : !newest || number > *newest;
    if (!begins) {
      continue;
    }
    newest = number;
    const CivilDate date = civil_from_days(floor_div(local, kSecondsPerDay));
    const std::int64_t at_s = local - span.offset_s;
    out.push_back({at_s, unit == CivilUnit::month ? format_month(date)
                         : unit == CivilUnit::day
                             ? format_date(date)
                             : format_local(at_s * 1000, span.offset_s, span.is_utc)});
  }
}

std::vector<Period> Zone::periods(CivilUnit unit, std::int64_t from_ms, std::int64_t to_ms) const {
  if (from_ms >= to_ms) {
    return {};
  }
  const std::int64_t first_s = std::clamp(floor_div(from_ms, 1000), kEarliest_s, kLatest_s);
  const std::int64_t from_s = std::max(first_s - kLookBack_s, kEarliest_s);
  const std::int64_t to_s = std::min(floor_div(to_ms - 1, 1000) + kLookBack_s, kLatest_s);
  std::vector<Start> starts;
  std::optional<std::int64_t> newest;
  for (std::int64_t at = from_s; at < to_s;) {
    const Span span = span_at(at);
    add_starts(unit, span, from_s, to_s, newest, starts);
    at = span.end_s;
  }
  std::vector<Period> periods;
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    const std::int64_t start_ms = starts[i].at_s * 1000;
    const std::int64_t end_ms = starts[i + 1].at_s * 1000;
    if (end_ms > from_ms && start_ms < to_ms) {
      periods.push_back({start_ms, end_ms, std::move(starts[i].label)});
    }
  }
  return periods;
}

}  // namespace fleetmeter::base

std::vector<std::string> fleetmeter::zone_names() {
  std::vector<std::string> names;
  for (const auto& zone : date::get_tzdb().zones) {
    names.push_back(zone.name());
  }
  return names;
}
