#include "decode/own_time.hpp"

#include <algorithm>
#include <array>

#include "base/name_time.hpp"
#include "base/said_time.hpp"

namespace fleetmeter::decode {

namespace {

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
  static constexpr std::array<std::string_view, 5> kNames{"bserved", "\"timestamp\"",
                                                          "\"@timestamp\"", "\"time\"", "\"ts\""};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    return record.find(name) != std::string_view::npos;
  });
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
