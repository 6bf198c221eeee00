#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/random.hpp"

namespace fleetmeter::sim {

/// How an instant is spelt in RFC 3339.
struct TimeStyle {
  int fraction_digits = 3;            // 0 to 9
  std::int64_t below_ms = 0;          // nanoseconds below the millisecond, seen from 4 digits on
  std::optional<int> offset_minutes;  // none: Z
  std::string_view separators =
      "-:";  // of date and time; "--" for file names, "" for the basic form
};

/// Appends the instant, such as 2024-11-01T08:30:00.000Z.
void append_instant(std::string& out, std::int64_t at_ms, const TimeStyle& style = {});
[[nodiscard]] std::string instant(std::int64_t at_ms, const TimeStyle& style = {});

/// 2024-11-01 or 2024-11-01T08:30:00Z; nothing for any other text.
[[nodiscard]] std::optional<std::int64_t> parse_instant(std::string_view text);

void append_number(std::string& out, std::int64_t value);

/// The text as a JSON string, quotes included.
[[nodiscard]] std::string json_text(std::string_view text);

/// In which order the keys of an object are written.
enum class KeyOrder { vendor, alphabetical, shuffled };

/// Collects the members of one JSON object, values already being JSON, and writes them in any
/// order.
class ObjectText {
 public:
  void add(std::string_view key, std::string value) {
    members_.emplace_back(key, std::move(value));
  }
  [[nodiscard]] std::string text(KeyOrder order, Random& random);

 private:
  std::vector<std::pair<std::string_view, std::string>> members_;
};

/// The same JSON with line breaks and an indent of two spaces.
[[nodiscard]] std::string pretty(std::string_view json);

}  // namespace fleetmeter::sim
