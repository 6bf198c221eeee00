#include "store/process_loader.hpp"

#include <algorithm>
#include <utility>

#include "store/connection.hpp"
#include "store/loose_number.hpp"

namespace fleetmeter::store {

namespace {

using normalise::Activity;
using normalise::Attributes;

}  // namespace

ProcessLoader::ProcessLoader(SQLite::Database& db)
    : find_(db),
      load_attributes_(db),
      load_ports_(db),
      load_activity_(db),
      load_rooms_(db),
      last_activity_no_(db) {}

bool ProcessLoader::load(std::string_view process_id, std::int64_t unsaved_at_ms,
                         ProcessMemory& process) {
  const auto found = find_.first({.process_id = process_id});
  if (!found) {
    return false;
  }
  const auto& row = *found;
  process.process_key = row.process_key;
  process.first_seen_ms = row.first_seen_ms;
  process.is_pruned = row.pruned_seq.has_value();
  if (!process.observed()) {
    return true;
  }
  process.latest = {held("last_seen_ms", row.last_seen_ms),
                    held("latest_snapshot_seq", row.latest_snapshot_seq),
                    held("latest_restatement", row.latest_restatement)};
  process.touched_seq = held("touched_seq", row.touched_seq);
  process.latest_attribute_no = held("latest_attribute_no", row.latest_attribute_no);
  process.latest_activity_no = held("latest_activity_no", row.latest_activity_no);
  load_history(process, unsaved_at_ms);
  process.rolled_up->life.gone_ms = row.gone_ms;
  return true;
}

void ProcessLoader::load_history(ProcessMemory& process, std::int64_t unsaved_at_ms) {
  load_attributes(process, unsaved_at_ms);
  load_ports(process);
  static_cast<void>(number_below(std::ssize(process.attributes), "process.latest_attribute_no",
                                 process.latest_attribute_no));
  process.rolled_up = process.facts();
  process.track_is_loaded = false;
  if (const auto last = last_activity_no_.first({.process_key = process.process_key})) {
    process.next_activity_no =
        number_below(kMostNumbered, "process_activity.activity_no", last->activity_no + 1);
    process.last_room_set_no =
        number_below(kMostNumbered, "process_activity.room_set_no", last->room_set_no);
  }
  static_cast<void>(number_below(process.next_activity_no, "process.latest_activity_no",
                                 process.latest_activity_no));
  for (std::int64_t back = ProcessMemory::kActivitiesAsked; back > 0; --back) {
    recall_activity(process, process.next_activity_no - back);
  }
}

void ProcessLoader::load_attributes(ProcessMemory& process, std::int64_t unsaved_at_ms) {
  for (const auto& row : load_attributes_.rows(
           {.process_key = process.process_key, .unsaved_at_ms = unsaved_at_ms})) {
    if (row.attribute_no != std::ssize(process.attributes)) {
      throw damaged("process_attribute: its numbers do not count up from 0");
    }
    Standing said_first;
    said_first.snapshot_seq = row.snapshot_seq;
    said_first.observed_at_ms = row.said_first_ms;
    Attributes said;
    said.app_key = row.app_key;
    said.deployment_key = row.deployment_key;
    said.region_key = row.region_key;
    said.status_key = row.status_key;
    said.draining = row.draining;
    said.starting_at_ms = row.starting_at_ms;
    said.scheduled_at_ms = row.scheduled_at_ms;
    said.booted_at_ms = row.booted_at_ms;
    said.started_at_ms = row.started_at_ms;
    said.stopping_at_ms = row.stopping_at_ms;
    said.terminated_at_ms = row.terminated_at_ms;
    said.rooms_per_process = row.rooms_per_process;
    said.port_set_no = row.port_set_no;
    said.host_key = row.host_key;
    said.legacy_port = normalise::number_of(loose_number(row.legacy_port));
    said.hosting_key = row.hosting_key;
    said.fleet_key = row.fleet_key;
    said.summary_exit_reason_key = row.summary_exit_reason_key;
    Standing first = said_first;
    first.observed_at_ms -= row.first_seen_before_ms;
    const Standing last{row.last_seen_ms, row.last_snapshot_seq, row.last_restatement};
    process.attributes.push_back({row.attribute_no, said_first, std::move(said), Seen(first, last),
                                  ProcessMemory::AttributeRow::Stored::yes});
  }
}

void ProcessLoader::load_ports(ProcessMemory& process) {
  for (const auto& row : load_ports_.rows({.process_key = process.process_key})) {
    const auto set = static_cast<std::size_t>(
        number_below(std::ssize(process.port_sets) + 1, "port.port_set_no", row.port_set_no));
    process.port_sets.resize(std::max(process.port_sets.size(), set + 1));
    process.port_sets[set].push_back(
        {row.position, row.name_key, row.transport_type_key, row.host_key, row.port});
  }
  process.port_sets_stored = process.port_sets.size();
}

void ProcessLoader::recall_activity(ProcessMemory& process, std::int64_t activity_no) {
  if (process.find_activity(activity_no) != nullptr) {
    return;
  }
  const auto row =
      load_activity_.first({.process_key = process.process_key, .activity_no = activity_no});
  if (!row) {
    return;
  }
  Activity said;
  said.rooms_allocated = row->rooms_allocated;
  said.rooms_allocated_updated_at_ms = row->rooms_allocated_updated_at_ms;
  said.active_connections = normalise::number_of(loose_number(row->active_connections));
  said.active_connections_updated_at_ms = row->active_connections_updated_at_ms;
  said.room_slots_available = normalise::number_of(loose_number(row->room_slots_available));
  said.room_slots_available_updated_at_ms = row->room_slots_available_updated_at_ms;
  said.idle_since_ms = row->idle_since_ms;
  said.total_rooms = row->total_rooms;
  said.lists_rooms = row->room_set_no.has_value();
  for (const auto& room : load_rooms_.rows(
           {.process_key = process.process_key, .room_set_no = row->room_set_no.value_or(0)})) {
    said.rooms.push_back({room.room_key, room.room_fact_no, room.is_unplaced != 0});
  }
  process.activities.push_back({activity_no, std::move(said), row->room_set_no, false, true});
}

}  // namespace fleetmeter::store
