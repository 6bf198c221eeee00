#include "base/said_time.hpp"

#include <algorithm>
#include <charconv>

#include "base/cursor.hpp"

namespace fleetmeter::base {

namespace {

constexpr std::int64_t kFirstMeant_ms = 946'684'800'000;     // 2000-01-01T00:00:00Z
constexpr std::int64_t kLastMeant_ms = 253'370'764'800'000;  // 9999-01-01T00:00:00Z
constexpr std::int64_t kFirstUnix_ms = 1'420'070'400'000;    // 2015-01-01T00:00:00Z
constexpr std::int64_t kLastUnix_ms = 4'102'444'800'000;     // 2100-01-01T00:00:00Z
constexpr int kFirstMeantYear = 2000;
constexpr int kLastMeantYear = 9999;

/// One or more digits; -1 for none, the largest value for more than fit.
int take_number(Cursor& in) {
  if (!in.at_digit()) {
    return -1;
  }
  int value = 0;
  while (in.at_digit()) {
    value = std::min(value, 99'999'999) * 10 + (in.peek() - '0');
    in.skip(1);
  }
  return value;
}

bool is_clock_text(std::string_view text) {
  return text.find_first_not_of("0123456789 :.,+-TtZzUCGMAPampP") == std::string_view::npos;
}

/// A year of four digits or more; -1 for fewer, which may be a day, a month or a year of a century.
int take_year(Cursor& in) {
  constexpr std::size_t kFewestDigits = 4;
  const std::size_t before = in.rest().size();
  const int year = take_number(in);
  return before - in.rest().size() < kFewestDigits ? -1 : year;
}

bool is_unmeant(int year) {
  return year >= 0 && (year < kFirstMeantYear || year >= kLastMeantYear);
}

/// Whether a text that is no time with a zone begins with a date that means none.
bool has_unmeant_date(std::string_view text) {
  Cursor in(text);
  const bool is_negative = in.take("-");
  static_cast<void>(!is_negative && in.take("+"));
  Cursor american = in;  // 1/1/0001 12:00:00 AM
  if (take_number(american) >= 0 && american.take("/") && take_number(american) >= 0 &&
      american.take("/") && is_unmeant(take_year(american))) {
    return is_clock_text(american.rest());
  }
  const int year = take_year(in);
  const char* const between = in.peek() == '/' ? "/" : "-";
  const bool is_date =
      in.take(between) && in.digits(2) >= 0 && in.take(between) && in.digits(2) >= 0;
  return is_date && year >= 0 && (is_negative || is_unmeant(year)) && is_clock_text(in.rest());
}

/// `/Date(1730453400000)/` or `/Date(1730453400000+0100)/`: the offset only says how it was shown.
std::optional<std::int64_t> parse_dotnet(std::string_view text) {
  constexpr std::string_view kBegin = "/Date(";
  if (!text.starts_with(kBegin) || !text.ends_with(")/")) {
    return std::nullopt;
  }
  const std::string_view inside = text.substr(kBegin.size(), text.size() - kBegin.size() - 2);
  std::int64_t ms = 0;
  const auto [end, code] = std::from_chars(inside.data(), inside.data() + inside.size(), ms);
  Cursor offset(inside.substr(static_cast<std::size_t>(end - inside.data())));
  const bool has_offset = offset.take("+-");
  const bool is_whole = has_offset ? offset.digits(4) >= 0 && offset.done() : offset.done();
  return code == std::errc() && is_whole ? std::optional(ms) : std::nullopt;
}

}  // namespace

bool means_no_time(std::int64_t ms) {
  return ms < kFirstMeant_ms || ms >= kLastMeant_ms;
}

ParsedTime parse_time(std::string_view text) {
  const ParsedTime parsed = parse_rfc3339(text);
  const std::optional<std::int64_t> dotnet_ms = parsed.ms ? std::nullopt : parse_dotnet(text);
  return dotnet_ms ? ParsedTime{dotnet_ms, nullptr} : parsed;
}

SaidTime read_said_time(std::string_view text) {
  const ParsedTime parsed = parse_time(text);
  if (parsed.ms ? means_no_time(*parsed.ms) : has_unmeant_date(text)) {
    return {{}, true, nullptr};
  }
  return {parsed.ms, false, parsed.problem};
}

std::optional<std::int64_t> parse_unix_time(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(whole.data(), whole.data() + whole.size(), value);
  if (code != std::errc() || end != whole.data() + whole.size()) {
    return std::nullopt;
  }
  int fraction_ms = 0;
  if (point < text.size()) {
    Cursor fraction(text.substr(point + 1));
    fraction_ms = fraction.fraction_ms();
    if (fraction_ms < 0 || !fraction.done()) {
      return std::nullopt;
    }
  }
  std::int64_t ms = 0;
  switch (whole.size()) {
    case 10:
      ms = value * 1000 + fraction_ms;
      break;
    case 13:
      ms = value;
      break;
    case 16:
      ms = value / 1000;
      break;
    case 19:
      ms = value / 1'000'000;
      break;
    default:
      return std::nullopt;
  }
  return ms >= kFirstUnix_ms && ms < kLastUnix_ms ? std::optional(ms) : std::nullopt;
}

}  // namespace fleetmeter::base
