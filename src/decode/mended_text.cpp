#include "decode/mended_text.hpp"

#include <simdjson.h>

#include <algorithm>

#include "base/text.hpp"

namespace fleetmeter::decode {

namespace {

/// Marks the raw control characters of strings, and what was escaped of all that is marked.
void mend_strings(std::string_view text, std::string& bytes,
                  std::vector<MendedText::Fault>& faults) {
  bool in_string = false;
  bool is_escaped = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && static_cast<unsigned char>(bytes[i]) < 0x20) {
      bytes[i] = '?';
      faults.push_back({i, "a raw control character in a string"});
    }
    if (is_escaped && bytes[i] != text[i]) {
      bytes[i - 1] = '?';
    }
    const bool ends_or_begins = bytes[i] == '"' && !is_escaped;
    is_escaped = in_string && bytes[i] == '\\' && !is_escaped;
    in_string = in_string != ends_or_begins;
  }
}

}  // namespace

MendedText mend(std::string_view text) {
  MendedText out{std::string(text), {}};
  for (std::size_t at = base::find_invalid_utf8(text); at < text.size();) {
    out.bytes[at] = '?';
    out.faults.push_back({at, "invalid UTF-8"});
    ++at;
    at += base::find_invalid_utf8(text.substr(at));
  }
  mend_strings(text, out.bytes, out.faults);
  std::sort(out.faults.begin(), out.faults.end(),
            [](const auto& a, const auto& b) { return a.offset < b.offset; });
  out.bytes.resize(text.size() + simdjson::SIMDJSON_PADDING);
  return out;
}

}  // namespace fleetmeter::decode
