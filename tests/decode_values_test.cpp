// Single values of a record: numbers, times, hostile texts, and what is no process.

#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>

#include "decode/number.hpp"
#include "support/catch.hpp"
#include "support/decoding.hpp"

namespace fleetmeter::decode {

using namespace decoding;

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

}  // namespace fleetmeter::decode
