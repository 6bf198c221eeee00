#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/random.hpp"

namespace fleetmeter::sim {

/// JSON that knows what it means, so that it can be spelt in many ways without meaning another
/// thing.
struct Value {
  enum class Kind { raw, time, number_or_text, object, list };

  static Value of_raw(std::string json);
  static Value of_time(std::int64_t at_ms);
  /// 7 may be spelt 7, 7.0 or "7".
  static Value of_number_or_text(std::string digits);
  static Value of_object();
  static Value of_list();

  void add(std::string key, Value value);
  /// Null, which may be spelt by leaving the key out.
  void add_null(std::string key);

  Kind kind = Kind::raw;
  std::string raw;
  std::int64_t at_ms = 0;
  struct Member;
  std::vector<Member> members;  // of lists without keys
};

struct Value::Member {
  std::string key;
  Value value;
};

// Where all of Value is known.
inline Value Value::of_raw(std::string json) {
  return {Kind::raw, std::move(json), 0, {}};
}
inline Value Value::of_time(std::int64_t at_ms) {
  return {Kind::time, {}, at_ms, {}};
}
inline Value Value::of_number_or_text(std::string digits) {
  return {Kind::number_or_text, std::move(digits), 0, {}};
}
inline Value Value::of_object() {
  return {Kind::object, {}, 0, {}};
}
inline Value Value::of_list() {
  return {Kind::list, {}, 0, {}};
}
inline void Value::add(std::string key, Value value) {
  members.push_back({std::move(key), std::move(value)});
}
inline void Value::add_null(std::string key) {
  add(std::move(key), of_raw("null"));
}

/// How the keys are written.
enum class KeyStyle { camel, snake, pascal };

/// One way of writing JSON; what it leaves open is drawn for each value.
struct Spelling {
  KeyStyle keys = KeyStyle::camel;
  bool shuffled_keys = false;
  bool vendor_times = true;  // milliseconds and Z; otherwise any digits and offsets
  bool keeps_nulls = true;
};

[[nodiscard]] Spelling any_spelling(Random& random);
[[nodiscard]] std::string spelt(const Value& value, const Spelling& spelling, Random& random);
/// The instant in RFC 3339, with quotes.
[[nodiscard]] std::string spelt_instant(std::int64_t at_ms, bool vendor, Random& random);

}  // namespace fleetmeter::sim
