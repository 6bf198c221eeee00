// Recognising records instead of decoding them, and known documents instead of reading them, may
// change nothing that comes out.

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "decode/document_reader.hpp"
#include "fuzz/describe.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;

/// Knows the documents it was told of.
class Known final : public model::KnownDocuments {
 public:
  std::optional<model::KnownDocument> find(const base::Sha256& sha256, model::Instant,
                                           const model::ListClaim&) override {
    ++asked;
    return documents.contains(sha256) ? std::optional(model::KnownDocument{1, at_ms})
                                      : std::nullopt;
  }

  std::int64_t at_ms = 1'730'448'000'000;  // 2024-11-01T08:00:00Z
  std::set<base::Sha256> documents;
  int asked = 0;
};

std::string describe_all(std::string_view bytes, std::size_t step, bool recognises,
                         model::KnownDocuments* known = nullptr) {
  fuzz::MemorySource source(bytes, step);
  auto workspace = std::make_shared<decode::Workspace>();
  workspace->recognises = recognises;
  decode::DocumentReader reader(source, {}, {}, workspace, known);
  model::DocumentPart part;
  std::string all;
  while (reader.next(part)) {
    all += fuzz::describe(part) + '\n';
  }
  return all;
}

/// Whether every way of reading gives the same.
void check_same(std::string_view bytes) {
  const std::string decoded = describe_all(bytes, bytes.size() + 1, false);
  Known knows_nothing;
  INFO(bytes);
  CHECK(describe_all(bytes, bytes.size() + 1, true) == decoded);
  CHECK(describe_all(bytes, 61, true) == decoded);
  CHECK(describe_all(bytes, bytes.size() + 1, true, &knows_nothing) == decoded);
  CHECK(describe_all(bytes, 7, false, &knows_nothing) == decoded);
}

std::string simulated(sim::KeyOrder order) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.seed = 4;
  options.key_order = order;
  std::string text;
  sim::emit_archive(options, [&](const sim::Document& document) {
    text += document.text;
    text += '\n';
  });
  return text;
}

constexpr std::string_view kRecord =
    R"({"egressedBytes":1200,"idleSince":"2024-11-01T08:00:00.000Z","activeConnections":4,)"
    R"("draining":false,"terminatedAt":null,"exposedPort":{"transportType":"udp","port":25837,)"
    R"("host":"h","name":"default"},"x":"\u00e9\\","processId":"p","region":"Tokyo",)"
    R"("rooms":[{"roomId":"r","status":"active","roomConfig":"{\"a\":1}"}],"totalRooms":1})";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("recognition: near-equal records come out as if they were decoded", "[recognition]") {
  const std::string record(kRecord);
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"1200", "12000"},
           {"1200", "12"},
           {"1200", "1200.0"},
           {"1200", "-7"},
           {"1200", "-2147483649"},
           {"1200", "01"},
           {"1200", "12 "},
           {"1200", "null"},
           {"1200", "\"1200\""},
           {"1200", "9223372036854775808"},
           {"1200", "12}"},
           {"1200,", "1200,,"},
           {"08:00:00.000Z", "08:00:01.000Z"},
           {"08:00:00.000Z", "08:00:00+01:00"},
           {"08:00:00.000Z", "08:60:00Z"},
           {"08:00:00.000Z\"", "08:00:00.000Z\\u0041\""},
           {"\"2024-11-01T08:00:00.000Z\"", "null"},
           {"Connections\":4", "Connections\":4.5"},
           {"Connections\":4", "Connections\":4.50"},
           {"Connections\":4", "Connections\":nul"},
           {"false", "true"},
           {"false", "null"},
           {"false", "falsey"},
           {"false", "0"},
           {"[{\"roomId\":\"r\"", "[{\"roomId\":\"q\""},
           {"[{\"roomId\"", "[{\"roomId\":\"q\"},{\"roomId\""},
           {"[{\"roomId\"", "[{\"room_id\":\"q\"},null,{\"roomId\""},
           {"\"active\",", "\"active\",\"x\":[{},[1,{\"y\":null}]],"},
           {"\"active\",", "\"active\",\"x\":[1 2],"},
           {"\"active\",", "\"active\",\"x\":[1},"},
           {"\"active\",", "\"active\",\"x\":tru,"},
           {"\"active\",", "\"active\",\"status\":\"idle\","},
           {"\"active\",", "\"active\",\"currentAllocation\":{\"roomAllocationId\":\"\"},"},
           {"\"active\",", "\"active\",\"currentAllocation\":{\"roomAllocationId\":\"a\"},"},
           {"\"active\"", "\"acti\xFFve\""},
           {"\"active\"", "\"acti\x01ve\""},
           {"\"active\",", "\"active\",\n"},
           {"\"active\"", "\"active"},
           {"\"roomId\":\"r\"", "\"roomId\":\"\""},
           {"\"roomId\":\"r\",", ""},
           {"}],\"total", "},{}],\"total"},
           {"}],\"total", "}]],\"total"},
           {"}],\"total", "},],\"total"},
           {"terminatedAt\":null", "terminatedAt\":\"2024-11-01T09:00:00Z\""},
           {"25837", "25838"},
           {"\"host\":\"h\",\"name\":\"default\"", "\"name\":\"default\",\"host\":\"h\""},
           {"\"host\":\"h\",", ""},
           {"\"host\":\"h\",", "\"host\":\"h\",\"host\":\"h\","},
           {"u00e9", "u00e8"},
           {"\\\\\"", "\\\""},
           {"\"x\"", "\"X\""},
           {"\"x\"", "\"regio\\u006e\""},
           {"\"p\"", "\"q\""},
           {"\"p\"", "\"p\\u0000\""},
           {"Tokyo\"", "Tokyo"},
           {"Tokyo", "Tok\xFF"},
           {"Tokyo", "Tok\nyo"},
           {"Tokyo\",", "Tokyo\",\n"},
           {"Tokyo\",", "Tokyo\" ,\t"},
           {"\"region\":", "\"region\" : "},
           {"\"region\"", "\"regionn\""},
           {"\"region\":\"Tokyo\",", ""},
           {"\"region\":\"Tokyo\",", "\"region\":\"Tokyo\",\"region\":\"Tokyo\","},
           {"{\"egressedBytes\":1200,", "{\"startingAt\":null,\"egressedBytes\":1200,"},
           {"[{\"roomId\"", "[{\"roomId\":\"s\"},{\"roomId\""},
           {"Rooms\":1}", "Rooms\":2}"},
           {"Rooms\":1}", "Rooms\":1,\"egressedBytes\":1}"},
           {"Rooms\":1}", "Rooms\":1 }"},
           {"Rooms\":1}", "Rooms\":1"},
           {"Rooms\":1}", "Rooms\":1,}"}}) {
    const std::string near = replaced(record, from, to);
    check_same('[' + record + ',' + near + ',' + record + "]\n[" + near + "]\n");
    check_same('[' + near + ',' + record + ',' + near + ',' + record + ']');
    check_same('[' + record + ',' + near);
  }
}

TEST_CASE("recognition: any change of a byte or two comes out as if it was decoded",
          "[recognition]") {
  const std::string record(kRecord);
  std::mt19937_64 random(8);
  const std::string_view letters = "\"\\{}[],:0129.-eEntfZ +\n\x01\x80\xC3\xFF";
  for (int round = 0; round < 6000; ++round) {
    std::string near = record;
    for (std::uint64_t edits = 1 + random() % 2; edits > 0; --edits) {
      const std::size_t at = random() % near.size();
      const char letter = letters[random() % letters.size()];
      switch (random() % 4) {
        case 0:
          near[at] = letter;
          break;
        case 1:
          near.insert(at, 1, letter);
          break;
        case 2:
          near.erase(at, 1 + random() % 3);
          break;
        default:
          std::swap(near[at], near[random() % near.size()]);
      }
    }
    const std::string bytes = '[' + record + ',' + near + ',' + record + ']';
    const std::string decoded = describe_all(bytes, bytes.size() + 1, false);
    if (describe_all(bytes, bytes.size() + 1, true) != decoded) {
      INFO(bytes);
      CHECK(describe_all(bytes, bytes.size() + 1, true) == decoded);
    }
  }
}

TEST_CASE("recognition: simulated archives of any key order and the fuzz corpus", "[recognition]") {
  for (const auto order :
       {sim::KeyOrder::vendor, sim::KeyOrder::alphabetical, sim::KeyOrder::shuffled}) {
    const std::string archive = simulated(order);
    CHECK((describe_all(archive, 1'000'000, true) == describe_all(archive, 1'000'000, false)));
  }
  for (const auto& entry :
       std::filesystem::directory_iterator(FLEETMETER_SOURCE_DIR "/fuzz/corpus_decode")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    check_same(bytes);
    check_same(bytes + '\n' + bytes + '\n' + bytes);
  }
}

TEST_CASE("a record that is repeated is shared, and one of other content is not", "[recognition]") {
  const std::string record(kRecord);
  const std::string bytes = '[' + record + ',' + replaced(record, "1200", "1300") + ',' +
                            replaced(record, "Connections\":4", "Connections\":5") + ']';
  fuzz::MemorySource source(bytes, bytes.size());
  decode::DocumentReader reader(source, {}, {});
  model::DocumentPart part;
  REQUIRE(reader.next(part));
  REQUIRE(part.processes.size() == 3);
  CHECK(part.processes[0].record == part.processes[1].record);
  CHECK(part.processes[1].egressed_bytes == 1300);
  CHECK(part.processes[2].record != part.processes[1].record);
  CHECK(part.processes[2]->active_connections.integer == 5);
  CHECK(part.processes[2]->attributes->region == "Tokyo");
}

TEST_CASE("versions of the API that are polled in turn are each recognised", "[recognition]") {
  const std::string rich(kRecord);
  const std::string lean = R"({"egressedBytes":7,"processId":"p","region":"Tokyo"})";
  const std::string bytes = '[' + rich + "]\n[" + lean + "]\n[" + replaced(rich, "1200", "1300") +
                            "]\n[" + replaced(lean, "7", "8") + "]\n";
  fuzz::MemorySource source(bytes, bytes.size());
  decode::DocumentReader reader(source, {}, {});
  model::DocumentPart part;
  std::vector<model::Observation> seen;
  while (reader.next(part)) {
    REQUIRE(part.processes.size() == 1);
    seen.push_back(part.processes.front());
  }
  REQUIRE(seen.size() == 4);
  CHECK(seen[0].record != seen[1].record);
  CHECK(seen[2].record == seen[0].record);
  CHECK(seen[2].egressed_bytes == 1300);
  CHECK(seen[3].record == seen[1].record);
  CHECK(seen[3].egressed_bytes == 8);
}

TEST_CASE("a known document is passed over, and those around it are read", "[recognition]") {
  const std::string known =
      R"({"observedAt":"2024-11-01T08:00:00Z","processes":[{"processId":"a"}]})";
  const std::string other =
      R"({"observedAt":"2024-11-01T08:01:00Z","processes":[{"processId":"b"}]})";
  Known documents;
  documents.documents.insert(base::sha256(known));
  const std::string bytes = other + '\n' + known + " \r\n" + known + other + "\n" + known;
  fuzz::MemorySource source(bytes, 5);
  decode::DocumentReader reader(source, {}, {}, std::make_shared<decode::Workspace>(), &documents);
  model::DocumentPart part;
  std::string seen;
  while (reader.next(part)) {
    CHECK(fuzz::broken_promise(bytes, part) == "");
    seen += part.known_processes ? 'K' : part.processes.front()->attributes->process_id.front();
  }
  CHECK(seen == "bKabK");
}

TEST_CASE("a document that is known for a time that it does not say is read", "[recognition]") {
  const std::string bytes = "[{\"processId\":\"a\"}]\n";
  Known documents;
  documents.documents.insert(base::sha256("[{\"processId\":\"a\"}]"));
  for (const auto& [fallback_at_ms, is_known] :
       {std::pair{documents.at_ms, true}, std::pair{documents.at_ms + 1, false}}) {
    fuzz::MemorySource source(bytes, 5);
    decode::DocumentReader reader(source, {fallback_at_ms}, {},
                                  std::make_shared<decode::Workspace>(), &documents);
    model::DocumentPart part;
    REQUIRE(reader.next(part));
    CHECK(part.known_processes.has_value() == is_known);
  }
}
