#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/said_time.hpp"
#include "base/time_text.hpp"
#include "decode/document_reader.hpp"
#include "decode/number.hpp"
#include "fuzz/describe.hpp"
#include "support/catch.hpp"

namespace fleetmeter::decode {

namespace {

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

Decoded decode(const std::string& bytes) {
  Decoded out;
  out.bytes = bytes;
  fuzz::MemorySource source(out.bytes, out.bytes.size() + 1);
  DocumentReader reader(source, {}, {});
  REQUIRE(reader.next(*out.part));
  CHECK(fuzz::broken_promise(out.bytes, *out.part) == "");
  return out;
}

/// A process with one more member.
std::string with(const std::string& member) {
  return R"({"processId":"p",)" + member + '}';
}

std::int64_t at(const char* text) {
  return base::parse_rfc3339(text).ms.value();
}

// ---- one record of each version, as the vendor writes it

constexpr const char* kV1 = R"({
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

constexpr const char* kRooms = R"([
  {"roomId": "2swovpy1fnunu", "appId": "app-1", "status": "active", "roomConfig": "{\"name\":\"x\"}",
   "currentAllocation": {"roomAllocationId": "alloc-1", "processId": "p-1",
                         "scheduledAt": "2024-11-01T08:10:00Z", "unscheduledAt": null}},
  {"roomId": "r-2", "appId": "app-1", "status": "destroyed", "roomConfig": null,
   "currentAllocation": null}
])";

constexpr const char* kV3 = R"({
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

std::string snake_case(const std::string& camel) {
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

std::string pascal_case(std::string camel) {
  camel[0] =
      camel[0] >= 'a' && camel[0] <= 'z' ? static_cast<char>(camel[0] - 'a' + 'A') : camel[0];
  return camel;
}

/// The same value with every name respelt, and the members of every object in another order.
Json respelt(const Json& value, const std::function<std::string(const std::string&)>& spelling,
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
std::string records_of(const std::string& bytes) {
  const Decoded decoded = decode(bytes);
  const std::string all = fuzz::describe(*decoded.part);
  return all.substr(std::min(all.find('\n'), all.size()));
}

}  // namespace

// ---- fields

TEST_CASE("decode: every field of version 1") {
  const Decoded decoded = decode(kV1);
  const ProcessRecord& p = decoded.process();
  CHECK(decoded.part->rejects.empty());
  CHECK(p.attributes->process_id == "cbfcddd2-0006-43ae-996c-995fff7bed2e");
  CHECK(p.attributes->app_id == "app-af469a92-5b45-4565-b3c4-b79878de67d2");
  CHECK(p.attributes->deployment_id == "1");
  CHECK(p.attributes->region == "Washington_DC");
  CHECK_FALSE(p.attributes->status);
  CHECK(p.attributes->draining == false);
  CHECK(p.attributes->starting_at_ms == at("2024-11-01T08:00:00Z"));
  CHECK(p.attributes->started_at_ms == at("2024-11-01T08:00:05.250Z"));
  CHECK(p.attributes->stopping_at_ms == at("2024-11-01T09:00:00Z"));
  CHECK(p.attributes->terminated_at_ms == at("2024-11-01T09:00:10.123Z"));
  CHECK_FALSE(p.attributes->scheduled_at_ms);
  CHECK_FALSE(p.attributes->booted_at_ms);
  CHECK(decoded.egressed_bytes() == 41'273'941'211);
  CHECK(p.attributes->rooms_per_process == 3);
  CHECK(p.rooms_allocated == 1);
  CHECK(p.rooms_allocated_updated_at_ms == at("2024-11-01T08:30:00Z"));
  REQUIRE(p.attributes->exposed_port);
  CHECK(p.attributes->exposed_port->transport_type == "tcp");
  CHECK(p.attributes->exposed_port->port == 72941);
  CHECK(p.attributes->exposed_port->host == "4c3e.edge.hathora.dev");
  CHECK(p.attributes->exposed_port->name == "default");
  REQUIRE(p.attributes->additional_exposed_ports.size() == 2);
  CHECK(p.attributes->additional_exposed_ports[0].name == "debug");
  CHECK(p.attributes->additional_exposed_ports[1].transport_type == "tls");
  CHECK(p.attributes->additional_exposed_ports[1].port == 65536);
  CHECK(p.idle_since_ms == at("2024-11-01T08:45:00Z"));
  CHECK(p.active_connections == LooseNumber{LooseNumber::Kind::integer, 12, 0, {}});
  CHECK(p.active_connections_updated_at_ms == at("2024-11-01T08:31:00Z"));
  CHECK(p.room_slots_available == LooseNumber{LooseNumber::Kind::real, 0, 2.5, {}});
  CHECK(p.room_slots_available_updated_at_ms == at("2024-11-01T08:32:00Z"));
  CHECK(p.attributes->host == "old.edge.hathora.dev");
  CHECK(p.attributes->port == LooseNumber{LooseNumber::Kind::real, 0, 7742.34, {}});
  CHECK_FALSE(p.total_rooms);
  CHECK_FALSE(p.lists_rooms());
  CHECK(p.rooms().empty());
}

TEST_CASE("decode: a process with its rooms") {
  const Decoded decoded = decode(with(R"("totalRooms":7,"rooms":)" + std::string(kRooms)));
  const ProcessRecord& p = decoded.process();
  CHECK(p.total_rooms == 7);
  CHECK(p.lists_rooms());
  REQUIRE(p.rooms().size() == 2);
  CHECK(p.rooms()[0].room_id == "2swovpy1fnunu");
  CHECK(p.rooms()[0].app_id == "app-1");
  CHECK(p.rooms()[0].status == "active");
  CHECK(p.rooms()[0].room_config == "{\"name\":\"x\"}");
  REQUIRE(p.rooms()[0].current_allocation);
  CHECK(p.rooms()[0].current_allocation->room_allocation_id == "alloc-1");
  CHECK(p.rooms()[0].current_allocation->process_id == "p-1");
  CHECK(p.rooms()[0].current_allocation->scheduled_at_ms == at("2024-11-01T08:10:00Z"));
  CHECK_FALSE(p.rooms()[0].current_allocation->unscheduled_at_ms);
  CHECK(p.rooms()[1].status == "destroyed");
  CHECK_FALSE(p.rooms()[1].room_config);
  CHECK_FALSE(p.rooms()[1].current_allocation);
}

TEST_CASE("decode: an empty list of rooms is a list of rooms") {
  CHECK(decode(with(R"("rooms":[])")).process().lists_rooms());
  CHECK_FALSE(decode(with(R"("rooms":null)")).process().lists_rooms());
  CHECK_FALSE(decode(with(R"("region":"Tokyo")")).process().lists_rooms());
}

TEST_CASE("decode: every field of versions 2 and 3") {
  const Decoded decoded = decode(kV3);
  const ProcessRecord& p = decoded.process();
  CHECK(p.attributes->deployment_id == "dep-6d4c6a71-2d75-4b42-94e1-f312f57f33c5");
  CHECK(p.attributes->status == "running");
  CHECK_FALSE(p.attributes->draining);
  CHECK(p.attributes->starting_at_ms == at("2025-03-01T08:00:00Z"));
  CHECK(p.attributes->scheduled_at_ms == at("2025-03-01T08:00:01Z"));
  CHECK(p.attributes->booted_at_ms == at("2025-03-01T08:00:02Z"));
  CHECK(p.attributes->started_at_ms == at("2025-03-01T08:00:03Z"));
  CHECK_FALSE(p.attributes->stopping_at_ms);
  CHECK(p.attributes->hosting == "metal");
  CHECK(p.attributes->fleet_id == "fleet-1");
  CHECK(p.attributes->summary_exit_reason == "Exited with code 0");
  CHECK(p.attributes->rooms_per_process == 10'000);
  CHECK_FALSE(decoded.egressed_bytes());
  CHECK_FALSE(p.attributes->exposed_port);

  const Decoded v2 =
      decode(with(R"("status":"draining","deploymentId":17,"createdAt":"2024-11-01T08:00:00Z")"));
  CHECK(v2.process().attributes->deployment_id == "17");
  CHECK(v2.process().attributes->starting_at_ms == at("2024-11-01T08:00:00Z"));
  // The same instant under both names is one fact; two instants contradict each other.
  CHECK(
      decode(with(R"("startingAt":"2024-11-01T08:00:00Z","createdAt":"2024-11-01T09:00:00+01:00")"))
          .process()
          .attributes->starting_at_ms == at("2024-11-01T08:00:00Z"));
  CHECK(decode(with(R"("startingAt":"2024-11-01T08:00:00Z","createdAt":"2024-11-01T08:00:01Z")"))
            .reject()
            .json_pointer == "/createdAt");
}

TEST_CASE("decode: a document about a room") {
  const Decoded decoded =
      decode(R"({"roomId":"r","appId":"app-1","status":"scheduling","roomConfig":"",
      "currentAllocation":null,"allocations":[
      {"roomAllocationId":"a1","processId":"p1","scheduledAt":"2024-11-01T08:00:00Z",
       "unscheduledAt":"2024-11-01T09:00:00Z"},{"roomAllocationId":"a2","processId":"p2"}]})");
  REQUIRE(decoded.part->rooms.size() == 1);
  const model::RoomRecord& room = decoded.part->rooms[0];
  CHECK(room.room_id == "r");
  CHECK(room.room_config == "");
  REQUIRE(room.allocations.size() == 2);
  CHECK(room.allocations[0].unscheduled_at_ms == at("2024-11-01T09:00:00Z"));
  CHECK(room.allocations[1].process_id == "p2");
}

TEST_CASE("decode: all spellings and all orders of keys say the same") {
  std::mt19937_64 random(7);
  Json v1 = Json::parse(kV1);
  v1.erase("aFieldOfTomorrow");
  v1["rooms"] = Json::parse(kRooms);
  v1["totalRooms"] = 2;
  for (const Json& record : {v1, Json::parse(kV3)}) {
    const std::string expected = records_of(record.dump());
    for (int i = 0; i < 40; ++i) {
      const auto same = [](const std::string& name) { return name; };
      CHECK(records_of(respelt(record, same, random).dump()) == expected);
      CHECK(records_of(respelt(record, snake_case, random).dump()) == expected);
      CHECK(records_of(respelt(record, pascal_case, random).dump()) == expected);
      CHECK(records_of(respelt(record, snake_case, random).dump(3)) == expected);
    }
  }
}

TEST_CASE("decode: the order of keys may change from record to record") {
  const std::string a = R"({"processId":"a","region":"Tokyo","appId":"x"})";
  const std::string b = R"({"appId":"y","unknown":1,"processId":"b","region":"Sydney"})";
  const std::string c = R"({"process_id":"c","Region":"London","app_id":"z"})";
  const Decoded decoded = decode('[' + a + ',' + b + ',' + a + ',' + c + ',' + b + ']');
  REQUIRE(decoded.part->processes.size() == 5);
  CHECK(decoded.part->processes[1]->attributes->process_id == "b");
  CHECK(decoded.part->processes[1]->attributes->app_id == "y");
  CHECK(decoded.part->processes[2]->attributes->region == "Tokyo");
  CHECK(decoded.part->processes[3]->attributes->region == "London");
  CHECK(decoded.part->processes[4]->attributes->region == "Sydney");
}

TEST_CASE("decode: a name that only begins like a known one is another name") {
  const Decoded decoded = decode(
      R"([{"processId":"a","region":"Tokyo"},{"processIdx":"z","processId":"b","regional":"no","regio":1}])");
  REQUIRE(decoded.part->processes.size() == 2);
  CHECK(decoded.part->processes[1]->attributes->process_id == "b");
  CHECK_FALSE(decoded.part->processes[1]->attributes->region);
  CHECK(decode(R"({"process\u0049d":"p"})").process().attributes->process_id == "p");
  CHECK(decode(with(std::string("\"region\\u0000\":\"x\""))).process().attributes->region ==
        model::Text());
}

TEST_CASE("decode: null and absent are alike") {
  Json null = Json::parse(kV1);
  for (auto& [name, value] : null.items()) {
    if (name != "processId") {
      value = nullptr;
    }
  }
  CHECK(records_of(null.dump()) ==
        records_of(R"({"processId":"cbfcddd2-0006-43ae-996c-995fff7bed2e"})"));
  CHECK(records_of(with(
            R"("rooms":[{"roomId":"r","appId":null,"status":null,"currentAllocation":null}])")) ==
        records_of(with(R"("rooms":[{"roomId":"r"}])")));
}

TEST_CASE("decode: what code generators write for nothing") {
  CHECK_FALSE(decode(with(R"("exposedPort":"")")).process().attributes->exposed_port);
  CHECK_FALSE(decode(with(R"("exposedPort":null)")).process().attributes->exposed_port);
  CHECK(decode(with(R"("additionalExposedPorts":[null,""])"))
            .process()
            .attributes->additional_exposed_ports.empty());
  CHECK(decode(with(R"("exposedPort":{})")).process().attributes->exposed_port);
  CHECK(decode(with(R"("region":"")")).process().attributes->region == "");
}

TEST_CASE("decode: a deployment has one name, however it is written") {
  for (const char* one : {"1", "1.0", "\"1\"", "1e0", "10e-1"}) {
    INFO(one);
    CHECK(
        decode(with(std::string("\"deploymentId\":") + one)).process().attributes->deployment_id ==
        "1");
  }
  CHECK(decode(with(R"("deploymentId":1.5)")).reject().json_pointer == "/deploymentId");
  CHECK(decode(with(R"("deploymentId":true)")).reject().json_pointer == "/deploymentId");
  CHECK(decode(with(R"("deploymentId":"a\u0001")")).reject().json_pointer == "/deploymentId");
}

TEST_CASE("decode: times in any order, regions nobody knows, ports above 65535 are kept") {
  const Decoded decoded = decode(with(
      R"("region":"Mars","status":"quantum","terminatedAt":"2024-11-01T08:00:00Z","stoppingAt":"2024-11-01T09:00:00Z","startedAt":"2024-11-01T10:00:00Z","exposedPort":{"port":4294967296,"transportType":"quic"})"));
  CHECK(decoded.process().attributes->region == "Mars");
  CHECK(decoded.process().attributes->status == "quantum");
  CHECK(decoded.process().attributes->exposed_port->port == 4294967296);
  CHECK(decoded.process().attributes->started_at_ms >
        decoded.process().attributes->terminated_at_ms);
}

// ---- numbers

TEST_CASE("decode: integers are exact or refused") {
  const auto is = [](const char* token, std::int64_t value) {
    INFO(token);
    CHECK(parse_integer(token).value == value);
    CHECK(is_json_number(token));
    CHECK(decode(with("\"egressedBytes\":" + std::string(token) + ',')
                     .replace(std::string(R"({"processId":"p",)").size() +
                                  std::string("\"egressedBytes\":").size() +
                                  std::string(token).size(),
                              1, ""))
              .egressed_bytes() == value);
  };
  is("0", 0);
  is("-0", 0);
  is("-0.0", 0);
  is("0e5", 0);
  is("0e999999999999999999999999", 0);
  is("1.0", 1);
  is("1e3", 1000);
  is("1E+3", 1000);
  is("1.5e1", 15);
  is("1500e-2", 15);
  is("-1.0", -1);
  is("-2147483648", -2147483648LL);
  is("2147483647", 2147483647);
  is("9007199254740992.0", 9007199254740992);
  is("9.007199254740992e15", 9007199254740992);
  is("9007199254740993", 9007199254740993);  // 2^53 + 1, which no double holds
  is("9223372036854775807", std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("decode: integers that are none cost the record") {
  for (const char* token : {"9223372036854775808",
                            "-9223372036854775809",
                            "18446744073709551616",
                            "1e400",
                            "1e19",
                            "1.9",
                            "0.1",
                            "1e-1",
                            "9007199254740993.0",
                            "9007199254740994.0",
                            "9.007199254740993e15",
                            "1e16",
                            "1e999999999999999999999",
                            "1e-999999999999999999999",
                            "123456789012345678901234567890",
                            "\"1.9\"",
                            "\"x\"",
                            "\"\"",
                            "true",
                            "[1]",
                            "{}",
                            R"({"$numberLong":"x"})",
                            R"({"$numberLong":1,"a":2})"}) {
    INFO(token);
    const std::string bytes = R"({"processId":"p","egressedBytes":)" + std::string(token) + '}';
    const Decoded decoded = decode(bytes);
    const model::Reject& reject = decoded.reject();
    CHECK(reject.json_pointer == "/egressedBytes");
    CHECK(reject.byte_offset == bytes.find(':', 15) + 1);
    CHECK(reject.raw == bytes);
    CHECK_FALSE(decoded.part->malformed);
  }
}

TEST_CASE("decode: integers in quotes and in MongoDB's wrappers are integers") {
  for (const char* token : {"435", "\"435\"", R"({"$numberLong":"435"})", R"({"$numberInt":"435"})",
                            R"({"$numberLong":435})", R"({"$numberDouble":"435.0"})"}) {
    INFO(token);
    CHECK(decode(with(R"("egressedBytes":)" + std::string(token))).egressed_bytes() == 435);
    CHECK(decode(with(R"("deploymentId":)" + std::string(token)))
              .process()
              .attributes->deployment_id == "435");
  }
  CHECK(decode(with(R"("startedAt":{"$date":"2024-11-01T08:30:00Z"})"))
            .process()
            .attributes->started_at_ms == 1'730'449'800'000);
  CHECK(decode(with(R"("startedAt":{"$date":{"$numberLong":"1730449800000"}})"))
            .process()
            .attributes->started_at_ms == 1'730'449'800'000);
}

TEST_CASE("decode: times that mean none are null and counted") {
  const Decoded decoded =
      decode(with(R"("startedAt":"2024-11-01T08:00:00Z","stoppingAt":"0001-01-01T00:00:00",)"
                  R"("terminatedAt":{"$date":-62135596800000},"idleSince":"1970-01-01T00:00:00Z",)"
                  R"("rooms":[{"roomId":"r","currentAllocation":{"roomAllocationId":"a",)"
                  R"("unscheduledAt":"9999-12-31T23:59:59.9999999Z"}}])"));
  const ProcessRecord& p = decoded.process();
  CHECK(p.attributes->started_at_ms.has_value());
  CHECK_FALSE(p.attributes->stopping_at_ms);
  CHECK_FALSE(p.attributes->terminated_at_ms);
  CHECK_FALSE(p.idle_since_ms);
  REQUIRE(p.rooms().size() == 1);
  CHECK_FALSE(p.rooms()[0].current_allocation->unscheduled_at_ms);
  CHECK(model::placeholder_times(p) == 4);
}

TEST_CASE("decode: what is no JSON number is no JSON") {
  for (const char* token : {"01", "+1", "1.", ".5", "1e", "1e+", "0x10", "-", "--1", "1_000", "NaN",
                            "Infinity", "-Infinity", "1.e5", "1,5"}) {
    INFO(token);
    CHECK_FALSE(is_json_number(token));
    CHECK(
        decode(R"({"processId":"p","egressedBytes":)" + std::string(token) + '}').part->malformed);
    CHECK(decode(R"({"processId":"p","unknown":)" + std::string(token) + '}').part->malformed);
    CHECK(decode(R"({"processId":"p","unknown":[{"x":)" + std::string(token) + "}]}")
              .part->malformed);
  }
}

TEST_CASE("decode: a counter below every wrapped int32 costs the record") {
  CHECK(decode(with(R"("egressedBytes":-1)")).egressed_bytes() == -1);
  CHECK(decode(with(R"("egressedBytes":-2147483649)")).reject().json_pointer == "/egressedBytes");
}

TEST_CASE("decode: loose numbers are kept as they came") {
  using Kind = LooseNumber::Kind;
  const auto kept = [](const char* token) { return parse_loose(token); };
  CHECK(kept("7742") == LooseNumber{Kind::integer, 7742, 0, {}});
  CHECK(kept("7742.34") == LooseNumber{Kind::real, 0, 7742.34, {}});
  CHECK(kept("2.0") == LooseNumber{Kind::real, 0, 2, {}});
  CHECK(kept("9007199254740993") == LooseNumber{Kind::integer, 9007199254740993, 0, {}});
  for (const char* text :
       {"1.50", "1e3", "1e400", "9223372036854775809", "0.1000000000000000055511"}) {
    INFO(text);
    CHECK(kept(text) == LooseNumber{Kind::text, 0, 0, text});
  }
  CHECK(kept("-0").kind != Kind::integer);
  CHECK(decode(with(R"("roomSlotsAvailable":1.50)")).process().room_slots_available.text == "1.50");
  CHECK(decode(with(R"("port":"7742.34")")).process().attributes->port.real == 7742.34);
  CHECK(decode(with(R"("port":"x")")).reject().json_pointer == "/port");
}

// ---- hostile text

TEST_CASE("decode: a name that comes twice costs the record") {
  CHECK(decode(R"({"processId":"a","processId":"a"})").reject().json_pointer == "/processId");
  CHECK(decode(R"({"processId":"a","process_id":"b"})").reject().json_pointer == "/processId");
  CHECK(decode(R"({"processId":"a","region":"x","ProcessId":"b"})").reject().json_pointer ==
        "/processId");
  CHECK(decode(with(R"("region":null,"region":"Tokyo")")).reject().json_pointer == "/region");
  CHECK(decode(with(R"("unknown":1,"unknown":2)")).reject().json_pointer == "/unknown");
  CHECK(decode(R"({"processId":"a","r\u0065gion":"x","region":"x"})").reject().json_pointer ==
        "/region");
  const Decoded port = decode(with(R"("exposedPort":{"port":1,"port":2})"));
  REQUIRE(port.part->rejects.size() == 1);
  CHECK(port.part->rejects[0].json_pointer == "/exposedPort/port");
  CHECK_FALSE(port.process().attributes->exposed_port);
  CHECK(decode(R"({"processes":[],"processes":[]})").part->malformed);
  CHECK(decode(R"({"observedAt":null,"processes":[],"observedAt":"2024-11-01T08:00:00Z"})")
            .part->malformed);
}

TEST_CASE("decode: pointers are RFC 6901") {
  CHECK(decode(with(R"("a/b~c":1,"a/b~c":2)")).reject().json_pointer == "/a~1b~0c");
  CHECK(decode(R"([{"processId":"a"},{"processId":"b","region":1}])")
            .part->rejects.at(0)
            .json_pointer == "/1/region");
  CHECK(
      decode(
          R"({"processes":[{"processId":"b","rooms":[{},{"roomId":"r","currentAllocation":{"roomAllocationId":5}}]}]})")
          .part->rejects.at(1)
          .json_pointer == "/processes/0/rooms/1/currentAllocation/roomAllocationId");
}

TEST_CASE("decode: invalid UTF-8 costs the record, and says where") {
  const std::string bytes = "[{\"processId\":\"a\",\"region\":\"x\xFFy\"},{\"processId\":\"b\"}]";
  const Decoded decoded = decode(bytes);
  REQUIRE(decoded.part->rejects.size() == 1);
  CHECK(decoded.part->rejects[0].byte_offset == bytes.find('\xFF'));
  CHECK(decoded.part->rejects[0].json_pointer == "/0/region");
  CHECK(decoded.part->rejects[0].raw == bytes.substr(1, bytes.find("},")));
  REQUIRE(decoded.part->processes.size() == 1);
  CHECK(decoded.part->processes[0]->attributes->process_id == "b");
  for (const char* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\x80"}) {
    CHECK(decode(with("\"" + std::string(bad) + "\":1")).part->processes.empty());
    // What nobody reads, or finds anything by, costs itself alone; so does a room.
    for (const std::string& member :
         {"\"unknown\":{\"x\":\"" + std::string(bad) + "\"}",
          "\"host\":\"" + std::string(bad) + '"',
          "\"rooms\":[{\"roomId\":\"r\",\"roomConfig\":\"" + std::string(bad) + "\"}]"}) {
      const Decoded kept = decode(with(member));
      CHECK(kept.part->processes.size() == 1);
      CHECK(kept.part->rejects.size() == 1);
    }
  }
}

TEST_CASE("decode: a raw control character costs the text that it stands in") {
  const Decoded decoded =
      decode("[" + with("\"rooms\":[{\"roomId\":\"r\",\"roomConfig\":\"a\tb\"}]") + "," +
             with("\"region\":\"a\x01\"") + "," + with("\"region\":\"good\"") + "]");
  CHECK_FALSE(decoded.part->malformed);
  REQUIRE(decoded.part->processes.size() == 2);
  CHECK(decoded.part->processes[0]->rooms().empty());
  REQUIRE(decoded.part->rejects.size() == 2);
  CHECK(decoded.part->rejects[0].json_pointer == "/0/rooms/0/roomConfig");
  CHECK(decoded.part->rejects[1].json_pointer == "/1/region");
}

TEST_CASE("decode: a backslash outside texts is no JSON, whatever texts it makes of the rest") {
  // The JSON library takes the first quote for an escaped one, so that it finds a tab in a text.
  for (const char* record :
       {"{\\\"a\":\t\"b\",\\\"c\":1}", "{\"x\":{\\\"a\":\t\"b\",\\\"c\":1}}"}) {
    INFO(record);
    const Decoded decoded = decode("[" + std::string(record) + "]");
    CHECK(decoded.part->malformed);
    CHECK(decoded.reject().reason == "/0: not valid JSON");
  }
}

TEST_CASE("decode: a lone surrogate stands for no character") {
  for (const char* bad : {R"(\ud800)", R"(\udc00)", R"(\ud800x)", R"(\ud800\u0041)",
                          R"(\udc00\ud800)", R"(\ud800\ud800)", R"(\uDBFF)"}) {
    INFO(bad);
    CHECK(decode(with("\"region\":\"" + std::string(bad) + "\"")).reject().json_pointer ==
          "/region");
    CHECK_FALSE(decode(with("\"region\":\"" + std::string(bad) + "\"")).part->malformed);
    const Decoded room =
        decode(with(R"("rooms":[{"roomId":"r","roomConfig":")" + std::string(bad) + "\"}]"));
    CHECK(room.process().rooms().empty());
    REQUIRE(room.part->rejects.size() == 1);
    CHECK(room.part->rejects[0].json_pointer == "/rooms/0/roomConfig");
    // A name is grammar too: what it costs is its record, not the list around it.
    const Decoded name =
        decode("[" + with("\"" + std::string(bad) + "\":1") + R"(,{"processId":"q"}])");
    CHECK_FALSE(name.part->malformed);
  }
  CHECK(decode(with(R"("region":"\ud83c\udfae")")).process().attributes->region ==
        "\xF0\x9F\x8E\xAE");
}

TEST_CASE("decode: control characters in ids cost the record") {
  for (const char* bad : {R"(a\u0000b)", R"(\n)", R"(a\tb)", R"(\u001b[31m)", R"(\u007f)"}) {
    INFO(bad);
    CHECK(decode(R"({"processId":")" + std::string(bad) + "\"}").part->processes.empty());
    CHECK(decode(with("\"appId\":\"" + std::string(bad) + "\"")).reject().json_pointer == "/appId");
    CHECK(decode(with("\"region\":\"" + std::string(bad) + "\"")).reject().json_pointer ==
          "/region");
    const Decoded room = decode(with(R"("rooms":[{"roomId":")" + std::string(bad) + "\"}]"));
    CHECK(room.process().rooms().empty());
    CHECK(room.part->rejects.size() >= 1);
    CHECK(room.part->rejects[0].reason.find('\x1b') == std::string::npos);
  }
  // What players wrote is theirs.
  CHECK(decode(with(R"("rooms":[{"roomId":"r","roomConfig":"a\u0000\n\u001bb"}])"))
            .process()
            .rooms()
            .front()
            .room_config == std::string_view("a\0\n\033b", 5));
}

TEST_CASE("decode: texts have longest lengths") {
  const auto of = [](std::size_t size) { return '"' + std::string(size, 'x') + '"'; };
  CHECK(decode(R"({"processId":)" + of(200) + "}").process().attributes->process_id.size() == 200);
  CHECK(decode(R"({"processId":)" + of(201) + "}").part->processes.empty());
  CHECK(decode(with("\"region\":" + of(64))).process().attributes->region->size() == 64);
  CHECK(decode(with("\"region\":" + of(65))).reject().json_pointer == "/region");
  const auto config = [](const std::string& text) {
    return with(R"("rooms":[{"roomId":"r","roomConfig":)" + text + "}]");
  };
  CHECK(decode(config(of(10'000))).process().rooms().size() == 1);
  CHECK(decode(config(of(10'001))).process().rooms().empty());
  std::string wide;
  for (int i = 0; i < 10'000; ++i) {
    wide += "\xE2\x82\xAC";
  }
  CHECK(decode(config('"' + wide + '"')).process().rooms().size() == 1);
  CHECK(decode(config('"' + wide + "x\"")).process().rooms().empty());
}

TEST_CASE("decode: times that are none cost the record") {
  for (const char* bad : {"\"yesterday\"", "\"2024-11-01\"", "\"2024-11-01T08:00:00\"",
                          "1730448000", "1730448000000", "\"\"", "{}", "true"}) {
    INFO(bad);
    const std::string bytes = with("\"startedAt\":" + std::string(bad));
    const Decoded decoded = decode(bytes);
    CHECK(decoded.reject().json_pointer == "/startedAt");
    CHECK(decoded.reject().byte_offset == bytes.find("startedAt") + 11);
  }
}

TEST_CASE("decode: every problem of a record is told, its bytes once") {
  const std::string bytes = R"([{"processId":"","egressedBytes":1.5,"startedAt":"x","region":7}])";
  const Decoded decoded = decode(bytes);
  CHECK(decoded.part->processes.empty());
  REQUIRE(decoded.part->rejects.size() == 4);
  CHECK(decoded.part->rejects[0].json_pointer == "/0/egressedBytes");
  CHECK(decoded.part->rejects[0].byte_offset == bytes.find("1.5"));
  CHECK(decoded.part->rejects[0].raw == bytes.substr(1, bytes.size() - 2));
  CHECK(decoded.part->rejects[1].json_pointer == "/0/startedAt");
  CHECK(decoded.part->rejects[2].json_pointer == "/0/region");
  CHECK(decoded.part->rejects[3].json_pointer == "/0/processId");
  for (std::size_t i = 1; i < 4; ++i) {
    CHECK(decoded.part->rejects[i].raw.empty());
    CHECK(decoded.part->rejects[i].record_offset == 1);
    CHECK(decoded.part->rejects[i].record_length == bytes.size() - 2);
  }
}

TEST_CASE("decode: a bad port or room costs only itself") {
  const Decoded decoded = decode(with(
      R"("exposedPort":{"port":1.5},"additionalExposedPorts":[{"port":1},{"port":"x"},{"port":3}],"rooms":[{"roomId":"a"},{},{"roomId":"c","status":1},{"roomId":"d"}],"region":"Tokyo")"));
  const ProcessRecord& p = decoded.process();
  CHECK_FALSE(p.attributes->exposed_port);
  REQUIRE(p.attributes->additional_exposed_ports.size() == 2);
  CHECK(p.attributes->additional_exposed_ports[1].port == 3);
  REQUIRE(p.rooms().size() == 2);
  CHECK(p.rooms()[1].room_id == "d");
  CHECK(p.attributes->region == "Tokyo");
  CHECK(decoded.part->rejects.size() == 4);
}

// ---- what is not a process

TEST_CASE("decode: lookalikes are told apart") {
  CHECK_THAT(
      decode(
          R"([{"taskArn":"arn:aws:ecs:x","startedAt":"2024-11-01T08:00:00Z","stoppingAt":null,"lastStatus":"RUNNING"}])")
          .reject()
          .reason,
      Catch::Contains("ECS"));
  CHECK_THAT(decode(R"({"message":"Unauthorized"})").reject().reason, Catch::Contains("error"));
  CHECK_THAT(decode(R"({"startedAt":"2024-11-01T08:00:00Z"})").reject().reason,
             Catch::Contains("processId"));
  CHECK_THAT(decode(R"({"processId":null,"region":"Tokyo"})").reject().reason,
             Catch::Contains("missing"));
  for (const char* bad : {"1", "\"x\"", "null", "true", "[]", "[{\"processId\":\"p\"}]"}) {
    const Decoded decoded = decode('[' + std::string(bad) + ']');
    CHECK(decoded.reject().json_pointer == "/0");
    CHECK(decoded.reject().raw == bad);
  }
}

TEST_CASE("decode: other vendor objects are set aside whole") {
  const auto kind = [](const std::string& bytes) {
    const Decoded decoded = decode(bytes);
    REQUIRE(decoded.part->set_aside.size() == 1);
    CHECK(decoded.part->rejects.empty());
    CHECK(decoded.part->set_aside[0].raw == bytes);
    return decoded.part->set_aside[0].kind;
  };
  CHECK(kind(R"({"id":"i","status":"paid","amountDue":12.5,"year":2024,"month":11})") == "invoice");
  CHECK(kind(R"({"deployments":[],"nextPageToken":null})") == "deployment_page");
  CHECK(kind(R"({"deploymentId":1,"requestedCPU":0.5,"appId":"a"})") == "deployment");
  CHECK(kind("{}") == "empty_object");
}

// ---- against an independent reading

namespace {

/// Makes records that are hostile in ways a generator or a hand edit is.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::string record() {
    std::string out = "{";
    add(out, "processId", text());
    add(out, "appId", maybe(text()));
    add(out, "deploymentId", one_of({"1", "2.0", "\"dep-1\"", "null", "1e2", "17"}));
    add(out, "region", one_of({"\"Tokyo\"", "\"Sao_Paulo\"", "null", "\"\"", "\"r\\u00e9gion\""}));
    add(out, "startedAt", time());
    add(out, "stopping_at", time());
    add(out, "TerminatedAt", time());
    add(out, "egressedBytes", integer());
    add(out, "roomsPerProcess", integer());
    add(out, "draining", one_of({"true", "false", "null"}));
    add(out, "roomSlotsAvailable", one_of({"1.5", "2", "1e2", "null", "0.1", "-3.25"}));
    add(out, "extra", one_of({"{\"a\":[1,2,{\"b\":null}]}", "[[[]]]", "\"}]\\\"\"", "1.5e-3"}));
    add(out, "exposedPort", one_of({"null", "\"\"", "{\"port\":7,\"host\":\"h\"}", "{}"}));
    out.back() = '}';
    return out;
  }

 private:
  std::string one_of(const std::vector<std::string>& choices) {
    return choices[random_() % choices.size()];
  }
  std::string maybe(const std::string& value) { return random_() % 4 == 0 ? "null" : value; }
  void add(std::string& out, const std::string& name, const std::string& value) {
    if (random_() % 8 != 0 || name == "processId") {
      out += '"' + name + "\":" + std::string(random_() % 3, ' ') + value +
             std::string(random_() % 2, '\n') + ',';
    }
  }
  std::string text() {
    return '"' +
           one_of(
               {"p-", "app-", "\xC3\xA9", "\\u00e9\\/", "\\\"", "a b", "\\\\", "\\ud83c\\udfae"}) +
           std::to_string(random_() % 1000) + '"';
  }
  std::string time() {
    return one_of({"null", "\"2024-11-01T08:00:00Z\"", "\"2024-11-01T08:00:00.123456789+02:00\"",
                   "\"1969-12-31T23:59:59.9999Z\"", "\"2024-02-29T00:00:00.5-23:59\""});
  }
  std::string integer() {
    const std::int64_t any = static_cast<std::int64_t>(random_() >> (random_() % 63));
    return one_of({std::to_string(any & 0x7fffffffffffffff), "0", "null", "-1", "9007199254740993",
                   "1e3", "12.0", "-2147483648"});
  }

  std::mt19937_64 random_;
};

/// A member under any of its three spellings; null when it is not there.
nlohmann::json member(const nlohmann::json& object, const std::string& name) {
  for (const std::string& spelling : {name, snake_case(name), pascal_case(name)}) {
    if (object.contains(spelling)) {
      return object.at(spelling);
    }
  }
  return nullptr;
}

model::Integer integer_of(const nlohmann::json& value) {
  if (value.is_null()) {
    return {};
  }
  return value.is_number_float() ? static_cast<std::int64_t>(value.get<double>())
                                 : value.get<std::int64_t>();
}

std::optional<std::string> text_of(const nlohmann::json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

model::Instant time_of(const nlohmann::json& value) {
  return value.is_null() ? model::Instant() : base::read_said_time(value.get<std::string>()).ms;
}

std::optional<std::string> owned(const model::Text& text) {
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

}  // namespace

TEST_CASE("decode: what it reads is what another JSON library reads") {
  Generator generator(20241101);
  for (int i = 0; i < 500; ++i) {
    const std::string bytes = generator.record();
    INFO(bytes);
    const nlohmann::json oracle = nlohmann::json::parse(bytes);
    const Decoded decoded = decode(bytes);
    const ProcessRecord& p = decoded.process();
    CHECK(decoded.part->rejects.empty());
    CHECK(p.attributes->process_id == member(oracle, "processId").get<std::string>());
    CHECK(owned(p.attributes->app_id) == text_of(member(oracle, "appId")));
    CHECK(owned(p.attributes->region) == text_of(member(oracle, "region")));
    CHECK(p.attributes->started_at_ms == time_of(member(oracle, "startedAt")));
    CHECK(p.attributes->stopping_at_ms == time_of(member(oracle, "stoppingAt")));
    CHECK(p.attributes->terminated_at_ms == time_of(member(oracle, "terminatedAt")));
    CHECK(decoded.egressed_bytes() == integer_of(member(oracle, "egressedBytes")));
    CHECK(p.attributes->rooms_per_process == integer_of(member(oracle, "roomsPerProcess")));
    const nlohmann::json deployment = member(oracle, "deploymentId");
    CHECK(owned(p.attributes->deployment_id) ==
          (deployment.is_number() ? std::optional(std::to_string(*integer_of(deployment)))
                                  : text_of(deployment)));
    const nlohmann::json draining = member(oracle, "draining");
    CHECK(p.attributes->draining ==
          (draining.is_null() ? std::nullopt : std::optional(draining.get<bool>())));
    CHECK(p.attributes->exposed_port.has_value() == member(oracle, "exposedPort").is_object());
  }
}

TEST_CASE("decode: a damaged byte never makes another JSON library disagree on what is JSON") {
  std::mt19937_64 random(99);
  Generator generator(5);
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = generator.record();
    const std::size_t where = random() % bytes.size();
    static constexpr std::string_view kBytes = "{}[]\",:\\0a\n \x01\x80u-.e";
    switch (random() % 3) {
      case 0:
        bytes[where] = kBytes[random() % kBytes.size()];
        break;
      case 1:
        bytes.erase(where, 1);
        break;
      default:
        bytes.insert(where, 1, kBytes[random() % kBytes.size()]);
    }
    fuzz::MemorySource source(bytes, 11);
    DocumentReader reader(source, {}, {});
    model::DocumentPart part;
    while (reader.next(part)) {
      INFO(bytes << "\n\n" << fuzz::describe(part));
      REQUIRE(fuzz::broken_promise(bytes, part) == "");
      const std::string_view text =
          std::string_view(bytes).substr(part.head.byte_offset, part.head.byte_length);
      const bool read = !part.malformed && part.rejects.empty();
      const bool has_surrogates = text.find("\\ud") != std::string_view::npos;
      REQUIRE((!read || has_surrogates || nlohmann::json::accept(text)));
    }
  }
}

TEST_CASE("decode: whatever the fuzzer found stays harmless") {
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(FLEETMETER_SOURCE_DIR "/fuzz/corpus")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    ++count;
    // The first byte tells the fuzzer how to read the rest.
    const std::string_view input =
        std::string_view(bytes).substr(std::min<std::size_t>(1, bytes.size()));
    for (const std::size_t limit : {64U, 1000U, 1U << 24U}) {
      const std::string whole = fuzz::describe_all(input, input.size() + 1, {limit, 64});
      for (const std::size_t step : {1U, 2U, 7U, 61U}) {
        INFO(entry.path().filename().string() << ", limit " << limit << ", in pieces of " << step);
        CHECK(fuzz::describe_all(input, step, {limit, 64}) == whole);
      }
      fuzz::MemorySource source(input, 13);
      DocumentReader reader(source, {}, {limit, 64});
      model::DocumentPart part;
      while (reader.next(part)) {
        INFO(entry.path().filename().string() << '\n' << fuzz::describe(part));
        CHECK(fuzz::broken_promise(input, part) == "");
      }
    }
  }
  CHECK(count > 0);
}

}  // namespace fleetmeter::decode
