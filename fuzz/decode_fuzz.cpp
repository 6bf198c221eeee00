// libFuzzer target: any bytes → documents.
//
// The first byte chooses the limits and how many bytes one read gives; the rest is the input. It
// must not crash, must keep the promises of its types, must make the same of the input however it
// comes in pieces, and must take nothing for JSON that is not.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "decode/mended_text.hpp"
#include "fuzz/describe.hpp"

namespace fleetmeter::fuzz {

namespace {

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "decode_fuzz: %s\n", why.c_str());
  std::abort();
}

/// Whether nothing was left out of this document, so that every byte of it must be JSON.
bool is_clean(const model::DocumentPart& part) {
  return part.first && part.last && !part.malformed && part.rejects.empty();
}

/// A lone surrogate in a member that nobody reads is JSON's grammar; the oracle is stricter there.
bool may_hold_surrogates(std::string_view document) {
  return document.find("\\ud") != std::string_view::npos ||
         document.find("\\uD") != std::string_view::npos;
}

/// Whether another JSON library takes this for JSON; a number too large for a double still is.
/// Bytes that make a text none, in a member that nobody reads, cost nothing either.
bool is_json(std::string_view document) {
  try {
    static_cast<void>(
        nlohmann::json::parse(decode::mend(document).bytes.substr(0, document.size())));
    return true;
  } catch (const nlohmann::json::out_of_range&) {
    return true;
  } catch (const nlohmann::json::parse_error&) {
    return false;
  }
}

/// Reads the input in one piece, looks at every document, and tells what was made of them.
std::string look_at(std::string_view bytes, const decode::Limits& limits) {
  MemorySource source(bytes, bytes.size() + 1);
  const BlankWorkspace workspace(true);
  decode::DocumentReader reader(source, {}, limits, workspace.get());
  std::string all;
  model::DocumentPart part;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  while (reader.next(part)) {
    if (const std::string why = broken_promise(bytes, part); !why.empty()) {
      fail(why + "\n" + describe(part));
    }
    // What holds documents comes behind them, when it turns out to be broken.
    if (part.first && part.head.byte_offset < end && part.head.byte_offset > begin) {
      fail("a document begins inside the one before it");
    }
    const std::uint64_t its_end = part.head.byte_offset + part.head.byte_length;
    if (part.last && its_end < end) {
      fail("a document ends inside the one before it");
    }
    all += describe(part) + '\n';
    begin = part.head.byte_offset;
    end = its_end;
    const std::string_view document = bytes.substr(part.head.byte_offset, part.head.byte_length);
    if (is_clean(part) && !may_hold_surrogates(document) && !is_json(document)) {
      fail("taken for JSON, which it is not\n" + describe(part));
    }
  }
  return all;
}

}  // namespace

}  // namespace fleetmeter::fuzz

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace fleetmeter;
  if (size == 0) {
    return 0;
  }
  static constexpr std::array<std::size_t, 4> kRecordBytes{64, 1000, 65'536, 16 * 1024 * 1024};
  static constexpr std::array<std::size_t, 4> kSteps{1, 2, 7, 61};
  const decode::Limits limits{kRecordBytes[data[0] % 4], data[0] & 0x80U ? 5U : 64U};
  const std::size_t step = kSteps[data[0] / 4 % 4];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = fuzz::look_at(bytes, limits);
  const std::string pieces = fuzz::describe_all(bytes, step, limits);
  if (const std::string decoded = fuzz::describe_all(bytes, bytes.size(), limits, {}, false);
      whole != decoded) {
    fuzz::fail("recognised:\n" + whole + "\ndecoded:\n" + decoded);
  }
  if (whole != pieces) {
    fuzz::fail("in one piece:\n" + whole + "\nin pieces of " + std::to_string(step) + ":\n" +
               pieces);
  }
  return 0;
}
