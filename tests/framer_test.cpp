#include <unistd.h>
#include <zstd.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "decode/byte_source.hpp"
#include "decode/framer.hpp"
#include "fuzz/describe.hpp"
#include "support/catch.hpp"
#include "support/framing.hpp"

namespace fleetmeter::decode {

using namespace framing;

// ---- the buffer must not matter

TEST_CASE("framer: how the bytes come in pieces changes nothing") {
  for (const Sample& sample : samples()) {
    const std::string whole = fuzz::describe_all(sample.bytes, sample.bytes.size() + 1);
    for (std::size_t step = 1; step <= sample.bytes.size(); ++step) {
      INFO(sample.name << " in pieces of " << step);
      REQUIRE(fuzz::describe_all(sample.bytes, step) == whole);
    }
  }
}

TEST_CASE("framer: a boundary may fall anywhere") {
  for (const Sample& sample : samples()) {
    const std::string whole = fuzz::describe_all(sample.bytes, sample.bytes.size() + 1);
    for (std::size_t first = 1; first < sample.bytes.size(); ++first) {
      SplitSource source(sample.bytes, first);
      DocumentReader reader(source, {}, {});
      model::DocumentPart part;
      std::string split;
      while (reader.next(part)) {
        split += fuzz::describe(part) + '\n';
      }
      INFO(sample.name << " split behind byte " << first);
      REQUIRE(split == whole);
    }
  }
}

TEST_CASE("framer: pieces change nothing near the record limit either") {
  const std::string bytes = '[' + process(std::string(90, 'a')) + ',' + process("b") + "]\n" +
                            R"({"x":")" + std::string(40, 'x') + R"(","processes":[)" +
                            process("c") + R"(],"y":")" + std::string(60, 'y') + "\"}\n" +
                            process("d") + "\nno JSON " + std::string(200, 'z') + '\n';
  for (const std::size_t limit : {10U, 40U, 64U, 100U, 110U, 200U}) {
    const std::string whole = fuzz::describe_all(bytes, bytes.size() + 1, {limit, 64});
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
      INFO("limit " << limit << " in pieces of " << step);
      REQUIRE(fuzz::describe_all(bytes, step, {limit, 64}) == whole);
    }
  }
}

TEST_CASE("framer: whether words stand before a document does not depend on pieces either") {
  const std::string bytes = "words " + std::string(70, 'y') + " []\nwords " + process("a") + '\n';
  const std::string whole = fuzz::describe_all(bytes, bytes.size() + 1, {64, 64});
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    INFO("in pieces of " << step);
    REQUIRE(fuzz::describe_all(bytes, step, {64, 64}) == whole);
  }
}

TEST_CASE("framer: what a part says is what stands in the source") {
  for (const Sample& sample : samples()) {
    MemorySource source(sample.bytes, 3);
    DocumentReader reader(source, {}, {});
    model::DocumentPart part;
    while (reader.next(part)) {
      INFO(sample.name << '\n' << fuzz::describe(part));
      CHECK(fuzz::broken_promise(sample.bytes, part) == "");
    }
  }
}

// ---- forms

TEST_CASE("framer: offsets, lengths and digests are exact") {
  const std::string first = '[' + process("a") + " , " + process("b") + " ]";
  const std::string second = R"({ "observedAt": "2024-11-01T08:30:00Z", "processes": [ {} ] })";
  const std::string bytes = " \n" + first + "\r\n\r\n" + second + "\n\n";
  const std::vector<Document> documents = frame(bytes, 5);
  REQUIRE(documents.size() == 2);
  CHECK(documents[0].shape == Framer::Shape::list);
  CHECK(documents[0].offset == 2);
  CHECK(documents[0].length == first.size());
  CHECK(documents[0].sha256 == base::sha256(first));
  CHECK(documents[0].bytes == first);
  CHECK(documents[0].pointer.empty());
  CHECK(documents[0].envelope.empty());
  REQUIRE(documents[0].values.size() == 2);
  CHECK(documents[0].values[0].bytes == process("a"));
  CHECK(documents[0].values[0].offset == 3);
  CHECK(documents[0].values[1].offset == 2 + first.find(process("b")));
  CHECK(documents[0].values[1].length == process("b").size());

  CHECK(documents[1].offset == 2 + first.size() + 4);
  CHECK(documents[1].length == second.size());
  CHECK(documents[1].sha256 == base::sha256(second));
  CHECK(documents[1].pointer == "/processes");
  CHECK(documents[1].envelope == R"({ "observedAt": "2024-11-01T08:30:00Z", "processes": [] })");
  REQUIRE(documents[1].values.size() == 1);
  CHECK(documents[1].values[0].bytes == "{}");
}

TEST_CASE("framer: one object is itself") {
  const Document document = frame_one("  " + process("a") + '\n');
  CHECK(document.shape == Framer::Shape::single);
  REQUIRE(document.values.size() == 1);
  CHECK(document.values[0].bytes == process("a"));
  CHECK(document.values[0].offset == 2);
  CHECK(document.offset == 2);
  CHECK(document.length == process("a").size());
  CHECK(document.problem.empty());
}

TEST_CASE("framer: the list may stand anywhere in its envelope") {
  const std::string list = R"("processes":[)" + process("a") + ']';
  const std::string time = R"("observedAt":"2024-11-01T08:30:00Z")";
  for (const std::string& text :
       {'{' + list + ',' + time + '}', '{' + time + ',' + list + '}',
        R"({"list":"running",)" + list + R"(,"capped":false,)" + time + '}',
        R"({"x":{"processes":[1,2]},)" + list + ',' + time + '}'}) {
    INFO(text);
    const Document document = frame_one(text, 1);
    CHECK(document.shape == Framer::Shape::list);
    CHECK(document.pointer == "/processes");
    CHECK(document.problem.empty());
    REQUIRE(document.values.size() == 1);
    CHECK(document.values[0].bytes == process("a"));
    CHECK(document.values[0].offset == text.find(process("a")));
    CHECK(document.sha256 == base::sha256(text));

    MemorySource source(text, 7);
    DocumentReader reader(source, {}, {});
    model::DocumentPart part;
    REQUIRE(reader.next(part));
    CHECK(part.head.observed_at_ms == 1'730'449'800'000);
    CHECK(part.head.observed_at_origin == model::TimeOrigin::envelope);
    CHECK(part.processes.size() == 1);
  }
}

TEST_CASE("framer: documents of every form follow one another") {
  const std::string a = process("a");
  CHECK(ids_of(process("a") + process("b") + '[' + process("c") + ']' + process("d")) ==
        "a b c d ");
  CHECK(ids_of(process("a") + '\n' + process("b") + '\n') == "a b ");
  CHECK(ids_of("[\n {\n  \"processId\": \"a\"\n }\n]\n[\n {\n  \"processId\": \"b\"\n }\n]") ==
        "a b ");
  CHECK(ids_of("[]\n[\n  {\n    \"processId\": \"a\"\n  }\n]\n") == "a ");
  // Python's indent=0 puts every bracket at the beginning of its line.
  CHECK(ids_of("[\n{\n\"processId\": \"a\"\n},\n{\n\"processId\": \"b\"\n}\n]\n") == "a b ");
}

TEST_CASE("framer: a byte order mark is not part of the document") {
  const Document document = frame_one("\xEF\xBB\xBF" + process("a"), 1);
  CHECK(document.shape == Framer::Shape::single);
  CHECK(document.offset == 3);
  CHECK(document.sha256 == base::sha256(process("a")));
  CHECK(frame("\xEF\xBB\xBF").empty());
}

// ---- packed sources

namespace {

std::string packed_zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3);
  REQUIRE(ZSTD_isError(size) == 0);
  packed.resize(size);
  return packed;
}

std::string read_all(const std::string& path, std::size_t step) {
  const auto source = open_source(path);
  std::string text;
  std::string piece(step, '\0');
  while (const std::size_t count = source->read(piece.data(), step)) {
    text.append(piece, 0, count);
  }
  return text;
}

}  // namespace

TEST_CASE("byte source: zstd gives every byte, whatever the size of the pieces") {
  const auto path = std::filesystem::temp_directory_path() /
                    ("fleetmeter-zstd-" + std::to_string(getpid()) + ".zst");
  std::string text;
  while (text.size() < 1'300'000) {
    text += process("p" + std::to_string(text.size() * 7919 % 1'000'003)) + '\n';
  }
  for (const std::size_t first : {1U, 1000U, 100'000U}) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        << packed_zstd(text.substr(0, first)) << packed_zstd(text.substr(first, 1'048'000));
    for (const std::size_t step : {7U, 4096U, 100'000U, 1'048'576U}) {
      INFO("frames of " << first << " and 1048000 bytes, read by " << step);
      std::string got;
      CHECK_NOTHROW(got = read_all(path.string(), step));
      CHECK(got.size() == first + 1'048'000);
      CHECK(got == text.substr(0, first + 1'048'000));
    }
  }
  std::filesystem::remove(path);
}

}  // namespace fleetmeter::decode
