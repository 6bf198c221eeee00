#include "ask/window.hpp"

#include <algorithm>

#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"

namespace fleetmeter::ask {

namespace {

constexpr std::int64_t kMostHours = 3'000'000;  // 342 years

base::CivilUnit unit_of(GroupBy by) {
  return by == GroupBy::month ? base::CivilUnit::month
         : by == GroupBy::day ? base::CivilUnit::day
                              : base::CivilUnit::hour;
}

/// Every instant at which some grouping's period begins, inside the window, and its two ends.
std::vector<std::int64_t> boundaries(const ResolvedWindow& resolved) {
  std::vector<std::int64_t> at{resolved.window.from_ms, resolved.window.to_ms};
  for (const auto& periods : resolved.periods) {
    for (const base::Period& period : periods) {
      if (period.start_ms > resolved.window.from_ms) {
        at.push_back(period.start_ms);
      }
    }
  }
  std::sort(at.begin(), at.end());
  at.erase(std::unique(at.begin(), at.end()), at.end());
  return at;
}

std::size_t period_at(const std::vector<base::Period>& periods, std::int64_t at_ms) {
  const auto after = std::upper_bound(
      periods.begin(), periods.end(), at_ms,
      [](std::int64_t at, const base::Period& period) { return at < period.start_ms; });
  return static_cast<std::size_t>(after - periods.begin()) - 1;
}

void cut(ResolvedWindow& resolved) {
  const std::vector<std::int64_t> at = boundaries(resolved);
  for (std::size_t i = 0; i + 1 < at.size(); ++i) {
    TimeCell cell{{at[i], at[i + 1]}, {}};
    for (const auto& periods : resolved.periods) {
      cell.periods.push_back(period_at(periods, at[i]));
    }
    resolved.cells.push_back(std::move(cell));
  }
}

/// Text gives no other numbers; the fields of a Question can, and the tables in SQL.
void expect_sane(const Question& question) {
  const auto expect_instant = [](const std::optional<std::int64_t>& at_ms,
                                 const std::string& name) {
    if (at_ms) {
      expect_in_calendar(*at_ms, name);
    }
  };
  expect_instant(question.from_ms, spelled(Term::from));
  expect_instant(question.to_ms, spelled(Term::to));
  expect_instant(question.as_of_ms, "as_of_ms");
  expect_duration(question.grace_ms, "grace_ms");
  expect_duration(question.max_lifespan_ms, "max_lifespan_ms");
}

}  // namespace

void expect_in_calendar(std::int64_t at_ms, const std::string& name) {
  if (!base::is_in_calendar(at_ms)) {
    throw Error(ErrorKind::usage,
                name + ": outside the years 0 to 9999 (" + std::to_string(at_ms) + ")");
  }
}

void expect_duration(std::int64_t duration_ms, const std::string& name) {
  if (duration_ms < 0 || duration_ms > base::kLongestDuration_ms) {
    throw Error(ErrorKind::usage,
                name + ": no duration in milliseconds (" + std::to_string(duration_ms) + ")");
  }
}

bool is_time(GroupBy by) {
  return by == GroupBy::month || by == GroupBy::day || by == GroupBy::hour;
}

void refuse_endless(const std::string& what, const meter::Window& window) {
  if (window.to_ms - window.from_ms > kMostHours * 3'600'000) {
    throw Error(ErrorKind::usage, what + ": the window is over " + std::to_string(kMostHours) +
                                      " hours long (" + base::format_utc(window.from_ms) + " to " +
                                      base::format_utc(window.to_ms) + "); give " +
                                      spelled(Term::from) + " and " + spelled(Term::to));
  }
}

std::optional<std::int64_t> as_of(const Question& question, const store::StoreSpan& span) {
  return question.as_of_ms ? question.as_of_ms : span.latest_observed_ms;
}

ResolvedWindow resolve(const Question& question, const store::StoreSpan& span) {
  expect_sane(question);
  if (question.from_ms && question.to_ms && *question.from_ms >= *question.to_ms) {
    throw Error(ErrorKind::usage, spelled(Term::from_and_to) +
                                      ": the window is empty or inverted (" +
                                      base::format_utc(*question.from_ms) + " to " +
                                      base::format_utc(*question.to_ms) + ")");
  }
  if (std::find(question.by.begin(), question.by.end(), GroupBy::room) != question.by.end()) {
    throw Error(ErrorKind::usage,
                spelled(Term::by) + " room: only a cost is shared among rooms, see `cost`");
  }
  ResolvedWindow resolved;
  const std::int64_t as_of_ms = as_of(question, span).value_or(0);
  resolved.belief = {as_of_ms, question.grace_ms, question.max_lifespan_ms};
  resolved.window = {question.from_ms.value_or(span.earliest_ms.value_or(as_of_ms + 1) - 1),
                     std::min(question.to_ms.value_or(as_of_ms), as_of_ms)};
  const base::Zone zone(question.tz);
  for (const GroupBy by : question.by) {
    if (is_time(by)) {
      if (by == GroupBy::hour) {
        refuse_endless(spelled(Term::by) + " hour", resolved.window);
      }
      resolved.periods.push_back(
          zone.periods(unit_of(by), resolved.window.from_ms, resolved.window.to_ms));
    }
  }
  if (resolved.window.from_ms < resolved.window.to_ms) {
    cut(resolved);
  }
  return resolved;
}

std::string remark_on_window(const Question& question, const store::StoreSpan& span) {
  if (!span.earliest_ms || !span.latest_observed_ms) {
    return "";
  }
  if (question.as_of_ms && *question.as_of_ms <= *span.earliest_ms) {
    return "the as-of is before the first time that anything tells of, " +
           base::format_utc(*span.earliest_ms);
  }
  if (question.to_ms && *question.to_ms <= *span.earliest_ms) {
    return "the window ends before the first time that anything tells of, " +
           base::format_utc(*span.earliest_ms);
  }
  if (question.from_ms && *question.from_ms >= *span.latest_observed_ms) {
    return "the window begins after the last snapshot, which is of " +
           base::format_utc(*span.latest_observed_ms);
  }
  return "";
}

}  // namespace fleetmeter::ask
