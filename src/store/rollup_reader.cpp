#include "store/rollup_reader.hpp"

#include <algorithm>

#include "base/invariant.hpp"
#include "store/bucket_sums.hpp"
#include "store/rolled_process.hpp"

namespace fleetmeter::store {

namespace {

using rollup::Group;

/// Each once, by process_key.
std::vector<RolledProcess> settled(std::vector<RolledProcess> all) {
  std::sort(all.begin(), all.end(), [](const RolledProcess& a, const RolledProcess& b) {
    return a.facts.process_key < b.facts.process_key;
  });
  all.erase(std::unique(all.begin(), all.end(),
                        [](const RolledProcess& a, const RolledProcess& b) {
                          return a.facts.process_key == b.facts.process_key;
                        }),
            all.end());
  return all;
}

}  // namespace

std::int64_t RollupReader::longest_extent() {
  if (!longest_extent_) {
    longest_extent_ = queries_.of<ask::LongestExtent>().first().value().extent;
  }
  return *longest_extent_;
}

std::int64_t RollupReader::longest_gap() {
  if (!longest_gap_) {
    longest_gap_ = queries_.of<ask::LongestGap>().first().value().extent;
  }
  return *longest_gap_;
}

void RollupReader::each_bucket(
    Meter meter, rollup::Level level, std::int64_t from_bucket, std::int64_t to_bucket,
    const std::function<void(std::int64_t, const Group&, const rollup::Sums<std::int64_t>&)>& use) {
  if (from_bucket >= to_bucket) {
    return;
  }
  const auto take = [&](const auto& row, const rollup::Sums<std::int64_t>& sums) {
    base::check_in_tests([&] { return from_bucket <= row.bucket && row.bucket < to_bucket; },
                         "buckets are of the span that was asked for, or parts would overlap");
    use(row.bucket, {row.app_key, row.deployment_key, row.region_key}, sums);
  };
  rollup::Sums<std::int64_t> sums;
  const auto number = static_cast<std::int64_t>(level);
  if (meter == Meter::billing) {
    for (const auto& row : queries_.of<ask::ListBillingBuckets>().rows(
             {.level = number, .from_bucket = from_bucket, .to_bucket = to_bucket})) {
      add_billing_sums(row, sums);
      take(row, sums);
    }
  } else {
    for (const auto& row : queries_.of<ask::ListEgressBuckets>().rows(
             {.level = number, .from_bucket = from_bucket, .to_bucket = to_bucket})) {
      add_egress_sums(row, sums);
      take(row, sums);
    }
  }
}

void RollupReader::each_gap(std::int64_t from_hour, std::int64_t to_hour,
                            const std::function<void(const Group&, std::int64_t)>& use) {
  for (std::int64_t extent = rollup::extent_of(to_hour - from_hour); extent <= longest_gap();
       ++extent) {
    for (const auto& row : queries_.of<ask::ListGaps>().rows({.extent = extent,
                           .begins_after = from_hour - (std::int64_t{1} << extent),
                           .from_hour = from_hour,
                           .to_hour = to_hour})) {
      use({row.app_key, row.deployment_key, row.region_key}, row.bytes);
    }
  }
}

void RollupReader::add_active(std::int64_t from_ms, std::int64_t to_ms, const Horizon& horizon,
                              Processes& out) {
  for (std::int64_t extent = 0; extent <= longest_extent(); ++extent) {
    take_rolled(queries_.of<ask::ListActive>().rows(
                    {.extent = extent,
                     .begins_after_ms = rollup::begins_after(from_ms, extent),
                     .from_ms = from_ms,
                     .to_ms = to_ms,
                     .last_key = horizon.last_key,
                     .horizon_ms = horizon.at_ms}),
                out);
  }
}

void RollupReader::add_tails(std::int64_t from_ms, std::int64_t to_ms, const Horizon& horizon,
                             Processes& out) {
  take_rolled(queries_.of<ask::ListTails>().rows({.from_ms = from_ms,
                                                  .to_ms = to_ms,
                                                  .last_key = horizon.last_key,
                                                  .horizon_ms = horizon.at_ms}),
              out);
}

void RollupReader::add_lately_seen(std::int64_t from_ms, std::int64_t to_ms, const Horizon& horizon,
                                   Processes& out) {
  if (from_ms < to_ms) {
    take_rolled(queries_.of<ask::ListLatelySeen>().rows({.from_ms = from_ms,
                                                         .to_ms = to_ms,
                                                         .last_key = horizon.last_key,
                                                         .horizon_ms = horizon.at_ms}),
                out);
  }
}

std::vector<RolledProcess> RollupReader::active(std::int64_t from_ms, std::int64_t to_ms,
                                                const Horizon& horizon) {
  Processes out;
  add_active(from_ms, to_ms, horizon, out);
  add_tails(from_ms, to_ms, horizon, out);
  return settled(std::move(out));
}

std::vector<RolledProcess> RollupReader::present(const Presence& presence) {
  std::vector<RolledProcess> out;
  add_active(presence.from_ms, presence.to_ms, {}, out);
  // One that began before to_ms and was lost before from_ms is believed for its longest life.
  add_tails(presence.from_ms, presence.to_ms + presence.max_lifespan_ms, {}, out);
  add_lately_seen(presence.runs_if_seen_ms, presence.from_ms, {}, out);
  return settled(std::move(out));
}

void RollupReader::each_present(const Presence& presence,
                                const std::function<void(const RolledProcess&)>& use) {
  for (const auto& row : queries_.of<ask::ListPresent>().rows({.from_ms = presence.from_ms,
                         .to_ms = presence.to_ms,
                         .runs_if_seen_ms = presence.runs_if_seen_ms})) {
    use(rolled_process(row));
  }
}

std::vector<RolledProcess> RollupReader::lately_seen(std::int64_t from_ms, std::int64_t to_ms,
                                                     const Horizon& horizon) {
  Processes out;
  add_lately_seen(from_ms, to_ms, horizon, out);
  return settled(std::move(out));
}

std::vector<RolledProcess> RollupReader::irregular() {
  std::vector<RolledProcess> out;
  take_rolled(queries_.of<ask::ListIrregular>().rows(), out);
  return out;
}

std::optional<RolledProcess> RollupReader::find(std::int64_t process_key) {
  const auto row = queries_.of<ask::RolledProcess>().first({.process_key = process_key});
  return row ? std::optional(rolled_process(*row)) : std::nullopt;
}

}  // namespace fleetmeter::store
