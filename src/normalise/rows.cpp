#include "normalise/rows.hpp"

namespace fleetmeter::normalise {

Number number_of(const model::LooseNumber& loose) {
  return {loose.kind, loose.integer, loose.real, std::string(loose.text)};
}

namespace {

Port port_of(const model::PortRecord& record, std::int64_t position, LabelKeys& labels) {
  return {position, labels.key_of(record.name), labels.key_of(record.transport_type),
          labels.key_of(record.host), record.port};
}

}  // namespace

bool same_attributes(const model::ProcessAttributes& a, const model::ProcessAttributes& b) {
  const model::AttributeValues& said_by_a = a;
  const model::AttributeValues& said_by_b = b;
  return &a == &b || said_by_a == said_by_b;
}

Attributes attributes_of(const model::ProcessAttributes& record, LabelKeys& labels) {
  Attributes out;
  out.app_key = labels.key_of(record.app_id);
  out.deployment_key = labels.key_of(record.deployment_id);
  out.region_key = labels.key_of(record.region);
  out.status_key = labels.key_of(record.status);
  if (record.draining) {
    out.draining = *record.draining ? 1 : 0;
  }
  out.starting_at_ms = record.starting_at_ms;
  out.scheduled_at_ms = record.scheduled_at_ms;
  out.booted_at_ms = record.booted_at_ms;
  out.started_at_ms = record.started_at_ms;
  out.stopping_at_ms = record.stopping_at_ms;
  out.terminated_at_ms = record.terminated_at_ms;
  out.rooms_per_process = record.rooms_per_process;
  out.host_key = labels.key_of(record.host);
  out.legacy_port = number_of(record.port);
  out.hosting_key = labels.key_of(record.hosting);
  out.fleet_key = labels.key_of(record.fleet_id);
  out.summary_exit_reason_key = labels.key_of(record.summary_exit_reason);
  return out;
}

Activity activity_of(const model::ProcessRecord& record) {
  Activity out;
  out.rooms_allocated = record.rooms_allocated;
  out.rooms_allocated_updated_at_ms = record.rooms_allocated_updated_at_ms;
  out.active_connections = number_of(record.active_connections);
  out.active_connections_updated_at_ms = record.active_connections_updated_at_ms;
  out.room_slots_available = number_of(record.room_slots_available);
  out.room_slots_available_updated_at_ms = record.room_slots_available_updated_at_ms;
  out.idle_since_ms = record.idle_since_ms;
  out.total_rooms = record.total_rooms;
  out.lists_rooms = record.lists_rooms();
  return out;
}

std::vector<Port> ports_of(const model::ProcessAttributes& record, LabelKeys& labels) {
  std::vector<Port> out;
  std::int64_t position = 0;
  if (record.exposed_port) {
    out.push_back(port_of(*record.exposed_port, position, labels));
  }
  for (const model::PortRecord& additional : record.additional_exposed_ports) {
    out.push_back(port_of(additional, ++position, labels));
  }
  return out;
}

RoomFact fact_of(const model::RoomRecord& record, LabelKeys& labels) {
  RoomFact out;
  out.app_key = labels.key_of(record.app_id);
  out.status_key = labels.key_of(record.status);
  out.room_config = record.room_config;
  return out;
}

bool is_unplaced(const model::RoomRecord& record, std::string_view process_id) {
  return !record.current_allocation || record.current_allocation->process_id != process_id;
}

}  // namespace fleetmeter::normalise
