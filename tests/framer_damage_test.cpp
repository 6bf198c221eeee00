// What damage costs: a line, a record, a document, and never more than it must.

#include <string>
#include <string_view>

#include "base/sha256.hpp"
#include "decode/framer.hpp"
#include "fuzz/describe.hpp"
#include "support/catch.hpp"
#include "support/framing.hpp"

namespace fleetmeter::decode {

using namespace framing;

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

TEST_CASE("framer: documents of one line and of several lines follow one another") {
  const std::string list =
      "{\n\"observedAt\":\"2024-11-01T08:30:00Z\",\n\"processes\":[\n{\n\"processId\":\"x\"\n},\n{"
      "\"processId\":\"y\"}\n]\n}\n";
  CHECK(ids_of(process("a") + '\n' + list + process("b") + '\n' + list) == "a x y b x y ");
  CHECK(ids_of(process("a") + ",\n[\n" + process("b") + ",\n" + process("c") + "\n]\n") ==
        "a b c ");
}

TEST_CASE("framer: however many lines were cut where another may follow, each costs itself") {
  for (const char* cut : {"[", "{\"a\":[", "[1,", "[{\"processId\":\"x\"},"}) {
    std::string bytes = process("a") + '\n';
    for (int i = 0; i < 2000; ++i) {
      bytes += std::string(cut) + '\n';
    }
    INFO(cut);
    CHECK(ids_of(bytes + process("b") + '\n' + process("c") + '\n') == "a b c ");
  }
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
  std::string record = process("a");
  record.insert(1, R"("observedAt":"yesterday",)");
  for (const std::string& text :
       {R"({"observedAt":"yesterday","processes":[)" + process("a") + "]}",
        R"({"processes":[)" + process("a") + R"(],"observedAt":"yesterday"})",
        R"({"processes":[)" + process("a") + R"(],"list":"running","observedAt":"yesterday"})",
        std::string(R"({"list":"running","observedAt":"yesterday","processes":null})"), record}) {
    // Another document stands before it, or none.
    for (const std::string& before :
         {std::string(), std::string("[]\n"),
          R"({"observedAt":"2024-11-01T08:00:00Z","processes":[)" + process("b") + "]}\n"}) {
      const std::string all = before + text;
      MemorySource source(all, 1'000'000);
      DocumentReader reader(source, {}, {});
      model::DocumentPart part;
      REQUIRE(reader.next(part));
      if (!before.empty()) {
        REQUIRE(reader.next(part));
      }
      INFO(fuzz::describe(part));
      CHECK(part.malformed);
      REQUIRE(part.rejects.size() == 1);
      CHECK_THAT(part.rejects[0].reason, Catch::Contains("observedAt"));
      CHECK(part.rejects[0].byte_offset == all.find("\"yesterday\""));
      CHECK(part.rejects[0].raw == text);
    }
  }
}

}  // namespace fleetmeter::decode
