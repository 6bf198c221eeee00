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

Period period_before(const Period& period) {
  const auto unit = period.is_month ? base::CivilUnit::month : base::CivilUnit::day;
  const base::Period before =
      base::Zone(period.tz).periods(unit, period.from_ms - 1, period.from_ms).front();
  return {before.label, period.tz, period.is_month, before.start_ms, before.end_ms};
}

std::vector<Period> periods_over(std::int64_t from_ms, std::int64_t to_ms, std::int64_t as_of_ms,
                                 const std::string& tz) {
  std::vector<Period> all;
  const base::Zone zone(tz);
  for (const bool is_month : {false, true}) {
    const auto unit = is_month ? base::CivilUnit::month : base::CivilUnit::day;
    for (const base::Period& one : zone.periods(unit, from_ms, to_ms)) {
      if (one.end_ms <= as_of_ms) {
        all.push_back({one.label, tz, is_month, one.start_ms, one.end_ms});
      }
    }
  }
  return all;
}

}  // namespace fleetmeter::nightly
