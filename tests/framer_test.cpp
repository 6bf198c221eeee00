#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.hpp"
#include "decode/byte_source.hpp"
#include "decode/framer.hpp"
#include "fuzz/describe.hpp"
#include "support/catch.hpp"

namespace fleetmeter::decode {

namespace {

using fuzz::MemorySource;

/// Gives `first` bytes in its first read and everything else in its second.
class SplitSource final : public ByteSource {
 public:
  SplitSource(std::string_view bytes, std::size_t first) : rest_(bytes), first_(first) {}
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = rest_.copy(into, std::min(size, first_ > 0 ? first_ : size));
    first_ = 0;
    rest_.remove_prefix(count);
    return count;
  }
  [[nodiscard]] const char* encoding() const override { return "plain"; }

 private:
  std::string_view rest_;
  std::size_t first_;
};

struct Value {
  std::string bytes;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  bool oversize = false;
  bool too_deep = false;
};

struct Document {
  Framer::Shape shape = Framer::Shape::none;
  std::vector<Value> values;
  std::string problem;
  std::uint64_t problem_offset = 0;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  base::Sha256 sha256{};
  std::string envelope;
  std::string pointer;
  std::string bytes;
};

std::vector<Document> frame(std::string_view bytes, std::size_t step = 1'000'000'000,
                            Limits limits = {}) {
  MemorySource source(bytes, step);
  Framer framer(source, limits);
  std::vector<Document> documents;
  for (;;) {
    Document document;
    document.shape = framer.begin_document();
    if (document.shape == Framer::Shape::none) {
      return documents;
    }
    while (const auto value = framer.next_value()) {
      document.values.push_back({std::string(value->bytes), value->offset, value->length,
                                 value->oversize, value->too_deep});
    }
    document.problem = framer.problem();
    document.problem_offset = framer.problem_offset();
    document.offset = framer.document_offset();
    document.length = framer.document_length();
    document.sha256 = framer.sha256();
    document.envelope = framer.envelope();
    document.pointer = framer.list_pointer();
    document.bytes = framer.document_bytes();
    documents.push_back(std::move(document));
  }
}

/// The one document of an input.
Document frame_one(std::string_view bytes, std::size_t step = 1'000'000'000, Limits limits = {}) {
  const std::vector<Document> documents = frame(bytes, step, limits);
  REQUIRE(documents.size() == 1);
  return documents.front();
}

std::string process(const std::string& id) {
  return R"({"processId":")" + id + R"("})";
}

/// The ids of all processes that came out of well-formed documents, with a space after each.
std::string ids_of(std::string_view bytes) {
  MemorySource source(bytes, bytes.size() + 1);
  DocumentReader reader(source, {}, {});
  model::DocumentPart part;
  std::string ids;
  while (reader.next(part)) {
    for (const model::Observation& observation : part.processes) {
      ids += std::string(observation->attributes->process_id) + ' ';
    }
  }
  return ids;
}

struct Sample {
  const char* name;
  std::string bytes;
};

/// One input of every form and every kind of damage.
std::vector<Sample> samples() {
  const std::string a = process("a");
  const std::string b = process("b");
  return {
      {"empty", ""},
      {"space only", " \n\t\r\n "},
      {"one object", a},
      {"bare array", '[' + a + ',' + b + ']'},
      {"empty arrays", "[] []\n[]"},
      {"lines", a + '\n' + b + "\r\n[" + a + "]\n"},
      {"concatenated", a + b + '[' + a + "][" + b + ']' + "{}"},
      {"pretty", "[\n  {\n    \"processId\": \"a\"\n  },\n  {\n    \"processId\": \"b\"\n  }\n]\n"},
      {"pretty without indent", "[\n{\n\"processId\": \"a\"\n},\n{\n\"processId\": \"b\"\n}\n]\n"},
      {"two pretty", "{\n \"processId\": \"a\"\n}\n{\n \"processId\": \"b\"\n}\n"},
      {"envelope",
       R"({"observedAt":"2024-11-01T08:30:00Z","processes":[)" + a + R"(],"capped":true})"},
      {"envelope, list first",
       R"({"processes":[)" + a + ',' + b + R"(], "observedAt" : "2024-11-01T08:30:00.5Z" } )"},
      {"envelope, bad time", R"({"observedAt":"yesterday","processes":[)" + a + "]}\n" + b},
      {"BOM", "\xEF\xBB\xBF[" + a + "]"},
      {"escapes", R"({"processId":"\"\\\u00e9\ud83c\udfae\/[{","x":"]}\\"})"},
      {"cut in a string", "{\"processId\":\"a\n" + b + '\n'},
      {"cut in a number", "{\"processId\":\"a\",\"egressedBytes\":12\n" + b + '\n'},
      {"cut after a comma", a + "\n{\"processId\":\"x\",\n" + b + '\n'},
      {"cut at the end", '[' + a + ",{\"processId\":\"b"},
      {"bad comma", '[' + a + ' ' + b + "]\n" + b},
      {"bad bracket", "[{\"processId\":\"a\"]]\n" + b},
      {"bad scalar", "[nul]\n" + b + "\n{\"a\":nul}\n[1.5, true, \"x\", [2]]"},
      {"HTML", "<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n"},
      {"HTML, then JSON", "<html>\n<b>502</b>\n" + a + '\n'},
      {"text", "upstream connect error\n" + a},
      {"control characters", std::string("{\"a\":\x01}\n[\0]\n", 12) + b},
      {"invalid UTF-8", "[{\"processId\":\"\xFF\"}," + b + "]\xFE\n" + b},
      {"deep", std::string(70, '[') + std::string(70, ']') + "\n[{\"a\":" + std::string(70, '[') +
                   std::string(70, ']') + "}," + b + ']'},
      {"rejects", R"([{"processId":"a","processId":"b"},{"processId":"c","egressedBytes":1.5},)" +
                      a + R"(,7,{"message":"no"},{"amountDue":1}])"},
  };
}

}  // namespace

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

// ---- damage

TEST_CASE("framer: a truncated line costs itself, never the next one") {
  const std::string x =
      R"({"processId":"x","appId":"app-1","rooms":[{"roomId":"r1"},{"roomId":"r2"}],"egressedBytes":12})";
  const std::string cut_list =
      R"({"observedAt":"2024-11-01T08:30:00Z","processes":[{"processId":"x"},{"processId":"y"}]})";
  std::string lost;
  for (const std::string& line : {x, '[' + x + ',' + x + ']', cut_list}) {
    for (std::size_t cut = 1; cut < line.size(); ++cut) {
      const std::string part = line.substr(0, cut) + '\n';
      for (const std::string& bytes :
           {process("a") + '\n' + part + process("b") + '\n' + process("c") + '\n',
            process("a") + '\n' + part + '[' + process("b") + "]\n" + process("c") + '\n'}) {
        if (ids_of(bytes) != "a b c ") {
          lost += part;
        }
      }
    }
  }
  CHECK(lost == "");
}

TEST_CASE("framer: a truncated first line costs itself, never the next one") {
  const std::string x = R"({"processId":"x","rooms":[{"roomId":"r1"},{"roomId":"r2"}],"port":12})";
  const std::string list =
      R"({"observedAt":"2024-11-01T08:30:00Z","processes":[{"processId":"x"}]})";
  std::string lost;
  for (const std::string& line : {x, '[' + x + ',' + x + ']', list}) {
    for (std::size_t cut = 1; cut < line.size(); ++cut) {
      const std::string part = line.substr(0, cut) + '\n';
      if (ids_of(part + process("b") + '\n' + process("c") + '\n') != "b c ") {
        lost += part;
      }
    }
  }
  CHECK(lost == "");
}

TEST_CASE("framer: two truncated lines cost two lines") {
  const std::string x = R"({"processId":"x","rooms":[{"roomId":"r1"}],"port":12})";
  std::string lost;
  for (std::size_t cut = 1; cut < x.size(); ++cut) {
    const std::string part = x.substr(0, cut) + '\n';
    if (ids_of(process("a") + '\n' + part + part + process("b") + '\n') != "a b ") {
      lost += part;
    }
  }
  CHECK(lost == "");
}

TEST_CASE("framer: a damaged line costs itself") {
  for (const char* bad : {"{\"processId\" \"x\"}",
                          "{\"processId\":}",
                          "{\"processId\":\"x\",}",
                          "[{\"processId\":\"x\"},]",
                          "{'processId':'x'}",
                          "{\"processId\":\"x\"]",
                          "[{\"processId\":\"x\"}}",
                          "{\"a\":nul}",
                          "{\"a\":NaN}",
                          "{\"a\":tru}",
                          "{\"processId\":\"\\q\"}",
                          "{\"a\":01}",
                          "{\"a\":1.}",
                          "{\"a\":+1}",
                          "{\"a\":\"\\u12\"}",
                          "null",
                          "42",
                          "\"text\"",
                          "x",
                          "]",
                          "}",
                          ",",
                          "{]",
                          "[,]",
                          "{\"a\":1 \"b\":2}",
                          "{{}}",
                          "[{}{}]"}) {
    INFO(bad);
    CHECK(ids_of(process("a") + '\n' + bad + '\n' + process("b") + '\n') == "a b ");
    CHECK(ids_of(std::string(bad) + '\n' + process("b") + '\n') == "b ");
  }
}

TEST_CASE("framer: what is not JSON is one document that says what it is") {
  const Document html = frame_one("<!DOCTYPE html>\n<title>502</title>\n");
  CHECK(html.shape == Framer::Shape::garbage);
  CHECK(html.values.empty());
  CHECK_THAT(html.problem, Catch::Contains("HTML"));
  CHECK(html.problem_offset == html.offset);
  const Document text = frame_one("upstream connect error\nor disconnect\n");
  CHECK(text.shape == Framer::Shape::garbage);
  CHECK_THAT(text.problem, Catch::Contains("upstream connect error"));
  CHECK(text.offset == 0);
  const Document escape = frame_one("\x1b[31mred");
  CHECK(escape.problem.find('\x1b') == std::string::npos);
}

TEST_CASE("framer: a document that ends too early says so, at its end") {
  for (const char* text :
       {"[", "{", "[{\"processId\":\"a\"}", "[{\"processId\":\"a\"},",
        "{\"processId\":", "{\"processId\":\"a\"", "{\"processId\":\"a", "{\"processId\":\"a\\",
        "{\"processes\":[", "{\"processes\":[]", "{\"processes\":[{\"processId\":\"a\"}],"}) {
    INFO(text);
    const Document document = frame_one(text);
    CHECK_FALSE(document.problem.empty());
    CHECK(document.problem_offset == std::string_view(text).size());
    CHECK(document.length == std::string_view(text).size());
    CHECK(ids_of(text).empty());
  }
}

TEST_CASE("framer: 64 levels are read, 65 are rejected, half a million are survived") {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
  };
  // The document's own bracket and the record's are two of the levels.
  const auto rejected = [&](std::size_t levels) {
    const std::string text = R"([{"processId":"x","y":)" + nested(levels - 2) + "}]";
    const Document document = frame_one(text);
    CHECK(document.problem.empty());
    CHECK(document.values.at(0).too_deep == (ids_of(text) != "x "));
    return document.values.at(0).too_deep;
  };
  CHECK_FALSE(rejected(64));
  CHECK(rejected(65));
  CHECK(rejected(500'000));
  CHECK(ids_of(R"([{"y":)" + nested(500'000) + "}," + process("a") + ']') == "a ");
  CHECK(ids_of(nested(500'000) + '\n' + process("a")) == "a ");
  CHECK(ids_of(std::string(500'000, '[') + '\n' + process("a")).size() <= 2);
}

TEST_CASE("framer: a deep member beside a list is rejected too") {
  const std::string deep = std::string(500'000, '[') + std::string(500'000, ']');
  const std::string list = R"("processes":[)" + process("x") + ']';
  CHECK(ids_of(R"({"y":)" + deep.substr(499'950, 100) + ',' + list + '}') == "x ");
  CHECK(ids_of(R"({"y":)" + deep.substr(499'900, 200) + ',' + list + '}').empty());
  CHECK(ids_of('{' + list + R"(,"y":)" + deep.substr(499'900, 200) + '}').empty());
  CHECK(ids_of(R"({"y":)" + deep + ',' + list + '}').empty());
  CHECK(ids_of('{' + list + R"(,"y":)" + deep + '}').empty());
}

TEST_CASE("framer: a record over the limit costs itself and no memory") {
  const Limits limits{1000, 64};
  const std::string long_record = R"({"processId":")" + std::string(5'000'000, 'x') + R"("})";
  const std::string bytes = '[' + process("a") + ',' + long_record + ',' + process("b") + ']';
  for (const std::size_t step : {1000U, 65'536U, 100'000'000U}) {
    const Document document = frame_one(bytes, step, limits);
    CHECK(document.problem.empty());
    REQUIRE(document.values.size() == 3);
    CHECK_FALSE(document.values[0].oversize);
    CHECK(document.values[1].oversize);
    CHECK(document.values[1].length == long_record.size());
    CHECK(document.values[1].offset == 1 + process("a").size() + 1);
    CHECK(document.values[1].bytes == long_record.substr(0, document.values[1].bytes.size()));
    CHECK(document.values[1].bytes.size() < 1'200'000);
    CHECK(document.values[2].bytes == process("b"));
    CHECK(document.sha256 == base::sha256(bytes));
    CHECK(document.length == bytes.size());
  }
}

TEST_CASE("framer: a record at the limit is read, one byte more is not") {
  const std::string record = process("abc");
  CHECK_FALSE(frame_one(record, 3, {record.size(), 64}).values.at(0).oversize);
  CHECK(frame_one(record, 3, {record.size() - 1, 64}).values.at(0).oversize);
}

TEST_CASE("framer: an envelope over the limit is survived") {
  const Limits limits{1000, 64};
  const std::string space(3'000'000, ' ');
  for (const std::string& bytes :
       {R"({"processes")" + space + ":[" + process("a") + "]}",
        R"({"processes":)" + space + '[' + process("a") + "]}",
        R"({"processes":[)" + process("a") + ']' + space + '}',
        R"({"x":")" + space + R"(","processes":[)" + process("a") + "]}",
        R"({"processes":[)" + process("a") + R"(],"x":")" + space + "\"}",
        R"({")" + space + R"(":1,"processes":[)" + process("a") + "]}"}) {
    const std::string whole = fuzz::describe_all(bytes, bytes.size() + 1, limits);
    CHECK(fuzz::describe_all(bytes, 999, limits) == whole);
    CHECK(fuzz::describe_all(bytes, 65'536, limits) == whole);
  }
}

TEST_CASE("framer: a line over the limit behind a broken document is survived") {
  const Limits limits{1000, 64};
  const std::string long_line = R"({"processId":")" + std::string(5'000'000, 'x') + R"("})";
  for (const char* broken : {R"({"processId":"a",)", R"([{"processId":"a"},)", R"({"a":[)"}) {
    const std::string bytes = std::string(broken) + '\n' + long_line + '\n' + process("b") + '\n';
    const std::string whole = fuzz::describe_all(bytes, bytes.size() + 1, limits);
    for (const std::size_t step : {999U, 65'536U, 1'048'576U}) {
      INFO(broken << " in pieces of " << step);
      CHECK(fuzz::describe_all(bytes, step, limits) == whole);
    }
  }
}

TEST_CASE("framer: long documents are cut into parts, and nothing is lost between them") {
  std::string list;
  std::size_t count = 0;
  while (list.size() < 10'000'000) {
    list += (count == 0 ? "" : ",") + process("process-" + std::to_string(count));
    ++count;
  }
  const std::string time = R"("observedAt":"2024-11-01T08:30:00Z")";
  const auto count_in = [](const std::string& text, std::size_t& parts, bool& untimed) {
    MemorySource source(text, 1'000'000'000);
    DocumentReader reader(source, {}, {});
    model::DocumentPart part;
    std::size_t found = 0;
    bool malformed = false;
    parts = 0;
    untimed = false;
    while (reader.next(part)) {
      ++parts;
      found += part.processes.size();
      malformed = part.malformed;
      untimed = untimed || (!part.processes.empty() && !part.head.observed_at_ms);
      CHECK((parts == 1) == part.first);
      CHECK((part.malformed || !part.last || part.head.record_count == found));
      CHECK((!part.last || part.head.sha256 == base::sha256(text)));
      CHECK((!part.last || part.head.byte_length == text.size()));
    }
    return malformed ? 0 : found;
  };
  std::size_t parts = 0;
  bool untimed = false;
  CHECK(count_in('{' + time + R"(,"processes":[)" + list + "]}", parts, untimed) == count);
  CHECK(parts > 1);
  CHECK_FALSE(untimed);
  CHECK(count_in('[' + list + ']', parts, untimed) == count);
  CHECK(untimed);
  // The time comes when parts without one were handed out: whole or not at all, so not at all.
  CHECK(count_in(R"({"processes":[)" + list + "]," + time + '}', parts, untimed) == 0);
}

TEST_CASE("framer: an envelope's fault is found where it stands") {
  for (const std::string& text :
       {R"({"observedAt":"yesterday","processes":[)" + process("a") + "]}",
        R"({"processes":[)" + process("a") + R"(],"observedAt":"yesterday"})",
        R"({"processes":[)" + process("a") + R"(],"list":"running","observedAt":"yesterday"})"}) {
    MemorySource source(text, 1'000'000);
    DocumentReader reader(source, {}, {});
    model::DocumentPart part;
    REQUIRE(reader.next(part));
    INFO(fuzz::describe(part));
    CHECK(part.malformed);
    REQUIRE(part.rejects.size() == 1);
    CHECK_THAT(part.rejects[0].reason, Catch::Contains("observedAt"));
    CHECK(part.rejects[0].byte_offset == text.find("\"yesterday\""));
    CHECK(part.rejects[0].raw == text);
  }
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
