#include "store/rollup_check.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "base/sha256.hpp"
#include "base/time_text.hpp"
#include "rollup/account.hpp"
#include "store/bucket_sums.hpp"
#include "store/meter_row.hpp"

namespace fleetmeter::store {

namespace {

using rollup::BucketKey;
using rollup::Gap;

using MeterRow = ask::ListProcessMeters::Out;

std::string shown(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "NULL";
}

std::string shown(const std::string& column, const std::optional<std::int64_t>& kept,
                  const std::optional<std::int64_t>& found) {
  return column + " is " + shown(kept) + ", the observations say " + shown(found);
}

void note(Checked& checked, const std::string& what) {
  if (checked.first.empty()) {
    checked.first = what;
  }
}

std::vector<rollup::KnownReading> readings_of(Query<ingest::LoadReadings>& kept,
                                              std::int64_t process_key) {
  std::vector<rollup::KnownReading> readings;
  for (const auto& row : kept.rows({.process_key = process_key, .unsaved_at_ms = 0})) {
    readings.push_back(
        {row.snapshot_seq, row.restatement, {row.observed_at_ms, row.egressed_bytes}});
  }
  return readings;
}

std::string difference(const model::ProcessFacts& kept, const model::ProcessFacts& found) {
  const auto differs = [](const char* column, const std::optional<std::int64_t>& a,
                          const std::optional<std::int64_t>& b) {
    return a == b ? std::string() : shown(column, a, b);
  };
  for (const std::string& text :
       {differs("app_key", kept.app_key, found.app_key),
        differs("deployment_key", kept.deployment_key, found.deployment_key),
        differs("region_key", kept.region_key, found.region_key),
        differs("starting_at_ms", kept.life.starting_at_ms, found.life.starting_at_ms),
        differs("started_at_ms", kept.life.started_at_ms, found.life.started_at_ms),
        differs("stopping_at_ms", kept.life.stopping_at_ms, found.life.stopping_at_ms),
        differs("terminated_at_ms", kept.life.terminated_at_ms, found.life.terminated_at_ms),
        differs("gone_ms", kept.life.gone_ms, found.life.gone_ms),
        differs("first_seen_ms", kept.life.first_seen_ms, found.life.first_seen_ms),
        differs("last_seen_ms", kept.life.last_seen_ms, found.life.last_seen_ms)}) {
    if (!text.empty()) {
      return text;
    }
  }
  return "";
}

std::string difference(const MeterRow& kept, const MeterRow& found) {
  std::string first;
  std::vector<std::pair<std::string, std::optional<std::int64_t>>> columns;
  ask::ListProcessMeters::each_column(
      kept, [&](const char* column, const auto& value) { columns.emplace_back(column, value); });
  auto at = columns.begin();
  ask::ListProcessMeters::each_column(found, [&](const char*, const auto& value) {
    if (first.empty() && at->second != value) {
      first = shown(at->first, at->second, value);
    }
    ++at;
  });
  return first;
}

/// Moves on to the next row, if this is not the end.
template <class Row, class Rows>
void next_of(Row& row, const Rows& rows) {
  if (row != rows.end()) {
    ++row;
  }
}

/// Walks two sorted lists side by side: `use(kept or null, found or null)` for every key.
template <class Key, class Value, class Use>
class SideBySide {
 public:
  SideBySide(const std::map<Key, Value>& found, Use use)
      : next_(found.begin()), end_(found.end()), use_(std::move(use)) {}

  void take(const Key& key, const Value& kept) {
    for (; next_ != end_ && next_->first < key; ++next_) {
      use_(next_->first, nullptr, &next_->second);
    }
    if (next_ != end_ && next_->first == key) {
      use_(key, &kept, &next_->second);
      ++next_;
    } else {
      use_(key, &kept, nullptr);
    }
  }
  void finish() {
    for (; next_ != end_; ++next_) {
      use_(next_->first, nullptr, &next_->second);
    }
  }

 private:
  typename std::map<Key, Value>::const_iterator next_;
  typename std::map<Key, Value>::const_iterator end_;
  Use use_;
};

}  // namespace

RollupCheck::RollupCheck(SQLite::Database& db, Reader& reader)
    : reader_(reader), before_ms_(reader.pruned().before_ms()) {
  find_pruned(db);
  compare_processes(db);
  compare_rollups(db);
  compare_gaps(db);
}

void RollupCheck::find_pruned(SQLite::Database& db) {
  Query<ask::ListPrunedProcesses> pruned(db);
  for (const auto& row : pruned.rows()) {
    pruned_keys_.push_back(row.process_key);
  }
}

bool RollupCheck::is_pruned(std::int64_t process_key) const {
  return std::binary_search(pruned_keys_.begin(), pruned_keys_.end(), process_key);
}

template <class Row, class Rows>
void RollupCheck::pass_pruned(Row& row, const Rows& rows) const {
  while (row != rows.end() && is_pruned((*row).process_key)) {
    ++row;
  }
}

void RollupCheck::compare_processes(SQLite::Database& db) {
  Query<ingest::LoadReadings> readings(db);
  Query<ask::ListProcessMeters> kept_meters(db);
  Query<ask::ListLives> kept_lives(db);
  auto meters = kept_meters.rows();
  auto lives = kept_lives.rows();
  auto meter = meters.begin();
  auto life = lives.begin();
  reader_.each_stored_process([&](const model::ProcessFacts& facts) {
    const std::string process = "process " + reader_.process_id(facts.process_key) + ": ";
    ++processes_.count;
    pass_pruned(life, lives);
    pass_pruned(meter, meters);
    if (life == lives.end() || (*life).process_key != facts.process_key) {
      note(processes_, process + "its summary is missing, or one too many stands before it");
    } else if (const std::string text = difference(facts_of(*life), facts); !text.empty()) {
      note(processes_, process + text);
    }
    next_of(life, lives);

    rollup::Change change;
    change.after = facts;
    change.fresh = readings_of(readings, facts.process_key);
    const MeterRow found = meter_row<MeterRow>(facts.process_key, rollup::take(change, deltas_));
    ++meters_.count;
    if (meter == meters.end() || (*meter).process_key != facts.process_key) {
      note(meters_, process + "its row is missing, or one too many stands before it");
    } else if (const std::string text = difference(*meter, found); !text.empty()) {
      note(meters_, process + text);
    }
    next_of(meter, meters);
  });
}

std::string RollupCheck::name_of(const BucketKey& key) {
  const auto label = [&](std::int64_t label_key) {
    const std::string& text = reader_.label(model::label_of(label_key));
    return text.empty() ? std::string("none") : text;
  };
  const std::int64_t hours = rollup::hours_in(key.level);
  const char* const level = hours == 1 ? "hour " : hours == 24 ? "day " : "era ";
  return level + base::format_utc(key.bucket * hours * rollup::kHour_ms) + ", app " +
         label(key.group.app_key) + ", deployment " + label(key.group.deployment_key) +
         ", region " + label(key.group.region_key) + ": ";
}

void RollupCheck::compare_rollups(SQLite::Database& db) {
  using Sums = rollup::Sums<std::int64_t>;
  const std::map<BucketKey, Sums> found = deltas_.buckets();
  const auto compare = [&](const BucketKey& key, const Sums* kept, const Sums* said) {
    if (before_ms_ && key.bucket * rollup::hours_in(key.level) * rollup::kHour_ms < *before_ms_) {
      return;
    }
    ++rollups_.count;
    if (kept == nullptr) {
      note(rollups_, name_of(key) + "the bucket is missing");
    } else if (said == nullptr) {
      note(rollups_, name_of(key) + "the observations say nothing of this bucket");
    } else {
      for (std::size_t i = 0; i < rollup::kSums; ++i) {
        if (kept->values[i] != said->values[i]) {
          note(rollups_,
               name_of(key) + shown(rollup::kSumNames[i], kept->values[i], said->values[i]));
        }
      }
    }
  };
  SideBySide<BucketKey, Sums, decltype(compare)> both(found, compare);
  Query<ask::ListRollups> kept(db);
  for (const auto& row : kept.rows()) {
    both.take({static_cast<rollup::Level>(row.level),
               row.bucket,
               {row.app_key, row.deployment_key, row.region_key}},
              sums_of(row));
  }
  both.finish();
}

void RollupCheck::compare_gaps(SQLite::Database& db) {
  std::map<Gap, int> found = deltas_.gaps();
  std::erase_if(found, [](const auto& entry) { return entry.second == 0; });
  const auto compare = [&](const Gap& gap, const int* kept, const int* said) {
    if (is_pruned(gap.process_key)) {
      return;
    }
    ++gaps_.count;
    if (kept == nullptr || said == nullptr) {
      note(gaps_, "process " + reader_.process_id(gap.process_key) + ", from " +
                      base::format_utc(gap.from_hour * rollup::kHour_ms) + " to " +
                      base::format_utc(gap.to_hour * rollup::kHour_ms) + ", " +
                      std::to_string(gap.bytes) + " bytes: " +
                      (kept == nullptr ? "the gap is missing" : "the observations say no gap"));
    }
  };
  SideBySide<Gap, int, decltype(compare)> both(found, compare);
  Query<ask::ListAllGaps> kept(db);
  for (const auto& row : kept.rows()) {
    if (row.extent != rollup::extent_of(row.to_hour - row.from_hour)) {
      note(gaps_, "process " + reader_.process_id(row.process_key) + ", from " +
                      base::format_utc(row.from_hour * rollup::kHour_ms) + ": extent is " +
                      std::to_string(row.extent));
    }
    both.take({row.from_hour, row.to_hour, row.process_key, row.bytes}, 1);
  }
  both.finish();
}

Checked check_integrity(SQLite::Database& db) {
  Checked checked;
  for (const char* pragma : {"PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"}) {
    SQLite::Statement row(db, pragma);
    checked.count += 1;
    if (row.executeStep() && checked.first.empty() && row.getColumn(0).getString() != "ok") {
      checked.first = row.getColumnCount() == 1
                          ? row.getColumn(0).getString()
                          : "table " + row.getColumn(0).getString() + ", row " +
                                row.getColumn(1).getString() + ": refers to no row of " +
                                row.getColumn(2).getString();
    }
  }
  return checked;
}

Checked check_sightings(SQLite::Database& db, Reader& reader) {
  using Limits = std::numeric_limits<std::int64_t>;
  const auto read = [&](SightedBy by) {
    return Sighted(db, by, Limits::min(), Limits::max(), Limits::max());
  };
  const Sighted kept = read(SightedBy::sightings);
  const Sighted found = read(SightedBy::observations);
  const model::Instant before_ms = reader.pruned().before_ms();
  Checked checked;
  const auto compare = [&](const Place& place, const std::vector<bool>* said,
                           const std::vector<bool>* seen) {
    const std::vector<bool> none(kept.snapshots().size());
    const std::vector<bool>& a = said == nullptr ? none : *said;
    std::vector<bool> b = seen == nullptr ? none : *seen;
    checked.count += std::count(b.begin(), b.end(), true);
    for (std::size_t i = 0; before_ms && i < b.size(); ++i) {
      // Who was seen there may have been moved to a file since.
      b[i] = b[i] || (a[i] && kept.snapshots()[i].observed_at_ms < *before_ms);
    }
    const auto differs = std::mismatch(a.begin(), a.end(), b.begin()).first;
    if (differs != a.end()) {
      const auto label = [&](std::int64_t key) {
        return key == 0 ? std::string("none") : reader.label(key);
      };
      note(checked,
           "snapshot " +
               std::to_string(
                   kept.snapshots()[static_cast<std::size_t>(differs - a.begin())].snapshot_seq) +
               ", app " + label(place.app_key) + ", region " + label(place.region_key) +
               (*differs ? ": seen, the observations say it was not"
                         : ": not seen, the observations say it was"));
    }
  };
  SideBySide<Place, std::vector<bool>, decltype(compare)> both(found.by_place(), compare);
  for (const auto& [place, said] : kept.by_place()) {
    both.take(place, said);
  }
  both.finish();
  return checked;
}

namespace {

std::uint64_t as_unsigned(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

/// What is missing of the control totals of all snapshots, and what is said to have been moved.
struct Missing {
  std::int64_t observations = 0;
  std::uint64_t bytes = 0;  ///< modulo 2^64
};

}  // namespace

Checked check_control_totals(SQLite::Database& db) {
  Checked checked;
  Missing missing;
  const model::Instant before_ms = Query<ask::PrunedTotal>(db).first().value().before_ms;
  Query<ask::ListControlTotals> totals(db);
  for (const auto& row : totals.rows()) {
    ++checked.count;
    const std::string snapshot = "snapshot " + std::to_string(row.snapshot_seq) + ": ";
    const auto sum = static_cast<std::int64_t>((as_unsigned(row.found_high) << 32U) +
                                               as_unsigned(row.found_low));
    if (before_ms && row.observed_at_ms < *before_ms && row.found_count <= row.process_count) {
      missing.observations += row.process_count - row.found_count;
      missing.bytes += as_unsigned(row.egressed_bytes_sum) - as_unsigned(sum);
    } else if (row.process_count != row.found_count) {
      note(checked, snapshot + shown("process_count", row.process_count, row.found_count));
    } else if (row.egressed_bytes_sum != sum) {
      note(checked, snapshot + shown("egressed_bytes_sum", row.egressed_bytes_sum, sum));
    }
  }
  Missing moved;
  Query<ask::ListPrunedFiles> files(db);
  for (const auto& row : files.rows()) {
    moved.observations += row.observation_count;
    moved.bytes += as_unsigned(row.egressed_bytes_sum);
  }
  if (missing.observations != moved.observations || missing.bytes != moved.bytes) {
    note(checked, std::to_string(missing.observations) + " observations are missing, and " +
                      std::to_string(moved.observations) +
                      " were pruned, or their counters do not add up to what was");
  }
  return checked;
}

Checked check_pruned(SQLite::Database& db) {
  Checked checked;
  Query<ask::ListPrunedFiles> files(db);
  for (const auto& row : files.rows()) {
    ++checked.count;
    const std::string file = base::to_hex(row.sha256) + ".parquet: ";
    if (row.found_processes != row.process_count) {
      note(checked, file + shown("process_count", row.process_count, row.found_processes));
    } else if (row.found_rows != row.observation_count || row.end_row != row.observation_count) {
      note(checked, file + "its rows are not those of the processes that name it");
    } else if (row.faults != 0) {
      note(checked, file + std::to_string(row.faults) +
                        " of its processes have observations all the same, or were seen later");
    }
  }
  return checked;
}

}  // namespace fleetmeter::store
