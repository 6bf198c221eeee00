#include "format/people.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/ratio.hpp"
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

namespace fleetmeter::format {

namespace {

constexpr std::int64_t kEarliestShown_ms = -62'167'219'200'000;
constexpr std::int64_t kLatestShown_ms = 253'402'300'799'999;

bool ends_with(const std::string& text, const char* suffix) {
  const std::string end(suffix);
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// A column's name without what stands behind its unit: `billable_ms_lo`, `billable_ms_change`.
std::string up_to_unit(const std::string& column) {
  const std::size_t ending = is_bound(column) ? 3 : ends_with(column, "_change") ? 7 : 0;
  return column.substr(0, column.size() - ending);
}

/// 41273941211 → "41.27 GB": decimal units and two places. The rest is cut, never rounded up.
std::string bytes_text(Int128 bytes) {
  static constexpr std::array<const char*, 7> kUnits{" B",  " kB", " MB", " GB",
                                                     " TB", " PB", " EB"};
  const Int128 size = bytes < 0 ? -bytes : bytes;
  Int128 scale = 1;
  std::size_t unit = 0;
  while (size >= scale * 1000 && unit + 1 < kUnits.size()) {
    scale *= 1000;
    ++unit;
  }
  std::string text = (bytes < 0 ? "-" : "") + to_text(size / scale);
  if (unit > 0) {
    const std::string hundredths = to_text(size % scale * 100 / scale);
    text += (hundredths.size() < 2 ? ".0" : ".") + hundredths;
  }
  return text + kUnits[unit];
}

constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kHour_ms = 3'600'000;
constexpr std::int64_t kLeastInHours_ms = kHour_ms / 10;

/// 43391250 → "12.05 h".
std::string duration_text(Int128 ms, Scale scale) {
  if (scale == Scale::seconds) {
    return to_text(Decimal(ms, 3)) + " s";
  }
  const bool in_hours = scale == Scale::hours;
  return to_text(base::Ratio(ms, in_hours ? kHour_ms : kMinute_ms).round(2)) +
         (in_hours ? " h" : " min");
}

std::string unit_text(Int128 value, Unit unit, Scale scale) {
  const auto small = static_cast<std::int64_t>(value);
  if (unit == Unit::bytes) {
    return bytes_text(value);
  }
  if (unit == Unit::duration && value == small) {
    return duration_text(small, scale);
  }
  if (unit == Unit::instant && value == small && small >= kEarliestShown_ms &&
      small <= kLatestShown_ms) {
    return base::format_utc(small);
  }
  return to_text(value);
}

}  // namespace

bool is_bound(const std::string& column) {
  return ends_with(column, "_lo") || ends_with(column, "_hi");
}

Unit unit_of(const std::string& column) {
  const std::string name = up_to_unit(column);
  if (name == "at_ms" || ends_with(name, "_at_ms") || ends_with(name, "_seen_ms") ||
      ends_with(name, "_since_ms") || ends_with(name, "from_ms") || ends_with(name, "to_ms") ||
      ends_with(name, "as_of_ms")) {
    return Unit::instant;
  }
  return ends_with(name, "_ms")     ? Unit::duration
         : ends_with(name, "bytes") ? Unit::bytes
                                    : Unit::none;
}

std::string double_text(double value) {
  if (!std::isfinite(value)) {
    return std::isnan(value) ? "" : value < 0 ? "-Inf" : "Inf";
  }
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string text(buffer.data(), end.ptr);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string exact_text(const Cell& cell) {
  struct Visitor {
    std::string operator()(std::nullptr_t) const { return ""; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(Int128 value) const { return to_text(value); }
    std::string operator()(const Decimal& value) const { return to_text(value); }
    std::string operator()(double value) const { return double_text(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const Bytes& value) const {
      return "X'" + base::to_hex(value.bytes) + "'";
    }
  };
  return std::visit(Visitor{}, cell);
}

Scale scale_of(Int128 longest_ms) {
  const Int128 size = longest_ms < 0 ? -longest_ms : longest_ms;
  return size == 0 || size >= kLeastInHours_ms ? Scale::hours
         : size >= kMinute_ms                  ? Scale::minutes
                                               : Scale::seconds;
}

std::optional<Int128> whole_number(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    return *integer;
  }
  const auto* wide = std::get_if<Int128>(&cell);
  return wide != nullptr ? std::optional(*wide) : std::nullopt;
}

std::string people_text(const Cell& cell, Unit unit, Scale scale) {
  if (const auto number = unit != Unit::none ? whole_number(cell) : std::nullopt) {
    return unit_text(*number, unit, scale);
  }
  return base::printable(exact_text(cell), 1000);
}

std::string people_name(const std::string& column) {
  std::string name = up_to_unit(column);
  const std::string bound = column.substr(name.size());
  const char* const unit = unit_of(column) == Unit::none    ? ""
                           : unit_of(column) == Unit::bytes ? "_bytes"
                                                            : "_ms";
  if (*unit != '\0' && ends_with(name, unit)) {
    name.resize(name.size() - std::string(unit).size());
  }
  name += bound;
  std::replace(name.begin() + (name.empty() ? 0 : 1), name.end(), '_', ' ');
  return name;
}

bool is_number(const Cell& cell) {
  return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<Int128>(cell) ||
         std::holds_alternative<Decimal>(cell) || std::holds_alternative<double>(cell);
}

}  // namespace fleetmeter::format
