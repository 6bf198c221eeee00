#include "store/expected_reads.hpp"

#include <algorithm>
#include <limits>

#include "rollup/sums.hpp"

namespace fleetmeter::store {

namespace {

using Ranges = std::vector<PageAdvice::Range>;

/// The buckets that add up to what is before each of these instants: days from the first one's era
/// on, hours from the nearest midnight.
Ranges buckets_of(const std::vector<SumsBefore>& instants) {
  constexpr std::int64_t kDaysInEra = rollup::kHoursInEra / rollup::kHoursInDay;
  Ranges ranges;
  const auto add = [&](rollup::Level level, std::int64_t from, std::int64_t to) {
    const auto number = static_cast<std::int64_t>(level);
    ranges.push_back({{number, from}, {number, to}});
  };
  const std::int64_t first = instants.front().hour;
  const std::int64_t last = instants.back().hour;
  add(rollup::Level::era, std::numeric_limits<std::int64_t>::min(),
      rollup::floor_div(last, rollup::kHoursInEra));
  add(rollup::Level::day, rollup::floor_div(first, rollup::kHoursInEra) * kDaysInEra,
      rollup::floor_div(last, rollup::kHoursInDay));
  for (const SumsBefore& instant : instants) {
    const std::int64_t midnight = rollup::nearest_midnight(instant.hour);
    if (instant.hour != midnight) {
      add(rollup::Level::hour, std::min(instant.hour, midnight), std::max(instant.hour, midnight));
    }
  }
  return ranges;
}

/// Entries of process_meter_by_time.
void add_entries_around(const SumsBefore& instant, std::int64_t longest_extent, Ranges& entries) {
  const std::int64_t whole_ms = instant.hour * rollup::kHour_ms;
  const std::int64_t from_ms = std::min(instant.at_ms, whole_ms);
  const std::int64_t to_ms = std::max(instant.at_ms, whole_ms);
  for (std::int64_t extent = 0; extent <= longest_extent; ++extent) {
    entries.push_back({{extent, rollup::begins_after(from_ms, extent) + 1}, {extent, to_ms}});
  }
}

void append(const PageAdvice::Pages& more, PageAdvice::Pages& pages) {
  pages.insert(pages.end(), more.begin(), more.end());
}

}  // namespace

PageAdvice::Pages ExpectedReads::pages_of_processes(const Ranges& entries, const Horizon& horizon) {
  auto& active = queries_.of<ask::ListActiveKeys>();
  Ranges keys;
  for (const PageAdvice::Range& entry : entries) {
    for (const auto& row : active.rows({.extent = entry.first[0],
                           .from_ms = entry.first[1],
                           .to_ms = entry.last[1],
                           .last_key = horizon.last_key,
                           .horizon_ms = horizon.at_ms})) {
      keys.push_back({{row.process_key, 0}, {row.process_key, 0}});
    }
  }
  PageAdvice::Pages pages = advice_.pages_of("process_meter", keys);
  append(advice_.pages_of("process", std::move(keys)), pages);
  return pages;
}

void ExpectedReads::of_sums(const std::vector<SumsBefore>& instants, const Horizon& horizon,
                            RollupReader& rollups) {
  Ranges entries;
  Ranges polls;
  for (const SumsBefore& instant : instants) {
    if (instant.at_ms != instant.hour * rollup::kHour_ms) {
      add_entries_around(instant, rollups.longest_extent(), entries);
      polls.push_back({{instant.at_ms - rollup::kHour_ms, 0}, {instant.at_ms, 0}});
    }
  }
  on_disk_ = !entries.empty() && advice_.fetch(advice_.pages_of("process_meter_by_time", entries));
  PageAdvice::Pages pages = advice_.pages_of("rollup", buckets_of(instants));
  if (on_disk_) {
    append(advice_.pages_of("snapshot_by_time", polls), pages);
  }
  advice_.fetch(std::move(pages));
  if (on_disk_) {
    advice_.fetch(pages_of_processes(entries, horizon));
  }
}

void ExpectedReads::of_readings(const std::vector<std::int64_t>& process_keys,
                                std::int64_t snapshot_seq) {
  if (!on_disk_ || process_keys.empty()) {
    return;
  }
  const std::int64_t near = std::max<std::int64_t>(snapshot_seq, 0);
  Ranges rows;
  rows.reserve(process_keys.size());
  for (const std::int64_t key : process_keys) {
    rows.push_back({{key, near - 1}, {key, near}});
  }
  PageAdvice::Pages pages = advice_.pages_of("snapshot", {{{near - 1, 0}, {near, 0}}});
  append(advice_.pages_of("observation", std::move(rows)), pages);
  advice_.fetch(std::move(pages));
}

}  // namespace fleetmeter::store
