#include "reconcile/hypotheses.hpp"

#include <algorithm>
#include <array>

#include "base/calendar.hpp"
#include "model/policy_names.hpp"

namespace fleetmeter::reconcile {

namespace {

using model::ClockField;
using model::name_of;
using model::OpenRule;
using model::Policy;

constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 3'600'000;

/// The zones to try: where fleets are run from, then every whole hour. Of zones that cut the month
/// alike, the first gives it its name.
constexpr std::array<const char*, 46> kZones{
    "UTC",           "America/Los_Angeles", "America/New_York", "Europe/London",
    "Europe/Berlin", "America/Chicago",     "America/Denver",   "America/Sao_Paulo",
    "Asia/Kolkata",  "Asia/Singapore",      "Asia/Tokyo",       "Australia/Sydney",
    "Asia/Dubai",    "Africa/Johannesburg", "Europe/Helsinki",  "Pacific/Auckland",
    "Asia/Shanghai", "America/Anchorage",   "Pacific/Honolulu", "Etc/GMT+12",
    "Etc/GMT+11",    "Etc/GMT+10",          "Etc/GMT+9",        "Etc/GMT+8",
    "Etc/GMT+7",     "Etc/GMT+6",           "Etc/GMT+5",        "Etc/GMT+4",
    "Etc/GMT+3",     "Etc/GMT+2",           "Etc/GMT+1",        "Etc/GMT-1",
    "Etc/GMT-2",     "Etc/GMT-3",           "Etc/GMT-4",        "Etc/GMT-5",
    "Etc/GMT-6",     "Etc/GMT-7",           "Etc/GMT-8",        "Etc/GMT-9",
    "Etc/GMT-10",    "Etc/GMT-11",          "Etc/GMT-12",       "Etc/GMT-13",
    "Etc/GMT-14",    "Asia/Kathmandu"};

constexpr std::array<Clock, 6> kClocks{{{ClockField::started_at, ClockField::stopping_at},
                                        {ClockField::started_at, ClockField::terminated_at},
                                        {ClockField::starting_at, ClockField::stopping_at},
                                        {ClockField::starting_at, ClockField::terminated_at},
                                        {ClockField::scheduled_at, ClockField::stopping_at},
                                        {ClockField::scheduled_at, ClockField::terminated_at}}};

constexpr auto kProcess = Policy::Per::process;
constexpr auto kLine = Policy::Per::line;
/// The roundings to try: every step alone, then every minimum, alone and with each shorter step of
/// a process.
std::vector<Step> steps_to_try() {
  std::vector<Step> steps{{0, kProcess, 0}};
  for (const auto per : {kProcess, kLine}) {
    for (const std::int64_t step_ms : {kSecond, kMinute, kHour}) {
      steps.push_back({step_ms, per, 0});
    }
  }
  for (const std::int64_t step_ms : {6 * kMinute, 15 * kMinute, 30 * kMinute}) {
    steps.push_back({step_ms, kProcess, 0});
  }
  for (const auto direction : {base::Rounding::half_up, base::Rounding::down}) {
    for (const std::int64_t step_ms : {kSecond, kMinute, 6 * kMinute, 15 * kMinute, kHour}) {
      steps.push_back({step_ms, kProcess, 0, direction});
    }
  }
  for (const std::int64_t minimum_ms :
       {kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute, kHour}) {
    for (const std::int64_t step_ms : {std::int64_t{0}, kSecond, kMinute}) {
      if (step_ms < minimum_ms) {
        steps.push_back({step_ms, kProcess, minimum_ms});
      }
    }
  }
  return steps;
}

bool same(const Clock& a, const Clock& b) {
  return a.start == b.start && a.stop == b.stop;
}

bool same(const Step& a, const Step& b) {
  return rounds_alike(a, b) && a.minimum_ms == b.minimum_ms;
}

bool same(OpenRule a, OpenRule b) {
  return a == b;
}

/// The contract's own, then the others of a list.
template <class Value, class List>
std::vector<Value> own_first(const Value& own, const List& list) {
  std::vector<Value> all{own};
  for (const Value& one : list) {
    if (!same(one, own)) {
      all.push_back(one);
    }
  }
  return all;
}

meter::Window window_of(const std::string& zone, const std::string& month) {
  const auto first = *base::parse_date(month + "-01");
  const auto next = first.month == 12 ? base::CivilDate{first.year + 1, 1, 1}
                                      : base::CivilDate{first.year, first.month + 1, 1};
  const base::Zone in(zone);
  return {in.start_of(first), in.start_of(next)};
}

/// As a policy's file has it: `1h`, `10m`.
std::string short_duration(std::int64_t ms) {
  return ms % kHour == 0     ? std::to_string(ms / kHour) + 'h'
         : ms % kMinute == 0 ? std::to_string(ms / kMinute) + 'm'
         : ms % kSecond == 0 ? std::to_string(ms / kSecond) + 's'
                             : std::to_string(ms) + "ms";
}

std::string text_of(const Step& step) {
  std::string text;
  if (step.step_ms > 0) {
    const bool is_named =
        step.step_ms == kSecond || step.step_ms == kMinute || step.step_ms == kHour;
    const std::string direction = step.direction == base::Rounding::up     ? "up to "
                                  : step.direction == base::Rounding::down ? "down to "
                                                                           : "to the nearest ";
    text = (step.per == kProcess ? "each process rounded " : "the line rounded ") + direction +
           (is_named ? (step.direction == base::Rounding::half_up ? "" : "the ") +
                           std::string(name_of(model::kSteps, step.step_ms))
                     : "steps of " + short_duration(step.step_ms));
  }
  if (step.minimum_ms > 0) {
    text += (text.empty() ? "" : " and ") + std::string("each process at least ") +
            short_duration(step.minimum_ms);
  }
  return text.empty() ? "time not rounded" : text;
}

std::string text_of(OpenRule rule) {
  return rule == OpenRule::longest    ? "lost processes billed as long as they can have lived"
         : rule == OpenRule::excluded ? "lost processes not billed"
                                      : "lost processes billed to their last sight";
}

}  // namespace

Dimensions dimensions_around(const Policy& policy, const std::string& month) {
  Dimensions all;
  all.clocks = own_first<Clock>({policy.clock_start, policy.clock_stop}, kClocks);
  all.steps = own_first<Step>(
      {policy.step_ms, policy.step_per, policy.minimum_ms, policy.step_direction}, steps_to_try());
  all.orphans = own_first<OpenRule>(
      policy.orphan, std::array{OpenRule::point, OpenRule::longest, OpenRule::excluded});
  all.months.push_back({policy.zone, window_of(policy.zone, month)});
  for (const char* zone : kZones) {
    const meter::Window window = window_of(zone, month);
    if (std::none_of(all.months.begin(), all.months.end(), [&](const Month& known) {
          return known.window.from_ms == window.from_ms && known.window.to_ms == window.to_ms;
        })) {
      all.months.push_back({zone, window});
    }
  }
  return all;
}

bool rounds_alike(const Step& a, const Step& b) {
  return a.step_ms == b.step_ms &&
         (a.step_ms == 0 || (a.per == b.per && a.direction == b.direction));
}

std::size_t deviations(const Choice& choice, const Dimensions& dimensions) {
  const Step& own = dimensions.steps.front();
  const Step& step = dimensions.steps[choice.step];
  return (choice.clock != 0 ? 1U : 0U) + (rounds_alike(step, own) ? 0U : 1U) +
         (step.minimum_ms != own.minimum_ms ? 1U : 0U) + (choice.month != 0 ? 1U : 0U) +
         (choice.orphan != 0 ? 1U : 0U) + (choice.other_gb ? 1U : 0U);
}

std::string describe(const Choice& choice, const Dimensions& dimensions, const Policy& policy) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (choice.other_gb) {
    add(policy.gb_is_gib ? "GB of 10^9 bytes" : "GB of 2^30 bytes (GiB)");
  }
  if (choice.step != 0) {
    add(text_of(dimensions.steps[choice.step]));
  }
  if (choice.month != 0) {
    add("month in " + dimensions.months[choice.month].zone);
  }
  if (choice.clock != 0) {
    const Clock& clock = dimensions.clocks[choice.clock];
    add(std::string(name_of(model::kClockFields, clock.start)) + " to " +
        std::string(name_of(model::kClockFields, clock.stop)));
  }
  if (choice.orphan != 0) {
    add(text_of(dimensions.orphans[choice.orphan]));
  }
  return text;
}

}  // namespace fleetmeter::reconcile
