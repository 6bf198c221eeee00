// The time in which processes may have lived that nobody saw, and a sentence on it.

#include <algorithm>

#include "ask/evidence.hpp"
#include "ask/poll_times.hpp"
#include "base/time_text.hpp"

namespace fleetmeter::ask {

namespace {

std::int64_t length_of_all(const std::vector<CoverageGap>& spans) {
  std::int64_t length_ms = 0;
  for (const CoverageGap& span : spans) {
    length_ms += span.length_ms();
  }
  return length_ms;
}

}  // namespace

std::int64_t length_of_gaps(const Coverage& coverage) {
  return length_of_all(coverage.gaps);
}

std::vector<meter::Window> unpolled(const Question& question, store::Reader& reader) {
  const ResolvedWindow resolved = resolve(question, reader.span());
  const meter::Window reach = around(resolved);
  std::vector<std::int64_t> at_ms;
  reader.each_snapshot(reach.from_ms, reach.to_ms,
                       [&](std::int64_t observed_at_ms, bool) { at_ms.push_back(observed_at_ms); });
  put_in_order(at_ms);
  return far_from(at_ms, usual_distance(at_ms) * kUsualTimes, resolved.window);
}

std::vector<meter::Window> unseen(const Question& question, store::Reader& reader) {
  std::vector<meter::Window> spans = unpolled(question, reader);
  for (const CoverageGap& one : cover(question, 0, reader).missing()) {
    spans.push_back({one.from_ms, one.to_ms});
  }
  return merged(std::move(spans));
}

std::vector<meter::Window> unseen_or_to_come(const Question& question, store::Reader& reader) {
  std::vector<meter::Window> spans = unseen(question, reader);
  const std::optional<std::int64_t> known_until_ms = as_of(question, reader.span());
  if (question.to_ms && known_until_ms && *known_until_ms + question.grace_ms < *question.to_ms) {
    spans.push_back(
        {std::max(*known_until_ms, question.from_ms.value_or(*known_until_ms)), *question.to_ms});
  }
  return merged(std::move(spans));
}

std::string coverage_summary(const Question& question, store::Reader& reader) {
  std::int64_t polls = 0;
  std::int64_t capped = 0;  // polls of which some list was cut
  bool is_counted = false;  // the last poll, among them
  std::int64_t first_ms = 0;
  std::int64_t last_ms = 0;
  reader.each_snapshot(*question.from_ms, *question.to_ms, [&](std::int64_t at_ms, bool is_capped) {
    first_ms = polls == 0 ? at_ms : first_ms;
    if (polls == 0 || at_ms != last_ms) {
      polls += 1;
      is_counted = false;
    }
    capped += is_capped && !is_counted ? 1 : 0;
    is_counted = is_counted || is_capped;
    last_ms = at_ms;
  });
  if (polls == 0) {
    return "no snapshots";
  }
  const Coverage coverage = cover(question, 0, reader);
  const std::int64_t unpolled_ms = length_of(unpolled(question, reader));
  const std::size_t holes = coverage.holes.size();
  return std::to_string(polls) + " polls from " + base::format_utc(first_ms) + " to " +
         base::format_utc(last_ms) + ", " + std::to_string(capped) + " capped, " +
         std::to_string(coverage.gaps.size()) + " gaps of together " +
         base::format_duration(length_of_gaps(coverage)) +
         (holes == 0 ? ""
                     : ", " + std::to_string(holes) + (holes == 1 ? " hole" : " holes") +
                           " of together " + base::format_duration(length_of_all(coverage.holes))) +
         (unpolled_ms == 0 ? "" : ", " + base::format_duration(unpolled_ms) + " without any poll");
}

}  // namespace fleetmeter::ask
