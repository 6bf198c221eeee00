#include "store/column_range.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "meter/life.hpp"
#include "model/record.hpp"
#include "rollup/sums.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kFarHour = std::int64_t{1} << 30;
static_assert(kFarHour * rollup::kHoursInEra <= kGreatest / rollup::kHour_ms,
              "an era of that number begins at an instant, or its time would overflow");
constexpr std::int64_t kLongestExtent = 62 - rollup::kShortestExtent;

constexpr std::int64_t kFarCount = std::int64_t{1} << 48;

constexpr std::array<ColumnRange, 12> kRanges{{
    {"_ms", 1 - meter::kNever_ms, meter::kNever_ms - 1, "no time that an archive can speak of"},
    {"_hour", -kFarHour, kFarHour, "no hour that an archive can speak of"},
    {"bucket", -kFarHour, kFarHour, "no hour, day or era that an archive can speak of"},
    {"extent", 0, kLongestExtent, "no extent of a span"},
    {"block", 0, kFarCount, "no number of a block"},
    {"_count", -kFarCount, kFarCount, "no count of an archive"},
    {"_begin", -kFarCount, kFarCount, "no count of an archive"},
    {"_end", -kFarCount, kFarCount, "no count of an archive"},
    {"egressed_bytes", model::kLowestReading, kGreatest, "no reading of a counter"},
    {"egress_bytes", 0, kGreatest, "no number of bytes"},
    {"egress_bytes_lo", 0, kGreatest, "no number of bytes"},
    {"egress_bytes_hi", 0, kGreatest, "no number of bytes"},
}};

}  // namespace

const ColumnRange* range_of(std::string_view column) {
  const auto* const found = std::ranges::find_if(
      kRanges, [&](const ColumnRange& range) { return column.ends_with(range.ending); });
  return found == kRanges.end() ? nullptr : found;
}

}  // namespace fleetmeter::store
