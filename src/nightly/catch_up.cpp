#include "nightly/catch_up.hpp"

#include <algorithm>
#include <set>

#include "ask/answer.hpp"
#include "ask/meters.hpp"
#include "base/time_text.hpp"
#include "nightly/period.hpp"
#include "nightly/report_facts.hpp"

namespace fleetmeter::nightly {

namespace {

using report::Period;

constexpr std::int64_t kDay_ms = 86'400'000;

/// The time around observations in which something can be: as far as a process is believed to live.
std::vector<meter::Window> reaches(const std::vector<std::int64_t>& observed_ms,
                                   std::int64_t max_lifespan_ms, std::int64_t as_of_ms) {
  std::vector<meter::Window> all;
  for (const std::int64_t at_ms : observed_ms) {
    const meter::Window reach{at_ms - max_lifespan_ms, std::min(at_ms + max_lifespan_ms, as_of_ms)};
    if (!all.empty() && reach.from_ms <= all.back().to_ms) {
      all.back().to_ms = std::max(all.back().to_ms, reach.to_ms);
    } else {
      all.push_back(reach);
    }
  }
  return all;
}

bool is_observed(const Period& period, const std::vector<std::int64_t>& observed_ms) {
  const auto first = std::lower_bound(observed_ms.begin(), observed_ms.end(), period.from_ms);
  return first != observed_ms.end() && *first < period.to_ms;
}

bool is_used(const Period& period, const Question& question, store::Reader& reader) {
  Question one = question_of(period, question, reader);
  one.by = {};
  one.from_ms = period.from_ms;
  one.to_ms = period.to_ms;
  return !is_zero(ask::billing(one, reader).front()) || !is_zero(ask::egress(one, reader).front());
}

/// How many days are over, lie between the first and the last day that hold something, and hold
/// nothing themselves. A day with another length, because clocks changed, is a day all the same.
std::int64_t empty_between(const std::vector<Period>& days) {
  const std::int64_t length_ms = days.back().to_ms - days.front().from_ms;
  return (length_ms + kDay_ms / 2) / kDay_ms - static_cast<std::int64_t>(days.size());
}

std::string left_out(const std::vector<Period>& periods, const store::StoreSpan& span) {
  std::vector<Period> days;
  std::copy_if(periods.begin(), periods.end(), std::back_inserter(days),
               [](const Period& one) { return !one.is_month; });
  if (days.empty()) {
    return "";
  }
  std::string text;
  if (*span.earliest_ms < days.front().from_ms) {
    text = "days before " + days.front().label +
           " hold nothing but polls that saw nobody, or times said of processes that were seen "
           "much later (from " +
           base::format_utc(*span.earliest_ms) + " on)";
  }
  if (const std::int64_t empty = empty_between(days); empty > 0) {
    text += (text.empty() ? "" : ", and ") + std::to_string(empty) +
            (empty == 1 ? " day since " : " days since ") + days.front().label +
            (empty == 1 ? " holds" : " hold") + " nothing";
  }
  return text.empty() ? "" : text + ": left out";
}

}  // namespace

CatchUp catch_up(const Question& question, bool current, store::Reader& reader) {
  CatchUp found;
  const store::StoreSpan span = reader.span();
  if (!span.earliest_ms || !span.latest_observed_ms) {
    return found;
  }
  const std::int64_t as_of_ms = question.as_of_ms.value_or(*span.latest_observed_ms);
  const std::vector<std::int64_t> observed_ms = reader.observed_until(as_of_ms);
  std::set<std::string> looked_at;  // a month may reach from one observation to the next
  for (const meter::Window& reach : reaches(observed_ms, question.max_lifespan_ms, as_of_ms)) {
    for (const Period& period :
         periods_over(reach.from_ms, reach.to_ms, as_of_ms, current, question.tz)) {
      if (looked_at.insert(period.label).second &&
          (is_observed(period, observed_ms) || is_used(period, question, reader))) {
        found.periods.push_back(period);
      }
    }
  }
  std::stable_partition(found.periods.begin(), found.periods.end(),
                        [](const Period& one) { return !one.is_month; });
  found.left_out = left_out(found.periods, span);
  return found;
}

}  // namespace fleetmeter::nightly
