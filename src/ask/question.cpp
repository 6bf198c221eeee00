#include "fleetmeter/question.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/calendar.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"

namespace fleetmeter {

namespace {

constexpr std::array<std::pair<GroupBy, const char*>, 8> kGroupings{
    {{GroupBy::month, "month"},
     {GroupBy::day, "day"},
     {GroupBy::hour, "hour"},
     {GroupBy::app, "app"},
     {GroupBy::deployment, "deployment"},
     {GroupBy::region, "region"},
     {GroupBy::process, "process"},
     {GroupBy::room, "room"}}};

constexpr std::array<std::pair<Absence, const char*>, 2> kAbsences{
    {{Absence::trust, "trust"}, {Absence::ignore, "ignore"}}};

GroupBy parse_one(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [by, known] : kGroupings) {
    if (name == known) {
      return by;
    }
    names.emplace_back(known);
  }
  throw Error(ErrorKind::usage, spelled(Term::by) + ": no such grouping (" + base::printable(name) +
                                    ")" + base::did_you_mean(name, names) +
                                    "; there are month, day, hour, app, deployment, region, "
                                    "process, room");
}

void set_day(Question& question, const base::Zone& zone, const std::string& text) {
  const auto day = base::parse_date(text);
  if (!day) {
    throw Error(ErrorKind::usage, spelled(Term::day) + ": not a date like 2024-11-03 (" +
                                      base::printable(text) + ")");
  }
  question.from_ms = zone.start_of(*day);
  question.to_ms = zone.start_of(base::civil_from_days(base::days_from_civil(*day) + 1));
  if (*question.from_ms >= *question.to_ms) {
    throw Error(ErrorKind::usage,
                spelled(Term::day) + ": " + zone.name() + " skipped this date (" + text + ")");
  }
}

void set_month(Question& question, const base::Zone& zone, const std::string& text) {
  const auto first = base::parse_date(text + "-01");
  if (!first) {
    throw Error(ErrorKind::usage, spelled(Term::month) + ": not a month like 2024-11 (" +
                                      base::printable(text) + ")");
  }
  base::CivilDate next = *first;
  next.year += next.month == 12 ? 1 : 0;
  next.month = next.month == 12 ? 1 : next.month + 1;
  question.from_ms = zone.start_of(*first);
  question.to_ms = zone.start_of(next);
}

/// What a text names windows by.
std::vector<std::string> windows_named_by(const WindowText& text) {
  std::vector<std::string> named;
  const auto add = [&](bool is_given, const std::string& name) {
    if (is_given) {
      named.push_back(name);
    }
  };
  add(text.from || text.to, spelled(Term::from) + '/' + spelled(Term::to));
  add(text.day.has_value(), spelled(Term::day));
  add(text.month.has_value(), spelled(Term::month));
  add(text.last_month, spelled(Term::last_month));
  add(text.this_month, spelled(Term::this_month));
  add(text.yesterday, spelled(Term::yesterday));
  return named;
}

/// The month or the day that holds an instant. Throws Error(usage) outside the years of dates.
base::Period period_at(base::CivilUnit unit, const base::Zone& zone, std::int64_t at_ms,
                       const std::string& option) {
  const std::vector<base::Period> found = zone.periods(unit, at_ms, at_ms + 1);
  const std::string first_day = unit == base::CivilUnit::month ? "-01" : "";
  if (found.empty() || !base::parse_date(found.front().label + first_day)) {
    throw Error(ErrorKind::usage, option + ": would be outside the years 0 to 9999");
  }
  return found.front();
}

}  // namespace

std::int64_t parse_instant(const std::string& option, const std::string& text,
                           const std::string& tz) {
  if (const auto date = base::parse_date(text)) {
    return base::Zone(tz).start_of(*date);
  }
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    throw Error(ErrorKind::usage, option + ": no such date (" + base::printable(text) + ")");
  }
  const base::ParsedTime parsed = base::parse_rfc3339(text);
  if (!parsed.ms) {
    throw Error(ErrorKind::usage,
                option + ": " + parsed.problem + " (" + base::printable(text) + ")");
  }
  return *parsed.ms;
}

std::int64_t parse_duration(const std::string& option, const std::string& text) {
  const auto parsed = base::parse_duration(text);
  if (!parsed) {
    throw Error(ErrorKind::usage, option + ": not a duration like 15m, 72h, 90s, 250ms or 3d (" +
                                      base::printable(text) + ")");
  }
  return *parsed;
}

const char* absence_name(Absence absence) {
  return kAbsences[static_cast<std::size_t>(absence)].second;
}

Absence parse_absence(const std::string& option, const std::string& text) {
  for (const auto& [absence, name] : kAbsences) {
    if (text == name) {
      return absence;
    }
  }
  throw Error(ErrorKind::usage,
              option + ": trust or ignore, not " + base::printable(text) +
                  base::did_you_mean(text, {kAbsences[0].second, kAbsences[1].second}));
}

void expect_one_window(const WindowText& text) {
  const std::vector<std::string> named = windows_named_by(text);
  if (named.size() < 2) {
    return;
  }
  std::string all = named.front();
  for (std::size_t i = 1; i < named.size(); ++i) {
    all += (i + 1 < named.size() ? ", " : " and ") + named[i];
  }
  throw Error(ErrorKind::usage, all + " each name a window; give only one of them");
}

WindowText counted_from(std::optional<std::int64_t> as_of_ms, const WindowText& text,
                        const std::string& tz) {
  expect_one_window(text);
  if (!text.counts_from_as_of()) {
    return text;
  }
  const std::string option = windows_named_by(text).front();
  if (!as_of_ms) {
    throw Error(ErrorKind::usage,
                option + ": counts from the newest snapshot that is known, and none is");
  }
  const base::Zone zone(tz);
  const auto unit = text.yesterday ? base::CivilUnit::day : base::CivilUnit::month;
  base::Period period = period_at(unit, zone, *as_of_ms, option);
  if (!text.this_month) {
    period = period_at(unit, zone, period.start_ms - 1, option);
  }
  WindowText window;
  (text.yesterday ? window.day : window.month) = period.label;
  return window;
}

void set_window(Question& question, const WindowText& asked) {
  const WindowText text = counted_from(question.as_of_ms, asked, question.tz);
  const base::Zone zone(question.tz);
  if (text.day) {
    set_day(question, zone, *text.day);
  }
  if (text.month) {
    set_month(question, zone, *text.month);
  }
  if (text.from) {
    question.from_ms = parse_instant(spelled(Term::from), *text.from, question.tz);
  }
  if (text.to) {
    question.to_ms = parse_instant(spelled(Term::to), *text.to, question.tz);
  }
  if (question.from_ms && question.to_ms && *question.from_ms >= *question.to_ms) {
    throw Error(ErrorKind::usage, spelled(Term::from_and_to) +
                                      ": the window is empty or inverted (" +
                                      base::format_utc(*question.from_ms) + " to " +
                                      base::format_utc(*question.to_ms) + ")");
  }
}

std::vector<GroupBy> parse_group_by(const std::string& list) {
  std::vector<GroupBy> by;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    const GroupBy one = parse_one(list.substr(at, comma - at));
    if (std::find(by.begin(), by.end(), one) != by.end()) {
      throw Error(ErrorKind::usage, spelled(Term::by) + ": a grouping comes twice (" + list + ")");
    }
    by.push_back(one);
    at = comma + 1;
  }
  return by;
}

const char* column_name(GroupBy by) {
  switch (by) {
    case GroupBy::month:
      return "month";
    case GroupBy::day:
      return "day";
    case GroupBy::hour:
      return "hour";
    case GroupBy::app:
      return "app_id";
    case GroupBy::deployment:
      return "deployment_id";
    case GroupBy::region:
      return "region";
    case GroupBy::process:
      return "process_id";
    case GroupBy::room:
      break;
  }
  return "room_id";
}

}  // namespace fleetmeter
