#include "sim/spelling.hpp"

#include "sim/text.hpp"

namespace fleetmeter::sim {
namespace {

constexpr char kCaseGap = 'a' - 'A';

std::string styled_key(const std::string& camel, KeyStyle style) {
  std::string out;
  for (const char c : camel) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && style == KeyStyle::snake) {
      out += '_';
      out += static_cast<char>(c + kCaseGap);
    } else if (out.empty() && style == KeyStyle::pascal) {
      out += static_cast<char>(c - kCaseGap);
    } else {
      out += c;
    }
  }
  return out;
}

/// The fewest digits that lose nothing.
std::int64_t needed_digits(std::int64_t at_ms) {
  const std::int64_t millis = (at_ms % 1000 + 1000) % 1000;
  return millis == 0 ? 0 : millis % 100 == 0 ? 1 : millis % 10 == 0 ? 2 : 3;
}

std::string spelt_number_or_text(const std::string& digits, Random& random) {
  const std::int64_t draw = random.below(3);
  return draw == 0 ? digits : draw == 1 ? digits + ".0" : '"' + digits + '"';
}

std::string spelt_members(const Value& value, const Spelling& spelling, Random& random) {
  const bool is_object = value.kind == Value::Kind::object;
  std::vector<std::string> parts;
  for (const auto& [key, member] : value.members) {
    if (is_object && !spelling.keeps_nulls && member.raw == "null") {
      continue;
    }
    const std::string text = spelt(member, spelling, random);
    parts.push_back(is_object ? '"' + styled_key(key, spelling.keys) + "\":" + text : text);
  }
  if (is_object && spelling.shuffled_keys) {
    random.shuffle(parts);
  }
  std::string out(1, is_object ? '{' : '[');
  for (const std::string& part : parts) {
    out += out.size() == 1 ? "" : ",";
    out += part;
  }
  return out + (is_object ? '}' : ']');
}

}  // namespace

Spelling any_spelling(Random& random) {
  Spelling spelling;
  const std::int64_t keys = random.below(10);
  spelling.keys = keys < 6 ? KeyStyle::camel : keys < 8 ? KeyStyle::snake : KeyStyle::pascal;
  spelling.shuffled_keys = random.chance(300);
  spelling.vendor_times = random.chance(500);
  spelling.keeps_nulls = random.chance(600);
  return spelling;
}

std::string spelt_instant(std::int64_t at_ms, bool vendor, Random& random) {
  static const std::vector<int> offsets = {0, 60, 330, 345, 765, 840, -60, -210, -570, -720};
  TimeStyle style;
  if (!vendor) {
    style.fraction_digits = static_cast<int>(random.between(needed_digits(at_ms), 9));
    style.below_ms = random.chance(500) ? random.below(1'000'000) : 0;
    if (random.chance(500)) {
      style.offset_minutes = random.pick(offsets);
    }
  }
  return '"' + instant(at_ms, style) + '"';
}

std::string spelt(const Value& value, const Spelling& spelling, Random& random) {
  switch (value.kind) {
    case Value::Kind::raw:
      return value.raw;
    case Value::Kind::time:
      return spelt_instant(value.at_ms, spelling.vendor_times, random);
    case Value::Kind::number_or_text:
      return spelt_number_or_text(value.raw, random);
    case Value::Kind::object:
    case Value::Kind::list:
      return spelt_members(value, spelling, random);
  }
  return "null";
}

}  // namespace fleetmeter::sim
