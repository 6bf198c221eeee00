#include "reconcile/units.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

namespace fleetmeter::reconcile {

namespace {

using base::Ratio;

constexpr std::int64_t kHour_ms = 3'600'000;
constexpr int kGiga = 3;  // the power of 1000 or 1024

struct TimeWord {
  const char* word;
  std::int64_t ms;
};
constexpr std::array<TimeWord, 18> kTimeWords{{{"millisecond", 1},
                                               {"msec", 1},
                                               {"ms", 1},
                                               {"second", 1000},
                                               {"sec", 1000},
                                               {"s", 1000},
                                               {"minute", 60'000},
                                               {"min", 60'000},
                                               {"hour", kHour_ms},
                                               {"hr", kHour_ms},
                                               {"h", kHour_ms},
                                               {"day", 24 * kHour_ms},
                                               {"week", 168 * kHour_ms},
                                               {"milliseconds", 1},
                                               {"seconds", 1000},
                                               {"minutes", 60'000},
                                               {"hours", kHour_ms},
                                               {"days", 24 * kHour_ms}}};

/// What the time is of: vCPUs or processes. It may stand before the time in one word: `vcpuhours`.
constexpr std::array<const char*, 3> kVcpuWords{"vcpu", "cpu", "core"};
constexpr std::array<const char*, 5> kProcessWords{"process", "active", "server", "instance",
                                                   "container"};
/// Words that say nothing about the unit.
constexpr std::array<const char*, 20> kOtherWords{
    "of",          "per",       "the",      "egress", "out",     "outbound", "transfer",
    "transferred", "bandwidth", "network",  "data",   "traffic", "usage",    "used",
    "time",        "compute",   "billable", "billed", "total",   "internet"};

/// `k`, `m`, `g` … and `kilo`, `mega`, `giga` …, by the power that they stand for, from 1.
constexpr std::array<std::array<const char*, 3>, 5> kPrefixes{{{"k", "kilo", "kibi"},
                                                               {"m", "mega", "mebi"},
                                                               {"g", "giga", "gibi"},
                                                               {"t", "tera", "tebi"},
                                                               {"p", "peta", "pebi"}}};

/// What a text says of its unit.
struct Unit {
  enum class Of { nothing, vcpus, processes } of = Of::nothing;
  std::optional<std::int64_t> ms;
  std::optional<int> bytes_power;
  bool is_binary = false;
  bool is_bits = false;
  bool is_known = true;
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// The words of a text. Everything but letters separates them. Digits are not part of any unit that
/// we know, so they stand as words of their own.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) != 0 || std::isdigit(byte) != 0 || byte >= 0x80) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) {
    words.pop_back();
  }
  return words;
}

std::optional<std::int64_t> time_of(const std::string& word) {
  for (const TimeWord& known : kTimeWords) {
    if (word == known.word || word == std::string(known.word) + 's') {
      return known.ms;
    }
  }
  return std::nullopt;
}

/// Takes a word off the front of a longer one, its plural included.
bool take_front(std::string& word, const char* front) {
  const std::string_view known = front;
  if (word.rfind(known, 0) != 0) {
    return false;
  }
  const std::string rest = word.substr(known.size());
  word = rest == "s" || rest == "es" ? "" : rest;
  return true;
}

/// Reads `GB`, `GiB`, `gigabytes` and `Gbit`. `Gb` may mean bits as well as bytes, so it is not
/// read.
bool read_bytes(const std::string& written, Unit& unit) {
  std::string word = lower(written);
  const bool unclear = written.size() == 2 && written[1] == 'b' && written[0] != word[0];
  word = word.size() > 3 && word.back() == 's' ? word.substr(0, word.size() - 1) : word;
  const auto is_one = [&](const std::string& prefix, bool binary, int power) {
    const bool is_long = prefix.size() > 2;
    for (const char* what : {"b", "byte", "bit"}) {
      if (word == prefix + what && !(is_long && std::string_view(what) == "b")) {
        unit.bytes_power = power;
        unit.is_binary = binary;
        unit.is_bits = std::string_view(what) == "bit";
        return !unclear;
      }
    }
    return false;
  };
  for (std::size_t i = 0; i < kPrefixes.size(); ++i) {
    const auto& [letter, decimal, binary] = kPrefixes[i];
    const int power = static_cast<int>(i) + 1;
    if (is_one(letter, false, power) || is_one(decimal, false, power) ||
        is_one(std::string(letter) + 'i', true, power) || is_one(binary, true, power)) {
      return true;
    }
  }
  const bool is_bytes = word == "byte" || written == "B";
  unit.bytes_power = is_bytes ? std::optional(0) : unit.bytes_power;
  return is_bytes;
}

void read_word(const std::string& written, Unit& unit) {
  std::string word = lower(written);
  if (std::find(kOtherWords.begin(), kOtherWords.end(), word) != kOtherWords.end()) {
    return;
  }
  const auto take = [&](const char* front) { return take_front(word, front); };
  if (std::any_of(kVcpuWords.begin(), kVcpuWords.end(), take)) {
    unit.of = Unit::Of::vcpus;
  } else if (std::any_of(kProcessWords.begin(), kProcessWords.end(), take)) {
    unit.of = unit.of == Unit::Of::vcpus ? unit.of : Unit::Of::processes;
  }
  if (word.empty()) {
    return;
  }
  const auto time = time_of(word);
  if (time && !unit.ms) {
    unit.ms = time;
  } else if (unit.bytes_power || !read_bytes(written, unit)) {
    unit.is_known = false;
  }
}

Ratio power(std::int64_t base, int exponent) {
  Ratio result(1);
  for (int i = 0; i < exponent; ++i) {
    result = result * Ratio(base);
  }
  return result;
}

Ratio bytes_of(const Unit& unit, bool as_binary) {
  const Ratio one = power(as_binary ? 1024 : 1000, *unit.bytes_power);
  return unit.is_bits ? one * Ratio(1, 8) : one;
}

std::optional<Ratio> factor_of_bytes(const Unit& unit, Measure measure) {
  if (unit.ms || unit.of != Unit::Of::nothing) {
    return std::nullopt;
  }
  const bool as_binary = unit.is_binary || measure == Measure::gb_of_gib;
  return bytes_of(unit, as_binary) / power(measure == Measure::gb ? 1000 : 1024, kGiga);
}

std::optional<Ratio> factor_of_time(const Unit& unit, Measure measure) {
  const auto other = measure == Measure::vcpu_hour ? Unit::Of::processes : Unit::Of::vcpus;
  if (!unit.ms || unit.bytes_power || unit.of == other) {
    return std::nullopt;
  }
  return Ratio(*unit.ms, kHour_ms);
}

}  // namespace

Measure measure_of(model::RateUnit unit, bool gb_is_gib) {
  switch (unit) {
    case model::RateUnit::vcpu_hour:
      return Measure::vcpu_hour;
    case model::RateUnit::active_hour:
      return Measure::active_hour;
    case model::RateUnit::gb:
      return gb_is_gib ? Measure::gb_of_gib : Measure::gb;
    case model::RateUnit::gib:
      break;
  }
  return Measure::gib;
}

std::optional<Ratio> factor(std::string_view text, Measure measure) {
  Unit unit;
  const std::vector<std::string> words = words_of(text);
  for (const std::string& word : words) {
    read_word(word, unit);
  }
  if (words.empty()) {
    return Ratio(1);
  }
  if (!unit.is_known || unit.bytes_power.has_value() == unit.ms.has_value()) {
    return std::nullopt;
  }
  return measure == Measure::vcpu_hour || measure == Measure::active_hour
             ? factor_of_time(unit, measure)
             : factor_of_bytes(unit, measure);
}

}  // namespace fleetmeter::reconcile
