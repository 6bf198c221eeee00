#include "sim/text.hpp"

#include <algorithm>
#include <charconv>

namespace fleetmeter::sim {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

/// A civil date of the proleptic Gregorian calendar.
struct Date {
  std::int64_t year = 0;
  std::int64_t month = 0;
  std::int64_t day = 0;
};

/// http://howardhinnant.github.io/date_algorithms.html#civil_from_days
Date date_of(std::int64_t days) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = floor_div(z, 146097);
  const std::int64_t of_era = z - era * 146097;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {year + era * 400 + (month <= 2 ? 1 : 0), month, of_year - (153 * shifted + 2) / 5 + 1};
}

/// http://howardhinnant.github.io/date_algorithms.html#days_from_civil
std::int64_t days_of(const Date& date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = floor_div(year, 400);
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year =
      (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  const auto length = static_cast<std::size_t>(end - digits);
  out.append(width > length ? width - length : 0, '0');
  out.append(digits, length);
}

void append_offset(std::string& out, const std::optional<int>& offset_minutes) {
  if (!offset_minutes) {
    out += 'Z';
    return;
  }
  const int minutes = *offset_minutes < 0 ? -*offset_minutes : *offset_minutes;
  out += *offset_minutes < 0 ? '-' : '+';
  append_padded(out, minutes / 60, 2);
  out += ':';
  append_padded(out, minutes % 60, 2);
}

void append_fraction(std::string& out, std::int64_t millis, const TimeStyle& style) {
  if (style.fraction_digits == 0) {
    return;
  }
  std::string nanos;
  append_padded(nanos, millis * 1'000'000 + style.below_ms, 9);
  out += '.';
  out.append(nanos, 0, static_cast<std::size_t>(style.fraction_digits));
}

}  // namespace

void append_instant(std::string& out, std::int64_t at_ms, const TimeStyle& style) {
  const std::int64_t local = at_ms + style.offset_minutes.value_or(0) * std::int64_t{60'000};
  const std::int64_t days = floor_div(local, kDayMs);
  const std::int64_t of_day = local - days * kDayMs;
  const Date date = date_of(days);
  const std::string_view dash = style.separators.substr(0, style.separators.empty() ? 0 : 1);
  const std::string_view colon = style.separators.empty() ? "" : style.separators.substr(1);
  append_padded(out, date.year, 4);
  out += dash;
  append_padded(out, date.month, 2);
  out += dash;
  append_padded(out, date.day, 2);
  out += 'T';
  append_padded(out, of_day / 3'600'000, 2);
  out += colon;
  append_padded(out, of_day / 60'000 % 60, 2);
  out += colon;
  append_padded(out, of_day / 1000 % 60, 2);
  append_fraction(out, of_day % 1000, style);
  append_offset(out, style.offset_minutes);
}

std::string instant(std::int64_t at_ms, const TimeStyle& style) {
  std::string out;
  append_instant(out, at_ms, style);
  return out;
}

std::optional<std::int64_t> parse_instant(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t count) {
    std::int64_t value = 0;
    std::from_chars(text.data() + at, text.data() + at + count, value);
    return value;
  };
  if (text.size() != 10 && text.size() != 20) {
    return std::nullopt;
  }
  const std::int64_t day_ms = days_of({number(0, 4), number(5, 2), number(8, 2)}) * kDayMs;
  const std::int64_t at_ms =
      text.size() == 10
          ? day_ms
          : day_ms + ((number(11, 2) * 60 + number(14, 2)) * 60 + number(17, 2)) * 1000;
  // Whatever was misread is not written again the same way.
  const std::string again = instant(at_ms, {.fraction_digits = 0, .offset_minutes = {}});
  return again.substr(0, text.size()) == text ? std::optional(at_ms) : std::nullopt;
}

void append_number(std::string& out, std::int64_t value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c;
  }
  return out + '"';
}

std::string ObjectText::text(KeyOrder order, Random& random) {
  if (order == KeyOrder::alphabetical) {
    std::sort(members_.begin(), members_.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
  } else if (order == KeyOrder::shuffled) {
    random.shuffle(members_);
  }
  std::string out;
  out.reserve(1200);
  for (const auto& [key, value] : members_) {
    out += out.empty() ? "{\"" : ",\"";
    out += key;
    out += "\":";
    out += value;
  }
  return out.empty() ? "{}" : out + '}';
}

std::string pretty(std::string_view json) {
  std::string out;
  out.reserve(json.size() * 3 / 2);
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string || c == '"') {
      out += c;
      if (c == '\\') {
        out += json[++i];
      } else if (c == '"') {
        in_string = !in_string;
      }
    } else if (c == '{' || c == '[') {
      out += c;
      const char closing = c == '{' ? '}' : ']';
      if (i + 1 < json.size() && json[i + 1] == closing) {
        out += json[++i];
      } else {
        out.append(1, '\n').append(2 * ++depth, ' ');
      }
    } else if (c == '}' || c == ']') {
      out.append(1, '\n').append(2 * --depth, ' ') += c;
    } else if (c == ',') {
      out.append(",\n").append(2 * depth, ' ');
    } else {
      out += c;
      out += c == ':' ? " " : "";
    }
  }
  return out;
}

}  // namespace fleetmeter::sim
