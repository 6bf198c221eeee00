#include "report/known.hpp"

#include <algorithm>

#include "base/time_text.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

void add(const std::string& sentence, std::string& text) {
  text += (text.empty() ? "" : " ") + sentence;
}

std::string polls_missing(const Facts& facts) {
  std::string text;
  if (facts.gap_count > 0) {
    text = counted(facts.gap_count, "gap") +
           " between polls while processes were alive, together " +
           base::format_duration(facts.uncovered_ms) + ".";
  }
  if (facts.unpolled_ms > 0) {
    add(unpolled_text(facts.unpolled_ms) + ".", text);
  }
  if (facts.unseen_ms > 0) {
    add("What began and ended within " + base::format_duration(facts.unseen_ms) +
            " may never have been seen, and is in no bound.",
        text);
  }
  return text;
}

std::string ends_unseen(const Facts& facts) {
  std::int64_t processes = 0;
  Int128 width_ms = 0;
  for (const Width& one : facts.widths) {
    processes += one.processes;
    width_ms += one.width_ms;
  }
  return processes == 0
             ? ""
             : "When " + counted(processes, "process") +
                   " began or ended is not known exactly. Together " + hours(width_ms) +
                   " lie between the bounds of billable time, " + wide_because(facts.widths) + ".";
}

std::string counters_unread(const Facts& facts) {
  std::string text;
  if (facts.totals.open_processes > 0) {
    text = "The last counter of " + counted(facts.totals.open_processes, "process") +
           " was not seen: more may have been sent than was read, and nothing bounds it.";
  }
  if (facts.totals.unmetered_processes > 0) {
    add(counted(facts.totals.unmetered_processes, "process") +
            " never said what they sent: they add nothing to egress.",
        text);
  }
  return text;
}

}  // namespace

std::int64_t known_until(const Facts& facts) {
  return std::clamp(facts.as_of_ms, facts.period.from_ms, facts.period.to_ms);
}

std::int64_t known_slots(const Facts& facts) {
  return std::count_if(facts.slots.begin(), facts.slots.end(),
                       [&](const Slot& slot) { return slot.to_ms <= facts.as_of_ms; });
}

std::string known_text(std::int64_t known, std::int64_t all, bool is_month) {
  return known >= all ? ""
                      : thousands(known) + " of " + thousands(all) +
                            (is_month ? " days known" : " hours known");
}

std::string known_text(const Facts& facts) {
  return known_text(known_slots(facts), static_cast<std::int64_t>(facts.slots.size()),
                    facts.period.is_month);
}

std::vector<Reason> reasons_of(const Facts& facts) {
  std::vector<Reason> all{{"Polls missing", polls_missing(facts)},
                          {"Ends unseen", ends_unseen(facts)},
                          {"Counters unread", counters_unread(facts)}};
  std::erase_if(all, [](const Reason& one) { return one.text.empty(); });
  return all;
}

}  // namespace fleetmeter::report
