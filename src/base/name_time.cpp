#include "base/name_time.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/cursor.hpp"
#include "base/time_text.hpp"

namespace fleetmeter::base {

namespace {

constexpr std::string_view kDateSeparators = "-_.";
constexpr std::string_view kClockSeparators = "-:_.";
constexpr std::int64_t kFirstUnix_s = 1'420'070'400;  // 2015-01-01
constexpr std::int64_t kLastUnix_s = 4'102'444'800;   // 2100-01-01

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// A time as it stands in a name.
struct CivilTime {
  std::optional<CivilDate> date;
  TimeOfDay clock;
  std::optional<int> offset_s;
  std::string_view text;
};

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

/// `2024-11-01`, `20241101`.
std::optional<CivilDate> take_date(Cursor& in) {
  const int year = in.digits(4);
  const char separator = in.peek();
  const bool separated = in.take(kDateSeparators);
  const int month = in.digits(2);
  if (separated && !in.take(std::string_view(&separator, 1))) {
    return std::nullopt;
  }
  const int day = in.digits(2);
  if (year < 0 || month < 0 || day < 0) {
    return std::nullopt;
  }
  const CivilDate date{year, static_cast<unsigned>(month), static_cast<unsigned>(day)};
  return is_real(date) ? std::optional(date) : std::nullopt;
}

/// `Z`, `UTC`, or an offset that some place has.
std::optional<int> take_zone(Cursor& in) {
  Cursor ahead = in;
  static_cast<void>(ahead.rest().size() > 3 && ahead.take("_- "));
  for (Cursor* from : {&in, &ahead}) {
    Cursor word = *from;
    const bool is_utc =
        (from == &in && word.take("Zz")) || word.take_word("UTC") || word.take_word("GMT");
    if (is_utc && !is_word(word.peek())) {
      in = word;
      return 0;
    }
  }
  Cursor offset = in;
  const bool plus = offset.take("+");
  if (!plus && !offset.take("-")) {
    return std::nullopt;
  }
  const int hours = offset.digits(2);
  const bool colon = offset.take(":");
  if (!colon && !plus) {
    return std::nullopt;  // -0007 may be a running number
  }
  static_cast<void>(colon || offset.take("-"));
  const int minutes = offset.digits(2);
  const int total = hours * 60 + minutes;
  const bool is_in_use = hours >= 0 && minutes >= 0 && minutes % 15 == 0 && minutes < 60 &&
                         total <= (plus ? 14 : 12) * 60;
  if (!is_in_use || offset.at_digit()) {
    return std::nullopt;
  }
  in = offset;
  return (plus ? total : -total) * 60;
}

/// Milliseconds, micro- or nanoseconds behind the seconds, when what follows shows that they are.
int take_fraction(Cursor& in, bool separated) {
  Cursor ahead = in;
  const bool is_point = ahead.take(".,");
  const bool may_be = is_point || !separated || ahead.take("-_");
  const std::size_t digits = count_digits(ahead.rest());
  const bool is_usual = digits == 3 || digits == 6 || digits == 9;
  if (!may_be || digits == 0 || (!is_point && !is_usual)) {
    return 0;
  }
  const int ms = ahead.fraction_ms();
  Cursor behind = ahead;
  const bool has_zone = take_zone(behind).has_value();
  if (!has_zone && !(is_point && is_usual)) {
    return 0;
  }
  in = ahead;
  return ms;
}

/// `08-30`, `08:30:00`, `083000.123`.
std::optional<TimeOfDay> take_clock(Cursor& in) {
  TimeOfDay clock;
  clock.hour = in.digits(2);
  const char separator = in.peek();
  const bool separated = in.take(kClockSeparators);
  clock.minute = in.digits(2);
  Cursor seconds = in;
  if (clock.minute >= 0 && (!separated || seconds.take(std::string_view(&separator, 1)))) {
    const int second = seconds.digits(2);
    if (second >= 0) {
      clock.second = second;
      in = seconds;
      clock.ms = take_fraction(in, separated);
    }
  }
  const bool is_time = clock.hour >= 0 && clock.hour < 24 && clock.minute >= 0 &&
                       clock.minute < 60 && clock.second < 60;
  return is_time ? std::optional(clock) : std::nullopt;
}

/// The rest of a time whose date is known or comes from elsewhere.
std::optional<CivilTime> take_time(std::string_view from, Cursor in,
                                   std::optional<CivilDate> date) {
  const bool is_compact = count_digits(in.rest()) > 2;
  const auto clock = take_clock(in);
  if (!clock) {
    return std::nullopt;
  }
  CivilTime time{date, *clock, take_zone(in), {}};
  // Digits in one run may be anything, unless something says that they are a time.
  const bool is_told = time.offset_s || (date ? true : !is_compact);
  if (in.at_digit() || !is_told) {
    return std::nullopt;
  }
  time.text = from.substr(0, from.size() - in.rest().size());
  return time;
}

std::optional<CivilTime> date_and_time_at(std::string_view text) {
  Cursor in(text);
  const bool is_run = count_digits(text) == 14;
  const auto date = take_date(in);
  if (!date || (!is_run && !in.take("Tt_- ."))) {
    return std::nullopt;
  }
  return take_time(text, in, date);
}

std::optional<CivilTime> time_of_day_at(std::string_view text) {
  Cursor in(text);
  static_cast<void>(in.take("Tt"));
  return take_time(text, in, std::nullopt);
}

std::optional<std::int64_t> unix_ms_at(std::string_view text) {
  const std::size_t digits = count_digits(text);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + std::min<std::size_t>(digits, 13), value);
  if (digits == 13) {
    return value >= kFirstUnix_s * 1000 && value < kLastUnix_s * 1000 ? std::optional(value)
                                                                      : std::nullopt;
  }
  if (digits != 10 || value < kFirstUnix_s || value >= kLastUnix_s) {
    return std::nullopt;
  }
  Cursor behind(text.substr(digits));
  const bool has_point = behind.take(".");
  const std::size_t fraction = count_digits(behind.rest());
  const bool is_fraction = has_point && (fraction == 3 || fraction == 6 || fraction == 9);
  return value * 1000 + (is_fraction ? behind.fraction_ms() : 0);
}

/// Calls `look(rest)` wherever a number or a word may begin.
template <class Look>
void each_beginning(std::string_view name, Look&& look) {
  for (std::size_t at = 0; at < name.size();) {
    const bool inside_number = at > 0 && is_digit(name[at - 1]) && is_digit(name[at]);
    at += inside_number ? 1 : std::max<std::size_t>(look(name.substr(at)), 1);
  }
}

std::vector<CivilTime> dates_and_times(std::string_view name) {
  std::vector<CivilTime> found;
  each_beginning(name, [&](std::string_view rest) -> std::size_t {
    const auto time = date_and_time_at(rest);
    if (!time) {
      return 0;
    }
    found.push_back(*time);
    return time->text.size();
  });
  return found;
}

NameTime resolve(const CivilTime& time, const Zone* zone) {
  NameTime out{NameTime::Kind::no_zone, {}, std::string(time.text)};
  if (time.offset_s) {
    out.ms = instant_of(*time.date, time.clock, *time.offset_s).ms;
    out.kind = out.ms ? NameTime::Kind::instant : NameTime::Kind::none;
  } else if (zone != nullptr) {
    const auto local = instant_of(*time.date, time.clock, 0).ms;
    out.ms = local ? zone->instant_of_local(*local) : std::nullopt;
    out.kind = out.ms ? NameTime::Kind::instant : NameTime::Kind::twice;
  }
  return out;
}

/// What a component says behind a key (`dt=2024-11-01`), or all of it.
std::string_view behind_key(std::string_view component) {
  const std::size_t equals = component.find('=');
  return equals == std::string_view::npos ? component : component.substr(equals + 1);
}

std::optional<CivilDate> date_of_folder(std::string_view component) {
  Cursor in(behind_key(component));
  const auto date = take_date(in);
  return date && in.done() ? date : std::nullopt;
}

std::optional<int> number_of_folder(std::string_view component, std::size_t digits) {
  const std::string_view text = behind_key(component);
  Cursor in(text);
  const int value = text.size() == digits ? in.digits(digits) : -1;
  return value < 0 ? std::nullopt : std::optional(value);
}

/// Whether a folder may say an hour: 09, 9, 09h, T09, hour=09, 0900Z.
bool may_be_hour(std::string_view component) {
  std::string text;
  for (const char c : component) {
    text += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  for (const char* key : {"hours", "hour", "hh", "hr", "h", "t"}) {
    if (text.starts_with(key)) {
      text.erase(0, std::string_view(key).size());
      break;
    }
  }
  text.erase(0, text.find_first_not_of("=-_"));
  const std::size_t end = text.find_first_not_of("0123456789-:_.");
  const std::string_view rest = end == std::string::npos ? "" : std::string_view(text).substr(end);
  const std::size_t digits = count_digits(text);
  return digits > 0 && (digits <= 2 || digits == 4 || digits == 6) &&
         (rest.empty() || rest == "h" || rest == "z" || rest == "hr");
}

/// The date that the folders above a file say, the nearest first.
std::optional<CivilDate> date_of_folders(std::string_view folders) {
  std::vector<std::string_view> components;
  while (!folders.empty()) {
    const std::size_t slash = folders.find_last_of('/');
    const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
    components.push_back(folders.substr(begin));
    folders = folders.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  for (std::size_t i = 0; i < components.size(); ++i) {
    if (const auto date = date_of_folder(components[i])) {
      return date;
    }
    if (i + 2 < components.size()) {
      const auto day = number_of_folder(components[i], 2);
      const auto month = number_of_folder(components[i + 1], 2);
      const auto year = number_of_folder(components[i + 2], 4);
      const CivilDate date{year.value_or(0), static_cast<unsigned>(month.value_or(0)),
                           static_cast<unsigned>(day.value_or(0))};
      if (day && month && year && is_real(date)) {
        return date;
      }
    }
    if (may_be_hour(components[i])) {
      return std::nullopt;  // then the name does not say all of the time
    }
  }
  return std::nullopt;
}

/// The one time that several readings of a name agree on.
NameTime agree(std::vector<NameTime> readings) {
  for (const NameTime& reading : readings) {
    if (reading.kind != readings.front().kind || reading.ms != readings.front().ms ||
        (!reading.ms && reading.text != readings.front().text)) {
      return {NameTime::Kind::two_times, {}, readings.front().text + " and " + reading.text};
    }
  }
  return readings.empty() ? NameTime() : std::move(readings.front());
}

std::vector<NameTime> unix_times(std::string_view name) {
  std::vector<NameTime> found;
  each_beginning(name, [&](std::string_view rest) -> std::size_t {
    if (const auto ms = unix_ms_at(rest)) {
      found.push_back(
          {NameTime::Kind::instant, ms, std::string(rest.substr(0, count_digits(rest)))});
    }
    return count_digits(rest);
  });
  return found;
}

std::vector<NameTime> times_of_day(std::string_view name, const CivilDate& date, const Zone* zone) {
  std::vector<NameTime> found;
  each_beginning(name, [&](std::string_view rest) -> std::size_t {
    auto time = time_of_day_at(rest);
    if (!time) {
      return count_digits(rest);
    }
    time->date = date;
    found.push_back(resolve(*time, zone));
    return time->text.size();
  });
  return found;
}

}  // namespace

NameTime find_time_in_name(std::string_view path, const Zone* zone) {
  const std::size_t slash = path.find_last_of('/');
  const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  std::vector<NameTime> readings;
  for (const CivilTime& time : dates_and_times(name)) {
    readings.push_back(resolve(time, zone));
  }
  for (const NameTime& unix_time : unix_times(name)) {
    // Beside a time of the same second it says nothing new, and beside another it contradicts.
    constexpr std::int64_t kSecond_ms = 1000;
    if (readings.empty() ||
        (readings.front().ms && *readings.front().ms / kSecond_ms != *unix_time.ms / kSecond_ms)) {
      readings.push_back(unix_time);
    }
  }
  if (readings.empty() && slash != std::string_view::npos) {
    if (const auto date = date_of_folders(path.substr(0, slash))) {
      readings = times_of_day(name, *date, zone);
    }
  }
  return agree(std::move(readings));
}

std::optional<std::int64_t> find_time_in_text(std::string_view text) {
  std::vector<NameTime> readings;
  for (const CivilTime& time : dates_and_times(text)) {
    if (time.offset_s) {
      readings.push_back(resolve(time, nullptr));
    }
  }
  return agree(std::move(readings)).ms;
}

}  // namespace fleetmeter::base
