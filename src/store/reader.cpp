#include "store/reader.hpp"

#include <algorithm>
#include <limits>

#include "store/seen.hpp"

namespace fleetmeter::store {

namespace {

using model::ProcessFacts;

/// Folds the observations of one process into its facts, whatever order they come in.
class Folding {
 public:
  void start(std::int64_t process_key) {
    facts_ = {};
    facts_.process_key = process_key;
    any_ = false;
    said_ = {};
  }

  void take(const ask::ListObservations::Out& row) {
    const Standing at{row.observed_at_ms, row.snapshot_seq, row.restatement};
    if (!any_ || latest_ < at) {
      latest_ = at;
      facts_.app_key = row.app_key;
      facts_.deployment_key = row.deployment_key;
      facts_.region_key = row.region_key;
      facts_.hosting_key = row.hosting_key;
    }
    model::Life& life = facts_.life;
    life.first_seen_ms = any_ ? std::min(life.first_seen_ms, at.observed_at_ms) : at.observed_at_ms;
    life.last_seen_ms = latest_.observed_at_ms;
    any_ = true;
    keep_last(at, row.starting_at_ms, life.starting_at_ms, said_.starting);
    keep_last(at, row.started_at_ms, life.started_at_ms, said_.started);
    keep_last(at, row.stopping_at_ms, life.stopping_at_ms, said_.stopping);
    keep_last(at, row.terminated_at_ms, life.terminated_at_ms, said_.terminated);
    keep_last(at, row.scheduled_at_ms, life.scheduled_at_ms, said_.scheduled);
    keep_last(at, row.booted_at_ms, life.booted_at_ms, said_.booted);
    if (!row.terminated_at_ms) {
      life.last_alive_ms =
          std::max(life.last_alive_ms.value_or(at.observed_at_ms), at.observed_at_ms);
    }
  }

  [[nodiscard]] const ProcessFacts& facts() const { return facts_; }
  [[nodiscard]] bool any() const { return any_; }

 private:
  using LastSaid = std::optional<Standing>;
  /// When each timestamp was said last.
  struct Said {
    LastSaid starting;
    LastSaid started;
    LastSaid stopping;
    LastSaid terminated;
    LastSaid scheduled;
    LastSaid booted;
  };
  static void keep_last(const Standing& at, const model::Instant& said, model::Instant& last,
                        LastSaid& last_said) {
    if (said && (!last_said || *last_said < at)) {
      last = said;
      last_said = at;
    }
  }

  ProcessFacts facts_;
  Standing latest_;
  bool any_ = false;
  Said said_;
};

}  // namespace

ProcessFacts facts_of(std::int64_t process_key, const std::vector<Evidence>& evidence) {
  ProcessFacts facts;
  facts.process_key = process_key;
  facts.app_key = evidence.back().app_key;
  facts.deployment_key = evidence.back().deployment_key;
  facts.region_key = evidence.back().region_key;
  facts.life.first_seen_ms = evidence.front().observed_at_ms;
  facts.life.last_seen_ms = evidence.back().observed_at_ms;
  const auto keep = [](model::Instant& last, const model::Instant& said) {
    last = said ? said : last;
  };
  for (const Evidence& one : evidence) {
    keep(facts.life.starting_at_ms, one.starting_at_ms);
    keep(facts.life.started_at_ms, one.started_at_ms);
    keep(facts.life.stopping_at_ms, one.stopping_at_ms);
    keep(facts.life.terminated_at_ms, one.terminated_at_ms);
    if (!one.terminated_at_ms) {
      facts.life.last_alive_ms = one.observed_at_ms;
    }
  }
  return facts;
}

ProcessFacts facts_of(const ask::ListLives::Out& life) {
  return {.process_key = life.process_key,
          .app_key = life.app_key,
          .deployment_key = life.deployment_key,
          .region_key = life.region_key,
          .life = {.starting_at_ms = life.starting_at_ms,
                   .started_at_ms = life.started_at_ms,
                   .stopping_at_ms = life.stopping_at_ms,
                   .terminated_at_ms = life.terminated_at_ms,
                   .first_seen_ms = life.first_seen_ms,
                   .last_seen_ms = life.last_seen_ms,
                   .last_alive_ms = life.last_alive_ms,
                   .scheduled_at_ms = life.scheduled_at_ms,
                   .booted_at_ms = life.booted_at_ms},
          .hosting_key = life.hosting_key};
}

Reader::Reader(SQLite::Database& db, std::optional<std::int64_t> known_seq)
    : db_(db),
      known_seq_(known_seq.value_or(std::numeric_limits<std::int64_t>::max())),
      knows_all_(!known_seq),
      queries_(db),
      expected_reads_(db, queries_) {}

StoreSpan Reader::span() {
  StoreSpan span;
  const auto take = [&](const auto& row) {
    if (row) {
      span = {row->earliest_ms, row->latest_ms};
    }
  };
  if (knows_all_) {
    take(Query<ask::StoreSpan>(db_).first());
  } else {
    take(Query<ask::KnownSpan>(db_).first({.known_seq = known_seq_}));
  }
  return span;
}

Knowledge Reader::knowledge(std::int64_t from_ms, std::int64_t to_ms) {
  Knowledge known;
  base::Sha256Stream all;
  Query<ask::ListSnapshotDigests> digests(db_);
  for (const auto& row :
       digests.rows({.from_ms = from_ms, .to_ms = to_ms, .known_seq = known_seq_})) {
    known.snapshots += 1;
    all.update(std::to_string(row.observed_at_ms) + ' ');
    all.update(row.sha256);
  }
  known.digest = base::to_hex(base::as_bytes(all.finish()));
  return known;
}

std::int64_t Reader::rejects(std::int64_t from_ms, std::int64_t to_ms) {
  return Query<ask::CountRejects>(db_)
      .first({.from_ms = from_ms, .to_ms = to_ms, .known_seq = known_seq_})
      .value()
      .rejects;
}

RollupReader& Reader::rollups() {
  if (!rollups_) {
    rollups_ = std::make_unique<RollupReader>(queries_);
  }
  return *rollups_;
}

Readings& Reader::readings() {
  if (!readings_) {
    readings_ = std::make_unique<Readings>(queries_, known_seq_);
  }
  return *readings_;
}

void Reader::each_process(bool scan, const std::function<void(const ProcessFacts&)>& use) {
  if (scan || !knows_all_) {
    each_scanned(use);
  } else {
    each_summary(use);
  }
}

void Reader::each_summary(const std::function<void(const ProcessFacts&)>& use) {
  Query<ask::ListLives> lives(db_);
  for (const auto& row : lives.rows()) {
    use(facts_of(row));
  }
}

void Reader::each_scanned(const std::function<void(const ProcessFacts&)>& use) {
  Query<ask::ListObservations> observations(db_);
  Folding folding;
  for (const auto& row : observations.rows({.known_seq = known_seq_})) {
    if (!folding.any() || folding.facts().process_key != row.process_key) {
      if (folding.any()) {
        use(folding.facts());
      }
      folding.start(row.process_key);
    }
    folding.take(row);
  }
  if (folding.any()) {
    use(folding.facts());
  }
}

void Reader::each_poll(bool scan, std::int64_t from_ms, std::int64_t to_ms,
                       const std::function<void(const Poll&)>& use) {
  Sighted(db_, scan ? SightedBy::observations : SightedBy::sightings, from_ms, to_ms, known_seq_)
      .each_poll(use);
}

void Reader::each_snapshot(
    std::int64_t from_ms, std::int64_t to_ms,
    const std::function<void(std::int64_t observed_at_ms, bool capped)>& use) {
  Query<ask::ListSnapshots> snapshots(db_);
  for (const auto& row :
       snapshots.rows({.from_ms = from_ms, .to_ms = to_ms, .known_seq = known_seq_})) {
    use(row.observed_at_ms, row.capped != 0);
  }
}

std::vector<std::int64_t> Reader::observed_until(std::int64_t to_ms) {
  std::vector<std::int64_t> at_ms;
  Query<ask::ListObservedInstants> instants(db_);
  for (const auto& row : instants.rows({.to_ms = to_ms, .known_seq = known_seq_})) {
    at_ms.push_back(row.observed_at_ms);
  }
  return at_ms;
}

std::vector<Evidence> Reader::evidence(std::int64_t process_key) {
  std::vector<Evidence> all;
  Query<ask::Evidence> kept(db_);
  for (const auto& row : kept.rows({.process_key = process_key, .known_seq = known_seq_})) {
    all.push_back(row);
  }
  return all;
}

std::optional<std::int64_t> Reader::process_key(const std::string& process_id) {
  const auto row = queries_.of<ask::ProcessKeyOf>().first({.process_id = process_id});
  return row ? std::optional(row->process_key) : std::nullopt;
}

std::string Reader::process_id(std::int64_t process_key) {
  auto row = queries_.of<ask::ProcessIdText>().first({.process_key = process_key});
  return row ? std::move(row->process_id) : std::string();
}

const std::string& Reader::label(const std::optional<std::int64_t>& label_key) {
  static const std::string kNone;
  if (!label_key) {
    return kNone;
  }
  if (const auto found = labels_.find(*label_key); found != labels_.end()) {
    return found->second;
  }
  auto row = queries_.of<ask::LabelText>().first({.label_key = *label_key});
  return labels_.emplace(*label_key, row ? std::move(row->label) : std::string()).first->second;
}

}  // namespace fleetmeter::store
