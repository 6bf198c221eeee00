#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "model/label_key.hpp"

namespace fleetmeter::rollup {

/// What a bucket holds of one group. The names are those of the columns of table `rollup`.
///
/// Each meter is a function of time, summed over the processes of the group. A bucket holds by how
/// much it grows inside the bucket, so that over a span of whole buckets it grows by their sum.
///  - Billable time has two numbers for each of point, lo and hi. `_count` is how many processes
///    began here, less how many ended. `_ms` is the sum of how far behind the bucket's begin they
///    began, less the same of those that ended.
///  - Egress has the growth of the sums of the curves G, L and U.
///  - The number of processes that are billed, sending, open or unmetered has two numbers each.
///    `_begin` counts the spans of such processes that begin in the bucket, but not at its end.
///    `_end` counts those that end in it, but not at its begin.
enum class Sum : std::size_t {
  billed_count,
  billed_ms,
  billed_lo_count,
  billed_lo_ms,
  billed_hi_count,
  billed_hi_ms,
  billed_begin,
  billed_end,
  egress_bytes,
  egress_bytes_lo,
  egress_bytes_hi,
  sent_begin,
  sent_end,
  open_begin,
  open_end,
  unmetered_begin,
  unmetered_end,
};
inline constexpr std::size_t kSums = 17;
inline constexpr std::size_t kBillingSums = 8;  ///< the first ones; the others are of egress
inline constexpr std::array<const char*, kSums> kSumNames{
    "billed_count",    "billed_ms",     "billed_lo_count", "billed_lo_ms", "billed_hi_count",
    "billed_hi_ms",    "billed_begin",  "billed_end",      "egress_bytes", "egress_bytes_lo",
    "egress_bytes_hi", "sent_begin",    "sent_end",        "open_begin",   "open_end",
    "unmetered_begin", "unmetered_end",
};
static_assert(kSums == static_cast<std::size_t>(Sum::unmetered_end) + 1 &&
                  kSumNames.back() != nullptr,
              "every Sum has a value and a name, or the last columns would be left out");
static_assert(kBillingSums == static_cast<std::size_t>(Sum::egress_bytes),
              "the sums of billing come first, or a question about one meter would read columns of "
              "the other");

/// One value for each Sum.
template <class Number>
struct Sums {
  std::array<Number, kSums> values{};

  Number& operator[](Sum sum) { return values[static_cast<std::size_t>(sum)]; }
  const Number& operator[](Sum sum) const { return values[static_cast<std::size_t>(sum)]; }

  Sums& operator+=(const Sums& other) {
    for (std::size_t i = 0; i < kSums; ++i) {
      values[i] += other.values[i];
    }
    return *this;
  }
  [[nodiscard]] bool is_zero() const {
    for (const Number& value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
  friend bool operator==(const Sums&, const Sums&) = default;
};

/// Processes of one app, deployment and region, by the keys of their labels; model::kNoLabel where
/// there is none.
struct Group {
  std::int64_t app_key = model::kNoLabel;
  std::int64_t deployment_key = model::kNoLabel;
  std::int64_t region_key = model::kNoLabel;

  friend bool operator==(const Group&, const Group&) = default;
  friend auto operator<=>(const Group&, const Group&) = default;
};

struct GroupHash {
  std::size_t operator()(const Group& group) const {
    std::uint64_t mixed = 0;
    for (const std::int64_t part : {group.app_key, group.deployment_key, group.region_key}) {
      mixed = (mixed ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15U;
      mixed ^= mixed >> 32U;
    }
    return static_cast<std::size_t>(mixed);
  }
};

/// The sizes of buckets: an hour, a day of 24 of them, an era of 64 days, counted from 1970.
enum class Level : std::int64_t { hour = 0, day = 1, era = 2 };
inline constexpr std::int64_t kHour_ms = 3'600'000;
// A growth over a longer time is not spread over buckets: its process is irregular.
inline constexpr std::int64_t kLongestRise_ms = 4096 * kHour_ms;
inline constexpr std::int64_t kHoursInDay = 24;
inline constexpr std::int64_t kHoursInEra = 64 * kHoursInDay;
static_assert(kHoursInEra % kHoursInDay == 0,
              "an era is whole days, or a window could not be cut into eras, days and hours");

/// floor(a / b), b > 0; also for instants before 1970.
[[nodiscard]] inline std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

/// The hour at which the day begins or ends that is nearer to an hour.
[[nodiscard]] inline std::int64_t nearest_midnight(std::int64_t hour) {
  return floor_div(hour + kHoursInDay / 2, kHoursInDay) * kHoursInDay;
}

[[nodiscard]] inline std::int64_t hours_in(Level level) {
  return level == Level::hour ? 1 : level == Level::day ? kHoursInDay : kHoursInEra;
}

/// The extent of a length: the least e with length < 2^e. Spans of one extent are looked for by
/// where they begin: one that is there at an instant began less than 2^e before.
[[nodiscard]] inline std::int64_t extent_of(std::int64_t length) {
  return static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(length)));
}
// Spans of processes shorter than this many ms, about a minute, are of one extent.
inline constexpr std::int64_t kShortestExtent = 16;

/// A process of this extent that is there at an instant begins later than the instant returned.
[[nodiscard]] inline std::int64_t begins_after(std::int64_t at_ms, std::int64_t extent) {
  return at_ms - (std::int64_t{1} << (extent + kShortestExtent));
}

/// A bucket of one group.
struct BucketKey {
  Level level = Level::hour;
  std::int64_t bucket = 0;  ///< its number, counted from 1970 in buckets of its level
  Group group;

  friend bool operator==(const BucketKey&, const BucketKey&) = default;
  friend auto operator<=>(const BucketKey&, const BucketKey&) = default;
};

struct BucketHash {
  std::size_t operator()(const BucketKey& key) const {
    return GroupHash{}(key.group) ^ (static_cast<std::size_t>(key.bucket) * 0x9E3779B97F4A7C15U) ^
           static_cast<std::size_t>(key.level);
  }
};

/// Whole hours between two readings of one process. In a window of whole hours inside them, the
/// sums are wrong for this process in one of two ways, which a question puts right:
///  - Its curve grew between the readings, and nobody knows when. In the window it may have sent
///    nothing, so it adds 0 to `lo`; the sums add less than 0. `bytes` is how much less.
///  - Its curve stands still there. It sent nothing in the window, but the sums count it among the
///    processes that did. `bytes` is 0.
struct Gap {
  std::int64_t from_hour = 0;  ///< hours since 1970, as the next
  std::int64_t to_hour = 0;
  std::int64_t process_key = 0;
  std::int64_t bytes = 0;

  friend bool operator==(const Gap&, const Gap&) = default;
  friend auto operator<=>(const Gap&, const Gap&) = default;
};

}  // namespace fleetmeter::rollup
