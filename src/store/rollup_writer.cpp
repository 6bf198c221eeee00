#include "store/rollup_writer.hpp"

#include <algorithm>
#include <limits>

#include "base/invariant.hpp"
#include "store/bucket_sums.hpp"
#include "store/meter_row.hpp"
#include "store/reader.hpp"
#include "store/track_row.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostBuckets = 4096;       // in memory
constexpr std::size_t kProcessesAtOnce = 4096;   // while rebuilding
constexpr std::int64_t kProcessesInBlock = 256;  // see process_block

}  // namespace

RollupWriter::RollupWriter(SQLite::Database& db)
    : db_(db),
      find_rollup_(db),
      save_rollup_(db),
      remove_rollup_(db),
      add_meter_(db),
      save_meter_(db),
      extend_meter_(db),
      find_meter_(db),
      save_block_(db),
      add_gap_(db),
      remove_gap_(db),
      save_span_(db),
      load_readings_(db) {}

std::optional<meter::EgressTrack> RollupWriter::track_of(std::int64_t process_key) {
  std::optional<meter::EgressTrack> track;
  if (const auto row = find_meter_.first({.process_key = process_key})) {
    track = store::track_of(*row);
    if (track) {
      track->unsummed = row->irregular != 0;
    }
  }
  return track;
}

std::vector<rollup::KnownReading> RollupWriter::readings_of(std::int64_t process_key,
                                                            std::int64_t unsaved_at_ms) {
  std::vector<rollup::KnownReading> readings;
  for (const auto& row :
       load_readings_.rows({.process_key = process_key, .unsaved_at_ms = unsaved_at_ms})) {
    readings.push_back(
        {row.snapshot_seq, row.restatement, {row.observed_at_ms, row.egressed_bytes}});
  }
  if (readings.empty()) {
    Queries queries(db_);
    static_cast<void>(Pruned(db_, queries, nullptr).brings_readings(process_key));
  }
  return readings;
}

std::optional<meter::EgressTrack> RollupWriter::take(const rollup::Change& change) {
  const rollup::Account account = rollup::take(change, deltas_);
  write_meter(change, account);
  return account.track;
}

void RollupWriter::reach_back_to(std::int64_t at_ms) {
  earliest_ms_ = std::min(earliest_ms_.value_or(at_ms), at_ms);
}

void RollupWriter::flush() {
  add_meter_.flush();
  save_meter_.flush();
  for (const auto& [block_no, from_ms] : begins_ms_) {
    save_block_.run({.block_no = block_no, .from_ms = from_ms});
  }
  begins_ms_.clear();
  for (const auto& [key, sums] : deltas_.buckets()) {
    write_bucket(key, sums);
  }
  save_rollup_.flush();
  for (const auto& [gap, sign] : deltas_.gaps()) {
    write_gap(gap, sign);
  }
  deltas_.clear();
  if (earliest_ms_) {
    save_span_.run({.earliest_ms = *earliest_ms_});
    earliest_ms_.reset();
  }
}

void RollupWriter::write_meter(const rollup::Change& change, const rollup::Account& account) {
  const std::int64_t process_key = change.after.process_key;
  if (!change.before || account.moved) {
    note_begin(process_key, account.contribution.from_ms);
  }
  if (!change.before) {
    add_meter_.add(meter_row<ingest::AddProcessMeter::In>(process_key, account));
    return;
  }
  if (account.moved) {
    save_meter_.add(meter_row<ingest::SaveProcessMeter::In>(process_key, account));
    return;
  }
  ingest::ExtendProcessMeter::In row{};
  row.process_key = process_key;
  row.to_ms = account.contribution.to_ms;
  put_track(account, row);
  extend_meter_.run(row);
}

void RollupWriter::note_begin(std::int64_t process_key, std::int64_t from_ms) {
  const auto [begin, is_new] = begins_ms_.try_emplace(process_key / kProcessesInBlock, from_ms);
  begin->second = std::min(begin->second, from_ms);
}

void RollupWriter::write_bucket(const rollup::BucketKey& key,
                                const rollup::Sums<std::int64_t>& sums) {
  const auto level = static_cast<std::int64_t>(key.level);
  if (written_.size() > kMostBuckets) {
    written_.clear();
  }
  const auto [known, is_new] = written_.try_emplace(key);
  rollup::Sums<std::int64_t>& now = known->second;
  if (is_new) {
    if (const auto row = find_rollup_.first({.level = level,
                                             .bucket = key.bucket,
                                             .app_key = key.group.app_key,
                                             .deployment_key = key.group.deployment_key,
                                             .region_key = key.group.region_key})) {
      now = sums_of(*row);
    }
  }
  now += sums;
  if (now.is_zero()) {
    remove_rollup_.run({.level = level,
                        .bucket = key.bucket,
                        .app_key = key.group.app_key,
                        .deployment_key = key.group.deployment_key,
                        .region_key = key.group.region_key});
  } else {
    save_rollup_.add(row_of(key, now));
  }
}

void RollupWriter::write_gap(const rollup::Gap& gap, int sign) {
  base::check_in_tests([&] { return gap.from_hour < gap.to_hour && -1 <= sign && sign <= 1; },
                       "a gap lasts an hour or more and is there once, or sums would be mended "
                       "twice");
  const auto write = [&](auto& query) {
    query.run({.extent = rollup::extent_of(gap.to_hour - gap.from_hour),
               .from_hour = gap.from_hour,
               .process_key = gap.process_key,
               .to_hour = gap.to_hour,
               .bytes = gap.bytes});
  };
  if (sign > 0) {
    write(add_gap_);
  } else if (sign < 0) {
    write(remove_gap_);
  }
}

void RollupWriter::rebuild() {
  Reader reader(db_, std::nullopt);
  std::size_t taken = 0;
  reader.each_process(false, {}, [&](const model::ProcessFacts& facts) {
    rollup::Change change;
    change.after = facts;
    change.fresh = readings_of(facts.process_key, 0);
    static_cast<void>(take(change));
    if (++taken % kProcessesAtOnce == 0) {
      flush();
    }
  });
  const auto span =
      Query<ask::KnownEarliest>(db_).first({.known_seq = std::numeric_limits<std::int64_t>::max()});
  if (span && span->earliest_ms) {
    reach_back_to(*span->earliest_ms);
  }
  flush();
}

}  // namespace fleetmeter::store
