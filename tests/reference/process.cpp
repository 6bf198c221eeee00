#include "process.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "absence.hpp"

namespace fleetmeter::reference {
namespace {

/// "For each [timestamp] field, the value in the observation with the greatest
/// (observed_at, snapshot_seq) among those where it is not null."
std::optional<Millis> latest_known(const std::vector<Observation>& in_order,
                                   std::optional<Millis> Record::*field) {
  std::optional<Millis> value;
  for (const Observation& observation : in_order) {
    if (observation.record.*field) {
      value = observation.record.*field;
    }
  }
  return value;
}

Process resolve(std::vector<Observation> observations) {
  std::sort(observations.begin(), observations.end(), [](const auto& a, const auto& b) {
    return std::tie(a.observed_at_ms, a.snapshot_seq, a.index) <
           std::tie(b.observed_at_ms, b.snapshot_seq, b.index);
  });
  // "Its other attributes: the value in the observation with the greatest (observed_at,
  // snapshot_seq)."
  const Record& latest = observations.back().record;
  Process process;
  process.process_id = latest.process_id;
  process.app_id = latest.app_id;
  process.deployment_id = latest.deployment_id;
  process.region = latest.region;
  process.starting_at_ms = latest_known(observations, &Record::starting_at_ms);
  process.started_at_ms = latest_known(observations, &Record::started_at_ms);
  process.stopping_at_ms = latest_known(observations, &Record::stopping_at_ms);
  process.terminated_at_ms = latest_known(observations, &Record::terminated_at_ms);
  process.first_seen_ms = observations.front().observed_at_ms;
  process.last_seen_ms = observations.back().observed_at_ms;
  process.observations = std::move(observations);
  return process;
}

}  // namespace

std::vector<Process> processes_of(const Archive& archive) {
  std::map<std::string, std::vector<Observation>> by_id;
  for (const Observation& observation : archive.observations()) {
    by_id[observation.record.process_id].push_back(observation);
  }
  std::vector<Process> out;
  out.reserve(by_id.size());
  const std::vector<RunningList> evidence = lists_that_prove(archive);
  for (auto& [id, observations] : by_id) {
    out.push_back(resolve(std::move(observations)));
    out.back().gone_at_ms = gone_at(out.back(), evidence);
  }
  return out;
}

}  // namespace fleetmeter::reference
