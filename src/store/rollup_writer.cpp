#include "store/rollup_writer.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "sql/catalog.hpp"
#include "store/reader.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;
namespace ingest = sql::queries::ingest;

constexpr std::size_t kMostBuckets = 4096;      // in memory
constexpr std::size_t kProcessesAtOnce = 4096;  // while rebuilding

std::optional<std::int64_t> field_of(const std::optional<meter::EgressTrack>& track,
                                     std::int64_t meter::EgressTrack::*field) {
  return track ? std::optional((*track).*field) : std::nullopt;
}

}  // namespace

RollupWriter::RollupWriter(SQLite::Database& db)
    : db_(db),
      find_rollup_(db, ingest::find_rollup,
                   {":level", ":bucket", ":app_key", ":deployment_key", ":region_key"}),
      save_rollup_(db, ingest::save_rollup,
                   {":level",           ":bucket",          ":app_key",         ":deployment_key",
                    ":region_key",      ":billed_count",    ":billed_ms",       ":billed_lo_count",
                    ":billed_lo_ms",    ":billed_hi_count", ":billed_hi_ms",    ":billed_begin",
                    ":billed_end",      ":egress_bytes",    ":egress_bytes_lo", ":egress_bytes_hi",
                    ":sent_begin",      ":sent_end",        ":open_begin",      ":open_end",
                    ":unmetered_begin", ":unmetered_end"}),
      remove_rollup_(db, ingest::remove_rollup,
                     {":level", ":bucket", ":app_key", ":deployment_key", ":region_key"}),
      save_meter_(db, ingest::save_process_meter,
                  {":process_key", ":app_key", ":deployment_key", ":region_key", ":extent",
                   ":from_ms", ":to_ms", ":tail_ms", ":endless", ":irregular", ":first_reading_ms",
                   ":rise_ms", ":top_ms", ":last_reading_ms", ":egress_bytes", ":below", ":plain"}),
      extend_meter_(db, ingest::extend_process_meter,
                    {":to_ms", ":first_reading_ms", ":rise_ms", ":top_ms", ":last_reading_ms",
                     ":egress_bytes", ":below", ":plain", ":process_key"}),
      find_meter_(db, ingest::find_process_meter),
      add_gap_(db, ingest::add_egress_gap),
      remove_gap_(db, ingest::remove_egress_gap),
      save_span_(db, ingest::save_store_span),
      load_readings_(db, ingest::load_readings) {}

std::optional<meter::EgressTrack> RollupWriter::track_of(std::int64_t process_key) {
  std::optional<meter::EgressTrack> track;
  find_meter_.bind(":process_key", process_key);
  if (find_meter_.next()) {
    if (const auto first_ms = find_meter_.maybe_integer(0)) {
      track = meter::EgressTrack{*first_ms,
                                 find_meter_.maybe_integer(1),
                                 find_meter_.integer(2),
                                 find_meter_.integer(3),
                                 find_meter_.integer(4),
                                 find_meter_.integer(5) != 0,
                                 find_meter_.integer(6) != 0,
                                 find_meter_.integer(7) != 0};
    }
    find_meter_.reset();
  }
  return track;
}

std::vector<rollup::KnownReading> RollupWriter::readings_of(std::int64_t process_key,
                                                            std::int64_t unsaved_at_ms) {
  std::vector<rollup::KnownReading> readings;
  load_readings_.bind(":process_key", process_key).bind(":unsaved_at_ms", unsaved_at_ms);
  while (load_readings_.next()) {
    readings.push_back({load_readings_.integer(0),
                        load_readings_.integer(1),
                        {load_readings_.integer(2), load_readings_.integer(3)}});
  }
  return readings;
}

std::optional<meter::EgressTrack> RollupWriter::take(const rollup::Change& change) {
  const rollup::Account account = rollup::take(change, deltas_);
  write_meter(change.after.process_key, account);
  return account.track;
}

void RollupWriter::reach_back_to(std::int64_t at_ms) {
  earliest_ms_ = std::min(earliest_ms_.value_or(at_ms), at_ms);
}

void RollupWriter::flush() {
  save_meter_.flush();
  for (const auto& [key, sums] : deltas_.buckets()) {
    write_bucket(key, sums);
  }
  save_rollup_.flush();
  for (const auto& [gap, sign] : deltas_.gaps()) {
    write_gap(gap, sign);
  }
  deltas_.clear();
  if (earliest_ms_) {
    save_span_.bind(":earliest_ms", *earliest_ms_).run();
    earliest_ms_.reset();
  }
}

void RollupWriter::write_meter(std::int64_t process_key, const rollup::Account& account) {
  using meter::EgressTrack;
  const meter::Contribution& contribution = account.contribution;
  const auto& track = account.track;
  if (!account.moved) {
    extend_meter_
        .with(contribution.to_ms, field_of(track, &EgressTrack::first_reading_ms),
              track ? track->rise_ms : std::nullopt, field_of(track, &EgressTrack::top_ms),
              field_of(track, &EgressTrack::last_ms), field_of(track, &EgressTrack::bytes),
              std::int64_t{track && track->below}, std::int64_t{!track || track->plain},
              process_key)
        .run();
    return;
  }
  save_meter_.add(process_key, account.group.app_key, account.group.deployment_key,
                  account.group.region_key, rollup::extent_of(contribution), contribution.from_ms,
                  contribution.to_ms, contribution.tail_ms, std::int64_t{contribution.endless},
                  std::int64_t{contribution.irregular},
                  field_of(track, &EgressTrack::first_reading_ms),
                  track ? track->rise_ms : std::nullopt, field_of(track, &EgressTrack::top_ms),
                  field_of(track, &EgressTrack::last_ms), field_of(track, &EgressTrack::bytes),
                  std::int64_t{track && track->below}, std::int64_t{!track || track->plain});
}

void RollupWriter::write_bucket(const rollup::BucketKey& key,
                                const rollup::Sums<std::int64_t>& sums) {
  const auto where =
      std::make_tuple(static_cast<std::int64_t>(key.level), key.bucket, key.group.app_key,
                      key.group.deployment_key, key.group.region_key);
  if (written_.size() > kMostBuckets) {
    written_.clear();
  }
  const auto [known, is_new] = written_.try_emplace(key);
  rollup::Sums<std::int64_t>& now = known->second;
  if (is_new) {
    std::apply([&](const auto&... values) { find_rollup_.with(values...); }, where);
    if (find_rollup_.next()) {
      for (std::size_t i = 0; i < rollup::kSums; ++i) {
        now.values[i] = find_rollup_.integer(static_cast<int>(i));
      }
      find_rollup_.reset();
    }
  }
  now += sums;
  if (now.is_zero()) {
    std::apply([&](const auto&... values) { remove_rollup_.with(values...).run(); }, where);
  } else {
    std::apply([&](const auto&... values) { save_rollup_.add(values...); },
               std::tuple_cat(where, std::tuple_cat(now.values)));
  }
}

void RollupWriter::write_gap(const rollup::Gap& gap, int sign) {
  if (sign == 0) {
    return;
  }
  Statement& to = sign > 0 ? add_gap_ : remove_gap_;
  to.bind(":extent", rollup::extent_of(gap.to_hour - gap.from_hour))
      .bind(":from_hour", gap.from_hour)
      .bind(":process_key", gap.process_key)
      .bind(":to_hour", gap.to_hour)
      .bind(":bytes", gap.bytes)
      .run();
}

void RollupWriter::rebuild() {
  Reader reader(db_, std::nullopt);
  std::size_t taken = 0;
  reader.each_process(false, [&](const model::ProcessFacts& facts) {
    rollup::Change change;
    change.after = facts;
    change.fresh = readings_of(facts.process_key, 0);
    static_cast<void>(take(change));
    if (++taken % kProcessesAtOnce == 0) {
      flush();
    }
  });
  Statement span(db_, ask::known_span);
  span.bind(":known_seq", std::numeric_limits<std::int64_t>::max());
  if (span.next()) {
    if (const auto earliest_ms = span.maybe_integer(0)) {
      reach_back_to(*earliest_ms);
    }
    span.reset();
  }
  flush();
}

}  // namespace fleetmeter::store
