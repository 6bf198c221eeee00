#pragma once

// Words for tests of decoding: one input, the part that came of it, and the vendor's records.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/time_text.hpp"
#include "decode/document_reader.hpp"
#include "fuzz/describe.hpp"
#include "support/catch.hpp"

namespace fleetmeter::decode::decoding {

using model::LooseNumber;
using model::ProcessRecord;
using Json = nlohmann::ordered_json;

/// Owns an input and the first part that was decoded from it.
struct Decoded {
  std::string bytes;
  std::unique_ptr<model::DocumentPart> part = std::make_unique<model::DocumentPart>();

  [[nodiscard]] const ProcessRecord& process() const {
    INFO(fuzz::describe(*part));
    REQUIRE(part->processes.size() == 1);
    return *part->processes.front().record;
  }
  [[nodiscard]] model::Integer egressed_bytes() const {
    REQUIRE(part->processes.size() == 1);
    return part->processes.front().egressed_bytes;
  }
  [[nodiscard]] const model::Reject& reject() const {
    INFO(fuzz::describe(*part));
    REQUIRE(part->rejects.size() == 1);
    REQUIRE(part->processes.empty());
    return part->rejects.front();
  }
};

inline Decoded decode(const std::string& bytes) {
  Decoded out;
  out.bytes = bytes;
  fuzz::MemorySource source(out.bytes, out.bytes.size() + 1);
  DocumentReader reader(source, {}, {});
  REQUIRE(reader.next(*out.part));
  CHECK(fuzz::broken_promise(out.bytes, *out.part) == "");
  return out;
}

/// A process with one more member.
inline std::string with(const std::string& member) {
  return R"({"processId":"p",)" + member + '}';
}

inline std::int64_t at(const char* text) {
  return base::parse_rfc3339(text).ms.value();
}

// ---- one record of each version, as the vendor writes it

inline constexpr const char* kV1 = R"({
  "processId": "cbfcddd2-0006-43ae-996c-995fff7bed2e",
  "appId": "app-af469a92-5b45-4565-b3c4-b79878de67d2",
  "deploymentId": 1,
  "region": "Washington_DC",
  "startingAt": "2024-11-01T08:00:00.000Z",
  "startedAt": "2024-11-01T08:00:05.250Z",
  "stoppingAt": "2024-11-01T09:00:00Z",
  "terminatedAt": "2024-11-01T10:00:10.123456789+01:00",
  "egressedBytes": 41273941211,
  "draining": false,
  "roomsPerProcess": 3,
  "roomsAllocated": 1,
  "roomsAllocatedUpdatedAt": "2024-11-01T08:30:00Z",
  "exposedPort": {"transportType": "tcp", "port": 72941, "host": "4c3e.edge.hathora.dev",
                  "name": "default"},
  "additionalExposedPorts": [
    {"transportType": "udp", "port": 1, "host": "a.edge", "name": "debug"},
    {"transportType": "tls", "port": 65536, "host": "b.edge", "name": "web"}],
  "idleSince": "2024-11-01T08:45:00Z",
  "activeConnections": 12,
  "activeConnectionsUpdatedAt": "2024-11-01T08:31:00Z",
  "roomSlotsAvailable": 2.5,
  "roomSlotsAvailableUpdatedAt": "2024-11-01T08:32:00Z",
  "host": "old.edge.hathora.dev",
  "port": 7742.34,
  "aFieldOfTomorrow": {"deep": [1, {"x": null}]}
})";

inline constexpr const char* kRooms = R"([
  {"roomId": "2swovpy1fnunu", "appId": "app-1", "status": "active", "roomConfig": "{\"name\":\"x\"}",
   "currentAllocation": {"roomAllocationId": "alloc-1", "processId": "p-1",
                         "scheduledAt": "2024-11-01T08:10:00Z", "unscheduledAt": null}},
  {"roomId": "r-2", "appId": "app-1", "status": "destroyed", "roomConfig": null,
   "currentAllocation": null}
])";

inline constexpr const char* kV3 = R"({
  "processId": "p-3",
  "appId": "app-3",
  "deploymentId": "dep-6d4c6a71-2d75-4b42-94e1-f312f57f33c5",
  "region": "Johannesburg",
  "status": "running",
  "createdAt": "2025-03-01T08:00:00Z",
  "scheduledAt": "2025-03-01T08:00:01Z",
  "bootedAt": "2025-03-01T08:00:02Z",
  "startedAt": "2025-03-01T08:00:03Z",
  "stoppingAt": null,
  "terminatedAt": null,
  "hosting": "metal",
  "fleetId": "fleet-1",
  "summaryExitReason": "Exited with code 0",
  "roomsPerProcess": 10000,
  "exposedPort": null,
  "additionalExposedPorts": [],
  "rooms": []
})";

inline std::string snake_case(const std::string& camel) {
  std::string out;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z') {
      out += '_';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  return out;
}

inline std::string pascal_case(std::string camel) {
  camel[0] =
      camel[0] >= 'a' && camel[0] <= 'z' ? static_cast<char>(camel[0] - 'a' + 'A') : camel[0];
  return camel;
}

/// The same value with every name respelt, and the members of every object in another order.
inline Json respelt(const Json& value,
                    const std::function<std::string(const std::string&)>& spelling,
                    std::mt19937_64& random) {
  if (value.is_array()) {
    Json out = Json::array();
    for (const Json& element : value) {
      out.push_back(respelt(element, spelling, random));
    }
    return out;
  }
  if (!value.is_object()) {
    return value;
  }
  std::vector<std::pair<std::string, Json>> members;
  for (const auto& [name, inner] : value.items()) {
    members.emplace_back(spelling(name), respelt(inner, spelling, random));
  }
  std::shuffle(members.begin(), members.end(), random);
  Json out = Json::object();
  for (auto& [name, inner] : members) {
    out[name] = std::move(inner);
  }
  return out;
}

/// What was decoded, without where it stood.
inline std::string records_of(const std::string& bytes) {
  const Decoded decoded = decode(bytes);
  const std::string all = fuzz::describe(*decoded.part);
  return all.substr(std::min(all.find('\n'), all.size()));
}

}  // namespace fleetmeter::decode::decoding
