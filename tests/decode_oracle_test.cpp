// The decoder against another JSON library, on records that a generator or a hand edit makes.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/said_time.hpp"
#include "decode/document_reader.hpp"
#include "fuzz/describe.hpp"
#include "support/catch.hpp"
#include "support/decoding.hpp"

namespace fleetmeter::decode {

using namespace decoding;

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
       std::filesystem::directory_iterator(FLEETMETER_SOURCE_DIR "/fuzz/corpus_decode")) {
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
