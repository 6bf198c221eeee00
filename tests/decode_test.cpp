#include <random>
#include <string>

#include "support/catch.hpp"
#include "support/decoding.hpp"

namespace fleetmeter::decode {

using namespace decoding;

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

}  // namespace fleetmeter::decode
