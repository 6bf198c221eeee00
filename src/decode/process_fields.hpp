#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace fleetmeter::decode {

/// The members of a process object, in the order of kProcessFieldNames.
enum class ProcessField {
  process_id,
  app_id,
  deployment_id,
  region,
  starting_at,
  created_at,
  started_at,
  stopping_at,
  terminated_at,
  scheduled_at,
  booted_at,
  egressed_bytes,
  draining,
  status,
  rooms_per_process,
  rooms_allocated,
  rooms_allocated_updated_at,
  exposed_port,
  additional_exposed_ports,
  idle_since,
  active_connections,
  active_connections_updated_at,
  room_slots_available,
  room_slots_available_updated_at,
  host,
  port,
  rooms,
  total_rooms,
  hosting,
  fleet_id,
  summary_exit_reason
};

/// Whether a member says when something of the process's life happened.
[[nodiscard]] inline bool is_lifecycle_time(ProcessField field) {
  return field >= ProcessField::starting_at && field <= ProcessField::booted_at;
}

/// The names of the members, in camelCase as the vendor spells them.
inline constexpr auto kProcessFieldNames =
    std::to_array<std::string_view>({"processId",
                                     "appId",
                                     "deploymentId",
                                     "region",
                                     "startingAt",
                                     "createdAt",
                                     "startedAt",
                                     "stoppingAt",
                                     "terminatedAt",
                                     "scheduledAt",
                                     "bootedAt",
                                     "egressedBytes",
                                     "draining",
                                     "status",
                                     "roomsPerProcess",
                                     "roomsAllocated",
                                     "roomsAllocatedUpdatedAt",
                                     "exposedPort",
                                     "additionalExposedPorts",
                                     "idleSince",
                                     "activeConnections",
                                     "activeConnectionsUpdatedAt",
                                     "roomSlotsAvailable",
                                     "roomSlotsAvailableUpdatedAt",
                                     "host",
                                     "port",
                                     "rooms",
                                     "totalRooms",
                                     "hosting",
                                     "fleetId",
                                     "summaryExitReason"});
static_assert(kProcessFieldNames.size() ==
                  std::size_t{1} + static_cast<std::size_t>(ProcessField::summary_exit_reason),
              "each field of a process has its name, at its own number");
static_assert(kProcessFieldNames[static_cast<std::size_t>(ProcessField::egressed_bytes)] ==
                  "egressedBytes" &&
              kProcessFieldNames[static_cast<std::size_t>(ProcessField::rooms)] == "rooms");

}  // namespace fleetmeter::decode
