#include "nightly/period.hpp"

#include "base/calendar.hpp"
#include "fleetmeter/question.hpp"

namespace fleetmeter::nightly {

Period period_called(const std::string& label, bool is_month, const std::string& tz) {
  Question question;
  question.tz = tz;
  WindowText text;
  (is_month ? text.month : text.day) = label;
  set_window(question, text);
  return {label, tz, is_month, *question.from_ms, *question.to_ms};
}

namespace {

/// The period that holds an instant, as long as another and in its zone.
Period period_like(const Period& period, std::int64_t at_ms) {
  const auto unit = period.is_month ? base::CivilUnit::month : base::CivilUnit::day;
  const base::Period one = base::Zone(period.tz).periods(unit, at_ms, at_ms + 1).front();
  return {one.label, period.tz, period.is_month, one.start_ms, one.end_ms};
}

}  // namespace

Period period_before(const Period& period) {
  return period_like(period, period.from_ms - 1);
}

Period period_after(const Period& period) {
  return period_like(period, period.to_ms);
}

std::vector<Period> periods_over(std::int64_t from_ms, std::int64_t to_ms, std::int64_t as_of_ms,
                                 bool current, const std::string& tz) {
  std::vector<Period> all;
  const base::Zone zone(tz);
  for (const bool is_month : {false, true}) {
    const auto unit = is_month ? base::CivilUnit::month : base::CivilUnit::day;
    for (const base::Period& one : zone.periods(unit, from_ms, to_ms)) {
      if (one.end_ms <= as_of_ms || (current && one.start_ms < as_of_ms)) {
        all.push_back({one.label, tz, is_month, one.start_ms, one.end_ms});
      }
    }
  }
  return all;
}

}  // namespace fleetmeter::nightly
