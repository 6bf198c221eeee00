#pragma once

#include <optional>
#include <vector>

#include "meter/egress_track.hpp"
#include "model/label_key.hpp"
#include "model/life.hpp"
#include "store/track_row.hpp"

namespace fleetmeter::store {

/// One process as the rollups know it.
struct RolledProcess {
  model::ProcessFacts facts;
  std::optional<meter::EgressTrack> track;
  bool irregular = false;
};

/// Of a row of one of the lists of processes, which all have the same columns.
template <class Row>
[[nodiscard]] RolledProcess rolled_process(const Row& row) {
  RolledProcess process;
  model::ProcessFacts& facts = process.facts;
  facts.process_key = row.process_key;
  facts.app_key = model::label_of(row.app_key);
  facts.deployment_key = model::label_of(row.deployment_key);
  facts.region_key = model::label_of(row.region_key);
  facts.life.starting_at_ms = row.starting_at_ms;
  facts.life.started_at_ms = row.started_at_ms;
  facts.life.stopping_at_ms = row.stopping_at_ms;
  facts.life.terminated_at_ms = row.terminated_at_ms;
  facts.life.gone_ms = row.gone_ms;
  facts.life.first_seen_ms = row.first_seen_ms;
  facts.life.last_seen_ms = row.last_seen_ms;
  facts.life.last_alive_ms = row.last_alive_ms;
  process.irregular = row.irregular != 0;
  process.track = track_of(row);
  return process;
}

template <class Rows>
void take_rolled(Rows&& rows, std::vector<RolledProcess>& out) {
  for (const auto& row : rows) {
    out.push_back(rolled_process(row));
  }
}

}  // namespace fleetmeter::store
