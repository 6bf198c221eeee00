#pragma once

#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "fleetmeter/question.hpp"
#include "meter/life.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// The smallest window that an answer tells apart, such as an hour, and for each time grouping the
/// period that it lies in.
struct TimeCell {
  meter::Window window;
  std::vector<std::size_t> periods;  ///< an index into ResolvedWindow::periods[i] each
};

/// A question's time, made definite by what is in the store.
struct ResolvedWindow {
  meter::Belief belief;
  meter::Window window;                            ///< clipped to the as-of; may be empty
  std::vector<std::vector<base::Period>> periods;  ///< of each time grouping, in order of `by`
  std::vector<TimeCell> cells;                     ///< a partition of the window; none when empty
};

[[nodiscard]] bool is_time(GroupBy by);

/// Throws Error(usage) when an instant is outside the years 0 to 9999. `name` says what it is of.
void expect_in_calendar(std::int64_t at_ms, const std::string& name);

/// Throws Error(usage) when a number of milliseconds is negative, or longer than any duration that
/// a text can say.
void expect_duration(std::int64_t duration_ms, const std::string& name);

/// Throws Error(usage) when a window has more hours than anybody can look at: one record with a
/// date of the year 1 makes millions. `what` names what asked for hours, such as `--by hour`.
void refuse_endless(const std::string& what, const meter::Window& window);

/// The question's own as-of, else the newest that is known; absent when nothing is.
[[nodiscard]] std::optional<std::int64_t> as_of(const Question& question,
                                                const store::StoreSpan& span);

/// Throws Error(usage) when the question's window is inverted or empty as it was asked.
[[nodiscard]] ResolvedWindow resolve(const Question& question, const store::StoreSpan& span);

/// What to tell of a window about which nothing is known; "" when something is.
[[nodiscard]] std::string remark_on_window(const Question& question, const store::StoreSpan& span);

}  // namespace fleetmeter::ask
