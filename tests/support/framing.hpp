#pragma once

// Words for tests of framing: documents as values, and one input of every form and damage.

#include <unistd.h>
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.hpp"
#include "decode/byte_source.hpp"
#include "decode/framer.hpp"
#include "fuzz/describe.hpp"
#include "support/catch.hpp"

namespace fleetmeter::decode::framing {

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

inline std::vector<Document> frame(std::string_view bytes, std::size_t step = 1'000'000'000,
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
inline Document frame_one(std::string_view bytes, std::size_t step = 1'000'000'000,
                          Limits limits = {}) {
  const std::vector<Document> documents = frame(bytes, step, limits);
  REQUIRE(documents.size() == 1);
  return documents.front();
}

inline std::string process(const std::string& id) {
  return R"({"processId":")" + id + R"("})";
}

/// The ids of all processes that came out of well-formed documents, with a space after each.
inline std::string ids_of(std::string_view bytes) {
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
inline std::vector<Sample> samples() {
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

}  // namespace fleetmeter::decode::framing
