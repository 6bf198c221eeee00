#include "store/reader.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "store/connection.hpp"
#include "store/folding.hpp"
#include "store/in_hindsight.hpp"

namespace fleetmeter::store {

using model::ProcessFacts;

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
                   .booted_at_ms = life.booted_at_ms,
                   .gone_ms = life.gone_ms},
          .hosting_key = life.hosting_key};
}

Reader::Reader(SQLite::Database& db, std::optional<std::int64_t> known_seq, Absence absence,
               PrunedRows* archive)
    : db_(db),
      known_seq_(known_seq.value_or(std::numeric_limits<std::int64_t>::max())),
      knows_all_(!known_seq),
      absence_(absence),
      queries_(db),
      pruned_(std::make_shared<Pruned>(db, queries_, archive)),
      expected_reads_(db, queries_) {}

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

bool Reader::store_has_lists() {
  if (!store_has_lists_) {
    store_has_lists_ = queries_.of<ask::HasLists>().first().value().has_lists != 0;
  }
  return *store_has_lists_;
}

bool Reader::has_lists() {
  return absence_ == Absence::trust && store_has_lists();
}

bool Reader::trusts_as_summed() {
  return absence_ == Absence::trust || !store_has_lists();
}

AbsenceReader& Reader::lists() {
  if (!lists_) {
    lists_ = std::make_unique<AbsenceReader>(db_, known_seq_);
  }
  return *lists_;
}

std::optional<ProvingList> Reader::first_without(const meter::Life& life,
                                                 std::span<const Place> places) {
  return has_lists() ? lists().first_without(life, places) : std::nullopt;
}

Readings& Reader::readings() {
  if (!readings_) {
    readings_ = std::make_unique<Readings>(queries_, *pruned_, known_seq_);
  }
  return *readings_;
}

void Reader::each_process(bool scan, const Asked& asked,
                          const std::function<void(const ProcessFacts&)>& use) {
  if (!scan) {
    each_summary(use);
    return;
  }
  pruned_->expect_for(asked.from_ms, asked.belief);
  if (!instead_) {
    each_stored_process(use);
    return;
  }
  InHindsight then(*this, use);
  each_stored_process([&](const ProcessFacts& facts) {
    if (then.is_as_now(facts.process_key)) {
      use(facts);
    }
  });
  then.finish();
}

void Reader::each_summary(const std::function<void(const ProcessFacts&)>& use) {
  Query<ask::ListLives> lives(db_);
  const bool trusts = trusts_as_summed();
  InHindsight then(*this, use);
  for (const auto& row : lives.rows()) {
    ProcessFacts facts = facts_of(row);
    if (!trusts) {
      facts.life.gone_ms.reset();
    }
    if (then.is_as_now(facts.process_key)) {
      use(facts);
    }
  }
  then.finish();
}

void Reader::each_observation(const Asked& asked,
                              const std::function<void(const Observation&)>& use) {
  pruned_->expect_for(asked.from_ms, asked.belief);
  each_stored_observation(use);
}

void Reader::each_stored_observation(const std::function<void(const Observation&)>& use) {
  Observations(db_).each(known_seq_, use);
}

void Reader::each_stored_process(const std::function<void(const ProcessFacts&)>& use) {
  FoldingRuns folding;
  std::optional<std::int64_t> process_key;
  const auto give = [&] {
    Folding& folded = folding.folded();
    if (const auto list = first_without(folded.facts().life, folded.places())) {
      folded.set_gone(list->observed_at_ms);
    }
    use(folded.facts());
  };
  each_stored_observation([&](const Observation& one) {
    if (process_key != one.process_key) {
      if (process_key) {
        give();
      }
      process_key = one.process_key;
      folding.start(one.process_key);
    }
    folding.take(one);
  });
  if (process_key) {
    give();
  }
}

void Reader::each_poll(bool scan, std::int64_t from_ms, std::int64_t to_ms,
                       const std::function<void(const Poll&)>& use) {
  if (scan) {
    pruned_->expect_since(from_ms);
  }
  Sighted(db_, scan ? SightedBy::observations : SightedBy::sightings, from_ms, to_ms, known_seq_)
      .each_poll(use);
}

void Reader::each_sighting(bool scan, std::int64_t from_ms, std::int64_t to_ms,
                           const std::function<void(const Place&, const Sighted::Taken&)>& use) {
  if (scan) {
    pruned_->expect_since(from_ms);
  }
  const Sighted sighted(db_, scan ? SightedBy::observations : SightedBy::sightings, from_ms, to_ms,
                        known_seq_);
  for (const auto& [place, seen] : sighted.by_place()) {
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (seen[i]) {
        use(place, sighted.snapshots()[i]);
      }
    }
  }
}

std::vector<Place> Reader::places(bool scan) {
  std::vector<Place> places;
  if (!scan && knows_all_) {
    Query<ask::ListPlaces> all(db_);
    for (const auto& row : all.rows()) {
      places.push_back({row.app_key, row.region_key});
    }
    std::sort(places.begin(), places.end());
    return places;
  }
  if (scan) {
    pruned_->expect_all();
  }
  const Sighted sighted(db_, scan ? SightedBy::observations : SightedBy::sightings,
                        std::numeric_limits<std::int64_t>::min(),
                        std::numeric_limits<std::int64_t>::max(), known_seq_);
  for (const auto& [place, seen] : sighted.by_place()) {
    if (std::find(seen.begin(), seen.end(), true) != seen.end()) {
      places.push_back(place);
    }
  }
  return places;
}

void Reader::each_list(std::int64_t from_ms, std::int64_t to_ms, std::int64_t until_ms,
                       const std::function<void(const ListScope&, const ProvingList&)>& use) {
  if (!has_lists()) {
    return;
  }
  Query<ask::ListScopes> scopes(db_);
  Query<ask::ListNeighbours> neighbours(db_);
  Query<ask::ListLists> lists(db_);
  for (const auto& scope : scopes.rows()) {
    const auto around = neighbours
                            .first({.app_key = scope.app_key,
                                    .region_key = scope.region_key,
                                    .from_ms = from_ms,
                                    .to_ms = to_ms,
                                    .until_ms = until_ms,
                                    .known_seq = known_seq_})
                            .value();
    for (const auto& row : lists.rows({.app_key = scope.app_key,
                           .region_key = scope.region_key,
                           .from_ms = around.before_ms.value_or(from_ms),
                           .to_ms = around.after_ms.value_or(std::min(to_ms, until_ms)) + 1,
                           .known_seq = known_seq_})) {
      if (!meter::is_instant(row.observed_at_ms)) {
        throw damaged("list_scope: no list is true at such a time");
      }
      use({scope.app_key, scope.region_key}, proving_list(row));
    }
  }
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

/// The rows of a query about the observations of one process; those that were moved to a file, from
/// there.
template <class Q, class Use>
void Reader::each_of_process(std::int64_t process_key, const Use& use) {
  bool any = false;
  const auto read = [&] {
    for (const auto& row :
         queries_.of<Q>().rows({.process_key = process_key, .known_seq = known_seq_})) {
      any = true;
      use(row);
    }
  };
  read();
  if (!any && pruned_->brings(process_key)) {
    read();
  }
}

std::vector<Evidence> Reader::evidence(std::int64_t process_key) {
  std::vector<Evidence> all;
  each_of_process<ask::Evidence>(process_key, [&](const Evidence& row) { all.push_back(row); });
  return all;
}

std::vector<SaidTimes> Reader::said_times(std::int64_t process_key) {
  std::vector<SaidTimes> all;
  each_of_process<ask::ListSaidTimes>(process_key,
                                      [&](const SaidTimes& row) { all.push_back(row); });
  return all;
}

std::optional<ask::FirstSaid::Out> Reader::first_said(std::int64_t process_key) {
  std::optional<ask::FirstSaid::Out> first;
  each_of_process<ask::FirstSaid>(process_key, [&](const auto& row) { first = row; });
  return first;
}

std::vector<std::int64_t> Reader::instants_of(std::int64_t process_key) {
  std::vector<std::int64_t> at_ms;
  each_of_process<ask::ListInstantsOfProcess>(
      process_key, [&](const auto& row) { at_ms.push_back(row.observed_at_ms); });
  return at_ms;
}

std::vector<std::int64_t> Reader::snapshots_of(std::int64_t process_key) {
  std::vector<std::int64_t> snapshot_seqs;
  each_of_process<ask::ListSnapshotsOfProcess>(
      process_key, [&](const auto& row) { snapshot_seqs.push_back(row.snapshot_seq); });
  return snapshot_seqs;
}

std::vector<Place> Reader::places_of(std::int64_t process_key) {
  std::vector<Place> places;
  for (const auto& row : queries_.of<ask::ListPlacesOfProcess>().rows(
           {.process_key = process_key, .known_seq = known_seq_})) {
    places.push_back({row.app_key, row.region_key});
  }
  return places;
}

ask::SnapshotSource::Out Reader::source_of(std::int64_t snapshot_seq) {
  auto row = queries_.of<ask::SnapshotSource>().first({.snapshot_seq = snapshot_seq});
  return row ? std::move(*row) : throw damaged("snapshot: a row, or its source, is missing");
}

/// Observations of the same attributes tell the same, so the first and the last of them tell all.
std::optional<ProcessFacts> Reader::facts_from_observations(std::int64_t process_key) {
  std::map<std::int64_t, Seen> seen;  // by attribute_no
  each_of_process<ask::ListSayingsOf>(process_key, [&](const auto& row) {
    const Standing at{row.observed_at_ms, row.snapshot_seq, row.restatement};
    seen.try_emplace(row.attribute_no, at).first->second.include(at);
  });
  Folding folding;
  folding.start(process_key);
  for (const auto& row : queries_.of<ask::ListAttributesOf>().rows({.process_key = process_key})) {
    if (const auto said = seen.find(row.attribute_no); said != seen.end()) {
      folding.take(said->second.first, row);
      folding.take(said->second.last, row);
    }
  }
  if (!folding.any()) {
    return std::nullopt;
  }
  if (const auto list = first_without(folding.facts().life, folding.places())) {
    folding.set_gone(list->observed_at_ms);
  }
  return folding.facts();
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
