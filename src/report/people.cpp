#include "report/people.hpp"

#include <array>
#include <utility>

#include "base/ratio.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/decimal.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::report {

namespace {

constexpr std::int64_t kHour_ms = 3'600'000;

/// Commas between thousands, in the whole part of a decimal.
std::string grouped(std::string digits) {
  const std::size_t point = digits.find('.');
  const std::size_t begin = digits.front() == '-' ? 1 : 0;
  std::size_t at = point == std::string::npos ? digits.size() : point;
  while (at > begin + 3) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string in_units(Int128 value, Int128 unit) {
  return grouped(to_text(base::Ratio(value, unit).round(2)));
}

struct Unit {
  Int128 size;
  const char* name;
};
constexpr std::array<Unit, 5> kUnits{
    {{1, "B"}, {1'000, "kB"}, {1'000'000, "MB"}, {1'000'000'000, "GB"}, {1'000'000'000'000, "TB"}}};

const Unit& unit_of(Int128 bytes) {
  std::size_t unit = kUnits.size() - 1;
  while (unit > 0 && bytes < kUnits[unit].size && -bytes < kUnits[unit].size) {
    --unit;
  }
  return kUnits[unit];
}

constexpr std::array<std::pair<const char*, const char*>, 19> kMeanings{
    {{"ahead_of_snapshot",
      "a time is later than the snapshot that says it: announced, or a clock was wrong"},
     {"clamped32", "the counter stands at the most that 32 bits hold: bytes may be missing"},
     {"counter_break", "the counter fell and did not recover: it may have restarted"},
     {"flickered", "a list that ought to hold it did not, and a later one did"},
     {"gone", "no end was seen, but a later list no longer held it"},
     {"identity_change", "an attribute that never changes did: app, deployment or region"},
     {"inverted", "it was told to stop before it started: nothing is billable"},
     {"long_life", "it ran longer than processes are believed to live"},
     {"never_started", "it ended without having started: nothing is billable"},
     {"no_stop_order", "it ended without a stop order: billed to its end"},
     {"open", "its last counter was not seen: it may have sent more"},
     {"orphan", "lost from sight: billed to when it was last seen"},
     {"restated", "two snapshots say different things of one instant"},
     {"running", "it still ran when it was last seen"},
     {"stale_read", "its counter dipped and recovered: a stale answer"},
     {"starting", "it had not started when it was last seen"},
     {"unknown_start", "its counter was first read above 0, from an unknown start"},
     {"unmetered", "it never said how much it sent"},
     {"wrap32", "its counter wrapped around 32 bits; repaired"}}};

}  // namespace

std::string hours(Int128 ms) {
  return in_units(ms, kHour_ms) + " h";
}

std::string bytes(Int128 bytes) {
  const Unit& unit = unit_of(bytes);
  return (unit.size == 1 ? grouped(to_text(bytes)) : in_units(bytes, unit.size)) + ' ' + unit.name;
}

std::string amount(Int128 minor, const Money& money) {
  return grouped(to_text(Decimal(minor, money.minor_digits))) + ' ' + money.currency;
}

std::string thousands(Int128 value) {
  return grouped(to_text(value));
}

std::string change(Int128 now, Int128 before) {
  if (before == 0) {
    return now == 0 ? "no change" : "new";
  }
  const Decimal percent = base::Ratio(base::multiply(now - before, 100), before).round(1);
  return (percent.digits() > 0 ? "+" : "") + grouped(to_text(percent)) + " %";
}

std::string coverage_text(Int128 gaps, Int128 unpolled_ms) {
  return gaps > 0 ? counted(gaps, "gap") : unpolled_ms > 0 ? "no gap" : "complete";
}

std::string unpolled_text(std::int64_t unpolled_ms) {
  return unpolled_ms > 0 ? base::format_duration(unpolled_ms) + " without any poll" : "";
}

std::string unseen_text(std::int64_t unseen_ms) {
  return unseen_ms > 0 ? "in " + base::format_duration(unseen_ms) + " more may have run unseen"
                       : "";
}

std::string counted(Int128 count, const std::string& one) {
  return thousands(count) + ' ' + one + (count == 1 ? "" : one.ends_with('s') ? "es" : "s");
}

std::string bounded_hours(const Bounded<Int128>& value, bool is_all_seen) {
  const bool is_certain = value.lo == value.point && value.hi == value.point;
  if (is_certain && is_all_seen) {
    return hours(value.point);
  }
  return hours(value.point) + " (" + hours(value.lo) + " to " + hours(value.hi) +
         (is_all_seen ? ")" : " of what was seen, more is possible)");
}

namespace {

template <class Text>
std::string bounded(const Bounded<Int128>& value, bool open, Text&& text) {
  if (open) {
    return text(value.point) + " (at least " + text(value.lo) + ", more is possible)";
  }
  if (value.lo == value.point && value.hi == value.point) {
    return text(value.point);
  }
  return text(value.point) + " (" + text(value.lo) + " to " + text(value.hi) + ")";
}

}  // namespace

std::string bounded_bytes(const Bounded<Int128>& value, bool open) {
  return bounded(value, open, bytes);
}

std::string bounded_amount(const Bounded<Int128>& value, const Money& money, bool open) {
  return bounded(value, open, [&](Int128 minor) { return amount(minor, money); });
}

const char* meaning_of_status(const std::string& status) {
  return status == "no_deployment" ? "the size of their machines is not known"
         : status == "no_price"    ? "no rate of the card holds for them"
                                   : "they never said what they sent";
}

std::string wide_because(const std::vector<Width>& widths) {
  if (widths.empty()) {
    return "";
  }
  const Width& most = widths.front();
  const std::string meant = meaning(most.flag);
  return (widths.size() == 1 ? "" : "mostly ") + meant.substr(0, meant.find(':')) + ": " +
         thousands(most.processes) + (most.processes == 1 ? " process, " : " processes, each ") +
         "up to " + hours(most.most_ms);
}

std::string html(std::string_view text) {
  std::string escaped;
  for (const char c : printable(text, 1000)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

const char* meaning(const std::string& flag) {
  for (const auto& [name, text] : kMeanings) {
    if (flag == name) {
      return text;
    }
  }
  return "";
}

}  // namespace fleetmeter::report
