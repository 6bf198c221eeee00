#include "decode/own_time.hpp"

#include <algorithm>
#include <array>

#include "base/name_time.hpp"
#include "base/said_time.hpp"
#include "base/time_text.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::string_view kObserved = "bserved";  // observedAt, observed_at, ObservedAt

/// Whether hh:mm, a date, or a number as long as one stands in a text.
bool looks_like_a_time(std::string_view text) {
  constexpr std::size_t kDigitsOfDate = 8;
  const auto is_digit = [&](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    run = is_digit(at) ? run + 1 : 0;
    const bool joins = run > 0 && at + 1 < text.size() && is_digit(at + 2) && is_digit(at + 3);
    const bool is_clock = joins && text[at + 1] == ':';
    const bool is_date = joins && run == 4 && (text[at + 1] == '-' || text[at + 1] == '/');
    if (is_clock || is_date || run >= kDigitsOfDate) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool says_a_time(std::string_view record) {
  static constexpr std::array<std::string_view, 6> kNames{
      kObserved,  "\"timestamp\"", "\"@timestamp\"",
      "\"time\"", "\"ts\"",        "\\u"};  // a name may be escaped
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    return record.find(name) != std::string_view::npos;
  });
}

bool says_observed_at(std::string_view document, std::int64_t at_ms) {
  constexpr std::size_t kToSecond = 19;  // 2024-11-01T08:30:00
  constexpr std::size_t kBehindName = 16;
  const std::size_t at = document.find(kObserved);
  return document.starts_with('{') && at != std::string_view::npos &&
         document.substr(at, kObserved.size() + kBehindName + kToSecond)
                 .find(base::format_utc(at_ms).substr(0, kToSecond)) != std::string_view::npos;
}

OwnTime time_in(std::string_view prefix) {
  OwnTime time;
  time.ms = base::find_time_in_text(prefix);
  if (!time.ms) {
    const std::size_t end = prefix.find_last_not_of(" \t") + 1;
    time.ms = base::parse_unix_time(prefix.substr(0, end));
  }
  time.is_unread = !time.ms && looks_like_a_time(prefix);
  return time;
}

}  // namespace fleetmeter::decode
