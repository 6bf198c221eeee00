#include "civil.hpp"

#include <algorithm>
#include <regex>
#include <set>

#include <date/tz.h>

namespace fleetmeter::reference {
namespace {

/// A stretch of time in which the zone's offset stays the same.
struct Stretch {
  Millis begin = 0;
  Millis end = 0;
  Millis offset = 0;
  Millis offset_before = 0;  // in force just before `begin`
  std::string abbreviation;
};

const date::time_zone& zone_named(const std::string& tz) {
  try {
    return *date::locate_zone(tz);
  } catch (const std::runtime_error&) {
    throw Error("no such time zone: " + tz);
  }
}

date::sys_info info_at(const date::time_zone& zone, Millis t) {
  return zone.get_info(date::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(t)));
}

Millis offset_of(const date::sys_info& info) {
  return std::chrono::milliseconds(info.offset).count();
}

/// The zone from `from` to `to`, cut at every transition.
std::vector<Stretch> stretches(const std::string& tz, Millis from, Millis to) {
  const date::time_zone& zone = zone_named(tz);
  std::vector<Stretch> out;
  for (Millis at = from; at < to;) {
    const date::sys_info info = info_at(zone, at);
    // In seconds, as the last stretch ends too far away for milliseconds.
    const Millis end_s = info.end.time_since_epoch().count();
    const Millis end = end_s >= to / 1000 + 1 ? to : std::min(to, end_s * 1000);
    out.push_back({at, end, offset_of(info), offset_of(info_at(zone, at - 1)), info.abbrev});
    at = end;
  }
  return out;
}

Millis floor_div(Millis a, Millis b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

std::string two(Millis n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

std::string date_label(Millis local_day) {
  const date::year_month_day ymd{date::sys_days(date::days(static_cast<int>(local_day)))};
  std::string year = std::to_string(int{ymd.year()});
  year.insert(0, year.size() < 4 ? 4 - year.size() : 0, '0');
  return year + "-" + two(unsigned{ymd.month()}) + "-" + two(unsigned{ymd.day()});
}

/// "RFC 3339 of the window's start instant in the zone, `Z` only when the abbreviation is UTC."
std::string instant_label(Millis t, const Stretch& stretch) {
  const Millis local = t + stretch.offset;
  const Millis day = floor_div(local, kDay);
  const Millis second = floor_div(local - day * kDay, 1000);
  std::string text = date_label(day) + "T" + two(second / 3600) + ":" + two(second / 60 % 60) +
                     ":" + two(second % 60);
  if (stretch.abbreviation == "UTC") {
    return text + "Z";
  }
  const Millis minutes = (stretch.offset < 0 ? -stretch.offset : stretch.offset) / kMinute;
  return text + (stretch.offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
}

/// The instants of a stretch at which the local clock is a whole multiple of `unit`.
std::vector<Millis> aligned_instants(const Stretch& stretch, Millis unit) {
  std::vector<Millis> out;
  const Millis first_local = floor_div(stretch.begin + stretch.offset + unit - 1, unit) * unit;
  for (Millis t = first_local - stretch.offset; t < stretch.end; t += unit) {
    out.push_back(t);
  }
  return out;
}

/// Far enough before `from` to see the start of its hour, day and month.
constexpr Millis kLookBack = 40 * kDay;

bool is_date(const std::string& text) {
  return std::regex_match(text, std::regex("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"));
}

Millis utc_midnight(const std::string& day) {
  const std::optional<Millis> t = parse_rfc3339(day + "T00:00:00Z");
  if (!is_date(day) || !t) {
    throw Error("no such date: " + day);
  }
  return *t;
}

/// The window of the period that is written like `label`.
Window window_of(const std::vector<CivilStart>& starts, const std::string& label) {
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    if (starts[i].label == label) {
      return {starts[i].at, starts[i + 1].at};
    }
  }
  throw Error("the zone has no such period: " + label);
}

}  // namespace

/// "An hour starts at every instant at which the local clock reads hh:00:00 or at which the local
/// (date, hour) changes."
std::vector<CivilStart> hour_starts(const std::string& tz, Millis from, Millis to) {
  std::vector<CivilStart> out;
  for (const Stretch& stretch : stretches(tz, from - kLookBack, to)) {
    std::set<Millis> instants;
    for (const Millis t : aligned_instants(stretch, kHour)) {
      instants.insert(t);
    }
    const Millis hour_before = floor_div(stretch.begin - 1 + stretch.offset_before, kHour);
    if (hour_before != floor_div(stretch.begin + stretch.offset, kHour)) {
      instants.insert(stretch.begin);
    }
    for (const Millis t : instants) {
      out.push_back({t, instant_label(t, stretch)});
    }
  }
  return out;
}

/// "A day starts at the first instant of the local date (midnight, the earlier of two midnights,
/// or the transition instant when midnight does not exist); dates skipped give no window."
std::vector<CivilStart> day_starts(const std::string& tz, Millis from, Millis to) {
  std::vector<CivilStart> out;
  std::optional<Millis> latest_day;
  for (const Stretch& stretch : stretches(tz, from - kLookBack, to)) {
    std::vector<Millis> instants = {stretch.begin};
    for (const Millis t : aligned_instants(stretch, kDay)) {
      instants.push_back(t);
    }
    for (const Millis t : instants) {
      const Millis day = floor_div(t + stretch.offset, kDay);
      if (latest_day && day > *latest_day) {
        out.push_back({t, date_label(day)});
      }
      latest_day = std::max(day, latest_day.value_or(day));
    }
  }
  return out;
}

/// A month starts with the first of its days.
std::vector<CivilStart> month_starts(const std::string& tz, Millis from, Millis to) {
  std::vector<CivilStart> out;
  std::string latest_month;
  for (const CivilStart& day : day_starts(tz, from, to)) {
    const std::string month = day.label.substr(0, 7);
    if (!latest_month.empty() && month != latest_month) {
      out.push_back({day.at, month});
    }
    latest_month = month;
  }
  return out;
}

Window day_window(const std::string& tz, const std::string& day) {
  const Millis near = utc_midnight(day);
  return window_of(day_starts(tz, near - 3 * kDay, near + 4 * kDay), day);
}

Window month_window(const std::string& tz, const std::string& month) {
  const Millis near = utc_midnight(month + "-01");
  return window_of(month_starts(tz, near - 3 * kDay, near + 40 * kDay), month);
}

Millis parse_instant(std::string_view text, const std::string& tz) {
  if (const std::optional<Millis> instant = parse_rfc3339(text)) {
    return *instant;
  }
  const std::string day(text);
  const Millis near = utc_midnight(day);
  for (const CivilStart& start : day_starts(tz, near - 3 * kDay, near + 4 * kDay)) {
    if (start.label >= day) {
      return start.at;
    }
  }
  throw Error("no such instant: " + day);
}

}  // namespace fleetmeter::reference
