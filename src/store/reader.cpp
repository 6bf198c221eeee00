#include "store/reader.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "sql/catalog.hpp"
#include "store/seen.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;
using model::ProcessFacts;

/// Folds the observations of one process into its facts, whatever order they come in.
class Folding {
 public:
  void start(std::int64_t process_key) {
    facts_ = {};
    facts_.process_key = process_key;
    any_ = false;
    for (auto& said : said_) {
      said.reset();
    }
  }

  /// `row` stands on a row of list_observations.
  void take(const Statement& row) {
    const Standing at{row.integer(1), row.integer(2), row.integer(3)};
    if (!any_ || latest_ < at) {
      latest_ = at;
      facts_.app_key = row.maybe_integer(4);
      facts_.deployment_key = row.maybe_integer(5);
      facts_.region_key = row.maybe_integer(6);
      facts_.hosting_key = row.maybe_integer(13);
    }
    model::Life& life = facts_.life;
    life.first_seen_ms = any_ ? std::min(life.first_seen_ms, at.observed_at_ms) : at.observed_at_ms;
    life.last_seen_ms = latest_.observed_at_ms;
    any_ = true;
    const std::array<model::Instant*, 6> times{&life.starting_at_ms,  &life.started_at_ms,
                                               &life.stopping_at_ms,  &life.terminated_at_ms,
                                               &life.scheduled_at_ms, &life.booted_at_ms};
    for (std::size_t i = 0; i < times.size(); ++i) {
      const model::Instant said = row.maybe_integer(7 + static_cast<int>(i));
      if (said && (!said_[i] || *said_[i] < at)) {
        *times[i] = said;
        said_[i] = at;
      }
    }
    if (!row.maybe_integer(10)) {
      life.last_alive_ms =
          std::max(life.last_alive_ms.value_or(at.observed_at_ms), at.observed_at_ms);
    }
  }

  [[nodiscard]] const ProcessFacts& facts() const { return facts_; }
  [[nodiscard]] bool any() const { return any_; }

 private:
  ProcessFacts facts_;
  Standing latest_;
  bool any_ = false;
  std::array<std::optional<Standing>, 6> said_;
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

ProcessFacts facts_at(const Statement& life) {
  return {life.integer(0),
          life.maybe_integer(1),
          life.maybe_integer(2),
          life.maybe_integer(3),
          {life.maybe_integer(4), life.maybe_integer(5), life.maybe_integer(6),
           life.maybe_integer(7), life.integer(8), life.integer(9), life.maybe_integer(10),
           life.maybe_integer(11), life.maybe_integer(12)},
          life.maybe_integer(13)};
}

Reader::Reader(SQLite::Database& db, std::optional<std::int64_t> known_seq)
    : db_(db),
      known_seq_(known_seq.value_or(std::numeric_limits<std::int64_t>::max())),
      knows_all_(!known_seq),
      statements_(db),
      expected_reads_(db, statements_) {}

StoreSpan Reader::span() {
  Statement row(db_, knows_all_ ? ask::store_span : ask::known_span);
  if (!knows_all_) {
    row.bind(":known_seq", known_seq_);
  }
  StoreSpan span;
  if (row.next()) {
    span = {row.maybe_integer(0), row.maybe_integer(1)};
  }
  return span;
}

Knowledge Reader::knowledge(std::int64_t from_ms, std::int64_t to_ms) {
  Statement row(db_, ask::list_snapshot_digests);
  row.bind(":from_ms", from_ms).bind(":to_ms", to_ms).bind(":known_seq", known_seq_);
  Knowledge known;
  base::Sha256Stream all;
  while (row.next()) {
    known.snapshots += 1;
    all.update(std::to_string(row.integer(0)) + ' ');
    all.update(row.bytes(1));
  }
  known.digest = base::to_hex(base::as_bytes(all.finish()));
  return known;
}

std::int64_t Reader::rejects(std::int64_t from_ms, std::int64_t to_ms) {
  Statement row(db_, ask::count_rejects);
  row.bind(":from_ms", from_ms).bind(":to_ms", to_ms).bind(":known_seq", known_seq_);
  return row.next() ? row.integer(0) : 0;
}

RollupReader& Reader::rollups() {
  if (!rollups_) {
    rollups_ = std::make_unique<RollupReader>(statements_);
  }
  return *rollups_;
}

Readings& Reader::readings() {
  if (!readings_) {
    readings_ = std::make_unique<Readings>(statements_, known_seq_);
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
  Statement row(db_, ask::list_lives);
  while (row.next()) {
    use(facts_at(row));
  }
}

void Reader::each_scanned(const std::function<void(const ProcessFacts&)>& use) {
  Statement row(db_, ask::list_observations);
  row.bind(":known_seq", known_seq_);
  Folding folding;
  while (row.next()) {
    const std::int64_t process_key = row.integer(0);
    if (!folding.any() || folding.facts().process_key != process_key) {
      if (folding.any()) {
        use(folding.facts());
      }
      folding.start(process_key);
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
  Statement row(db_, ask::list_snapshots);
  row.bind(":from_ms", from_ms).bind(":to_ms", to_ms).bind(":known_seq", known_seq_);
  while (row.next()) {
    use(row.integer(1), row.integer(2) != 0);
  }
}

std::vector<std::int64_t> Reader::observed_until(std::int64_t to_ms) {
  std::vector<std::int64_t> at_ms;
  Statement row(db_, ask::list_observed_instants);
  row.bind(":to_ms", to_ms).bind(":known_seq", known_seq_);
  while (row.next()) {
    at_ms.push_back(row.integer(0));
  }
  return at_ms;
}

std::vector<Evidence> Reader::evidence(std::int64_t process_key) {
  std::vector<Evidence> all;
  Statement row(db_, ask::evidence);
  row.bind(":process_key", process_key).bind(":known_seq", known_seq_);
  while (row.next()) {
    all.push_back({row.integer(0), row.integer(1), row.maybe_integer(2), row.maybe_integer(3),
                   row.maybe_integer(4), row.maybe_integer(5), row.maybe_integer(6),
                   row.maybe_integer(7), row.maybe_integer(8), row.maybe_integer(9), row.text(10),
                   row.text(11), row.integer(12), row.integer(13), row.bytes(14),
                   row.maybe_integer(15), row.maybe_integer(16)});
  }
  return all;
}

std::optional<std::int64_t> Reader::process_key(const std::string& process_id) {
  Statement& row = statements_.of(ask::process_key_of);
  row.bind(":process_id", std::string_view(process_id));
  std::optional<std::int64_t> key;
  if (row.next()) {
    key = row.integer(0);
    row.reset();
  }
  return key;
}

std::string Reader::process_id(std::int64_t process_key) {
  Statement& row = statements_.of(ask::process_id_text);
  row.bind(":process_key", process_key);
  std::string id;
  if (row.next()) {
    id = row.text(0);
    row.reset();
  }
  return id;
}

const std::string& Reader::label(const std::optional<std::int64_t>& label_key) {
  static const std::string kNone;
  if (!label_key) {
    return kNone;
  }
  if (const auto found = labels_.find(*label_key); found != labels_.end()) {
    return found->second;
  }
  Statement& row = statements_.of(ask::label_text);
  row.bind(":label_key", *label_key);
  std::string text;
  if (row.next()) {
    text = row.text(0);
    row.reset();
  }
  return labels_.emplace(*label_key, std::move(text)).first->second;
}

}  // namespace fleetmeter::store
