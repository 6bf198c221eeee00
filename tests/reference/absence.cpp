#include "absence.hpp"

#include <algorithm>

namespace fleetmeter::reference {
namespace {

constexpr std::size_t kMost = 10;  // elements of a list of the vendor's

/// "An element lies outside its stated scope": where an app or a region was stated, an element
/// without one is outside as well.
bool is_outside(const ListElement& element, const RunningList& list) {
  return (list.said_app_id && element.app_id != list.said_app_id) ||
         (list.said_region && element.region != list.said_region);
}

/// "A list that is not capped (fewer than 10 elements, not said to be capped; or `"capped":
/// false`)."
bool is_capped(const RunningList& list) {
  return list.says_capped.value_or(list.elements.size() >= kMost);
}

bool says_floors(const ListElement& element) {
  return element.is_v1 && element.started_at_ms && element.starting_at_ms;
}

/// "It proves nothing when" one of these holds.
bool proves_something(const RunningList& list) {
  const std::vector<ListElement>& all = list.elements;
  const auto is_rejected = [](const ListElement& element) { return element.is_rejected; };
  if (!list.is_array || list.scope_is_unreadable ||
      std::any_of(all.begin(), all.end(), is_rejected) ||
      (all.size() > kMost && list.says_capped.value_or(true)) ||
      std::any_of(all.begin(), all.end(),
                  [&](const ListElement& element) { return is_outside(element, list); })) {
    return false;
  }
  return !is_capped(list) || (!all.empty() && std::all_of(all.begin(), all.end(), says_floors));
}

/// "Scope: the (app, region) pairs it speaks for."
bool scope_holds(const RunningList& list, const Record& place) {
  if (list.said_app_id) {
    return place.app_id == list.said_app_id &&
           (!list.said_region || place.region == list.said_region);
  }
  if (!place.app_id || !place.region) {
    return false;
  }
  if (list.said_region) {
    return place.region == list.said_region &&
           std::any_of(list.elements.begin(), list.elements.end(),
                       [&](const ListElement& element) { return element.app_id == place.app_id; });
  }
  bool is_there = false;
  for (const ListElement& element : list.elements) {
    if (!element.app_id || !element.region) {
      return false;
    }
    is_there = is_there || (element.app_id == place.app_id && element.region == place.region);
  }
  return is_there;
}

bool scope_holds_all_places(const RunningList& list, const Process& process) {
  return std::all_of(
      process.observations.begin(), process.observations.end(),
      [&](const Observation& observation) { return scope_holds(list, observation.record); });
}

/// "A capped one speaks for a process whose startedAt and startingAt are both later than the least
/// startedAt and the least startingAt among its elements."
bool speaks_for(const RunningList& list, const Process& process) {
  if (!is_capped(list)) {
    return true;
  }
  Millis least_started = *list.elements.front().started_at_ms;
  Millis least_starting = *list.elements.front().starting_at_ms;
  for (const ListElement& element : list.elements) {
    least_started = std::min(least_started, *element.started_at_ms);
    least_starting = std::min(least_starting, *element.starting_at_ms);
  }
  return process.started_at_ms && *process.started_at_ms > least_started &&
         process.starting_at_ms && *process.starting_at_ms > least_starting;
}

bool should_hold(const RunningList& list, const Process& process) {
  return list.observed_at_ms >= *process.started_at_ms && speaks_for(list, process) &&
         scope_holds_all_places(list, process);
}

bool was_seen_at(const Process& process, Millis instant) {
  return std::any_of(process.observations.begin(), process.observations.end(),
                     [&](const Observation& seen) { return seen.observed_at_ms == instant; });
}

}  // namespace

std::vector<RunningList> lists_that_prove(const Archive& archive) {
  std::vector<RunningList> out;
  std::copy_if(archive.running_lists().begin(), archive.running_lists().end(),
               std::back_inserter(out), proves_something);
  std::stable_sort(out.begin(), out.end(), [](const RunningList& a, const RunningList& b) {
    return a.observed_at_ms < b.observed_at_ms;
  });
  return out;
}

/// "A process with a startedAt s, no stoppingAt, no terminatedAt, last seen at S, is gone at t: the
/// observed_at of the first running list with observed_at > S and ≥ s that speaks for it, and whose
/// scope holds every (app, region) under which the process was ever seen."
std::optional<Millis> gone_at(const Process& process, const std::vector<RunningList>& lists) {
  if (!process.started_at_ms || process.stopping_at_ms || process.terminated_at_ms) {
    return std::nullopt;
  }
  for (const RunningList& list : lists) {
    if (list.observed_at_ms > process.last_seen_ms && should_hold(list, process)) {
      return list.observed_at_ms;
    }
  }
  return std::nullopt;
}

/// "Seen before and after a running list that should have held it, with no stop or end known at or
/// before that list's time."
std::optional<Millis> flickered_at(const Process& process, const std::vector<RunningList>& lists) {
  if (!process.started_at_ms) {
    return std::nullopt;
  }
  for (const RunningList& list : lists) {
    const Millis t = list.observed_at_ms;
    const bool is_between = process.first_seen_ms < t && t < process.last_seen_ms;
    const bool had_ended = (process.stopping_at_ms && *process.stopping_at_ms <= t) ||
                           (process.terminated_at_ms && *process.terminated_at_ms <= t);
    if (is_between && !had_ended && should_hold(list, process) && !was_seen_at(process, t)) {
      return t;
    }
  }
  return std::nullopt;
}

std::vector<std::pair<std::string, Millis>> flickered(const Archive& archive) {
  const std::vector<RunningList> lists = lists_that_prove(archive);
  std::vector<std::pair<std::string, Millis>> out;
  for (const Process& process : processes_of(archive)) {
    if (const std::optional<Millis> t = flickered_at(process, lists)) {
      out.emplace_back(process.process_id, *t);
    }
  }
  return out;
}

}  // namespace fleetmeter::reference
