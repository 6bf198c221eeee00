#pragma once

#include <array>
#include <string_view>

namespace fleetmeter::decode {

// The members of the vendor's smaller objects and their names, in one order each.

enum PortField { port_transport_type, port_port, port_host, port_name, port_fields };
inline constexpr auto kPortNames =
    std::to_array<std::string_view>({"transportType", "port", "host", "name"});
static_assert(kPortNames.size() == port_fields);

enum RoomField {
  room_id,
  room_app_id,
  room_status,
  room_config,
  room_current,
  room_allocations,
  room_fields
};
inline constexpr auto kRoomNames = std::to_array<std::string_view>(
    {"roomId", "appId", "status", "roomConfig", "currentAllocation", "allocations"});
static_assert(kRoomNames.size() == room_fields);

enum AllocationField {
  allocation_id,
  allocation_process,
  allocation_from,
  allocation_to,
  allocation_fields
};
inline constexpr auto kAllocationNames = std::to_array<std::string_view>(
    {"roomAllocationId", "processId", "scheduledAt", "unscheduledAt"});
static_assert(kAllocationNames.size() == allocation_fields);

/// Behind the first six come the names under which log lines say their own time.
enum EnvelopeField {
  observed_at,
  list_of_processes,
  capped,
  list_kind,
  list_app,
  list_region,
  first_own_time
};
inline constexpr auto kEnvelopeNames = std::to_array<std::string_view>(
    {"observedAt", "processes", "capped", "list", "appId", "region", "timestamp", "time",
     "@timestamp", "ts", "__REALTIME_TIMESTAMP"});
static_assert(kEnvelopeNames[list_kind] == "list" && kEnvelopeNames[first_own_time] == "timestamp");

}  // namespace fleetmeter::decode
