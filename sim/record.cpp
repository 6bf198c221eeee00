#include "sim/record.hpp"

#include <string_view>

namespace fleetmeter::sim {
namespace {

/// Stands where the counter goes; no JSON text of ours holds it otherwise.
constexpr char kCounterMark = '\x01';

std::string time_or_null(bool known, std::int64_t at_ms) {
  return known ? '"' + instant(at_ms) + '"' : "null";
}

const char* status_of(const TrueProcess& process, std::int64_t now_ms) {
  return process.terminated_ms <= now_ms                        ? "\"stopped\""
         : process.stopping_ms <= now_ms                        ? "\"stopping\""
         : process.never_started || process.started_ms > now_ms ? "\"starting\""
         : process.draining_ms <= now_ms                        ? "\"draining\""
                                                                : "\"running\"";
}

/// The end of a life, latest instant first, as the vendor's examples have it.
void add_times(ObjectText& object, const TrueProcess& process, std::int64_t now_ms, bool lean) {
  const auto add = [&](const char* key, bool known, std::int64_t at_ms) {
    if (known || !lean) {
      object.add(key, time_or_null(known, at_ms));
    }
  };
  add("terminatedAt", process.terminated_ms <= now_ms, process.terminated_ms);
  add("stoppingAt", process.stopping_ms <= now_ms, process.stopping_ms);
  add("startedAt", !process.never_started && process.started_ms <= now_ms, process.started_ms);
}

std::string deployment_json(const TrueProcess& process, Api api) {
  const bool numeric = process.deployment.find('-') == std::string::npos;
  if (api == Api::early && numeric) {
    return process.deployment + ".0";  // a double in early 2023
  }
  return api == Api::v3 || !numeric ? json_text(process.deployment) : process.deployment;
}

void add_identity(ObjectText& object, const TrueProcess& process, Api api) {
  object.add("region", json_text(process.region));
  object.add("processId", json_text(process.id));
  object.add("deploymentId", deployment_json(process, api));
  object.add("appId", json_text(process.app));
}

/// Stays with the process for its life.
std::int64_t port_number(const TrueProcess& process) {
  return 20'000 + static_cast<std::int64_t>(process.activity_seed % 45'000);
}

std::string host_name(const TrueProcess& process) {
  return std::to_string(1 + process.activity_seed % 9) + ".proxy.hathora.dev";
}

}  // namespace

std::string RecordWriter::port(const std::string& host, std::int64_t number, const char* name) {
  ObjectText object;
  object.add("transportType", "\"udp\"");
  object.add("port", std::to_string(number));
  object.add("host", json_text(host));
  object.add("name", json_text(name));
  return object.text(order_, random_);
}

std::string RecordWriter::room(const Room& room, const TrueProcess& process, const App& app) {
  ObjectText allocation;
  allocation.add("unscheduledAt", "null");
  allocation.add("scheduledAt", '"' + instant(room.scheduled_at_ms) + '"');
  allocation.add("processId", json_text(process.id));
  allocation.add("roomAllocationId", json_text(room.allocation_id));
  ObjectText object;
  object.add("currentAllocation", allocation.text(order_, random_));
  object.add("status", "\"active\"");
  object.add("roomConfig", !room.own_config.empty() ? json_text(room.own_config)
                           : room.config            ? json_text(app.room_configs[*room.config])
                                                    : "null");
  object.add("roomId", json_text(room.id));
  object.add("appId", json_text(app.id));
  return object.text(order_, random_);
}

void RecordWriter::add_activity(ObjectText& object, const Activity& activity,
                                int rooms_per_process) {
  const auto allocated = static_cast<std::int64_t>(activity.rooms().size());
  const std::string rooms_updated = time_or_null(true, activity.rooms_updated_ms());
  object.add("idleSince", time_or_null(activity.idle_since_ms().has_value(),
                                       activity.idle_since_ms().value_or(0)));
  object.add("activeConnectionsUpdatedAt", time_or_null(true, activity.connections_updated_ms()));
  object.add("activeConnections", std::to_string(activity.connections()));
  object.add("roomsAllocatedUpdatedAt", rooms_updated);
  object.add("roomsAllocated", std::to_string(allocated));
  object.add("roomSlotsAvailableUpdatedAt", rooms_updated);
  object.add("roomSlotsAvailable", std::to_string(rooms_per_process - allocated));
}

void RecordWriter::add_ports(ObjectText& object, const TrueProcess& process, bool debug_port,
                             std::int64_t now_ms) {
  const bool bound = !process.never_started && process.started_ms <= now_ms;
  const std::string host = host_name(process);
  const std::int64_t number = port_number(process);
  object.add("additionalExposedPorts",
             bound && debug_port ? '[' + port(host, number + 1, "debug") + ']' : "[]");
  object.add("exposedPort", bound ? port(host, number, "default") : "null");
}

void RecordWriter::add_rooms(ObjectText& object, const TrueProcess& process, const App& app,
                             const Activity& activity) {
  std::string rooms = "[";
  for (const Room& one : activity.rooms()) {
    rooms += rooms.size() > 1 ? "," : "";
    rooms += room(one, process, app);
  }
  object.add("rooms", rooms + ']');
  object.add("totalRooms", std::to_string(activity.rooms().size()));
}

RecordText RecordWriter::write(const TrueProcess& process, const App& app, const Activity& activity,
                               std::int64_t now_ms, Api api) {
  const Deployment& deployment = app.deployments[process.deployment_index];
  const bool is_v1 = api == Api::v1 || api == Api::v1_rooms;
  ObjectText object;
  if (is_v1 || api == Api::lean) {
    object.add("egressedBytes", {kCounterMark});
  } else if (api != Api::early) {
    object.add("status", status_of(process, now_ms));
    object.add("roomsAllocated", std::to_string(activity.rooms().size()));
  }
  if (is_v1) {
    add_activity(object, activity, deployment.rooms_per_process);
  }
  const bool has_v1_names = is_v1 || api == Api::lean || api == Api::early;
  if (has_v1_names) {
    object.add("draining", process.draining_ms <= now_ms ? "true" : "false");
  }
  add_times(object, process, now_ms, api == Api::lean);
  if (api == Api::v3) {
    object.add("bootedAt", "null");
    object.add("scheduledAt", time_or_null(true, process.starting_ms + 200));
  }
  object.add(has_v1_names ? "startingAt" : "createdAt", time_or_null(true, process.starting_ms));
  object.add("roomsPerProcess", std::to_string(deployment.rooms_per_process));
  if (is_v1 || api == Api::v2 || api == Api::v3) {
    add_ports(object, process, deployment.has_debug_port, now_ms);
  }
  if (is_v1 || api == Api::early) {
    object.add("port", std::to_string(port_number(process)));
    object.add("host", json_text(host_name(process)));
  }
  add_identity(object, process, api);
  if (api == Api::v1_rooms) {
    add_rooms(object, process, app, activity);
  }
  std::string text = object.text(order_, random_);
  const std::size_t mark = text.find(kCounterMark);
  if (mark == std::string::npos) {
    return {std::move(text), {}};
  }
  return {text.substr(0, mark), text.substr(mark + 1)};
}

}  // namespace fleetmeter::sim
