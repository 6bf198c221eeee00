#include "store/lists_elsewhere.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "model/label_key.hpp"

namespace fleetmeter::store {

namespace {

/// From the first to the last list of a scope.
struct Spell {
  std::int64_t first_ms = std::numeric_limits<std::int64_t>::max();
  std::int64_t last_ms = std::numeric_limits<std::int64_t>::min();

  void include(const Spell& other) {
    first_ms = std::min(first_ms, other.first_ms);
    last_ms = std::max(last_ms, other.last_ms);
  }
};

using Scopes = std::map<ListScope, Spell>;

void include(const Scopes& scopes, Scopes& all) {
  for (const auto& [scope, spell] : scopes) {
    all[scope].include(spell);
  }
}

/// What the lists of a store speak for.
Scopes scopes_of(const Parts& parts, std::size_t part, LabelsBetween& labels) {
  Scopes scopes;
  if (!with_part(parts[part], [](Reader& reader) { return reader.has_lists(); })) {
    return scopes;
  }
  guarded(parts[part].path, [&] {
    Query<ask::ListScopes> all(*parts[part].db);
    Query<ask::SpanOfScope> span_of(*parts[part].db);
    for (const auto& row : all.rows()) {
      const auto span =
          span_of.first({.app_key = row.app_key, .region_key = row.region_key}).value();
      const ListScope common{model::key_part(labels.common(part, row.app_key)),
                             model::key_part(labels.common(part, model::label_of(row.region_key)))};
      scopes[common].include({held("first_ms", span.first_ms), held("last_ms", span.last_ms)});
    }
  });
  return scopes;
}

/// The processes of one store that lists of other stores may prove gone, or earlier so.
class Candidates {
 public:
  /// `scopes` are those of the other stores.
  Candidates(const Parts& parts, std::size_t part, const Scopes& scopes, LabelsBetween& labels)
      : unended_(*parts[part].db),
        unended_of_app_(*parts[part].db),
        latest_gone_(*parts[part].db),
        gone_after_(*parts[part].db),
        gone_seen_before_(*parts[part].db) {
    for (const auto& [scope, spell] : scopes) {
      const auto app = labels.in_part(part, model::label_of(scope.app_key));
      const auto region = labels.in_part(part, model::label_of(scope.region_key));
      const bool is_known = app != LabelsBetween::kNowhere && region != LabelsBetween::kNowhere;
      if (is_known) {
        scopes_[{model::key_part(app), model::key_part(region)}].include(spell);
      }
    }
  }

  /// Each once, by process_key.
  [[nodiscard]] std::map<std::int64_t, RolledProcess> find() {
    for (const auto& [scope, spell] : scopes_) {
      add_unended(scope, spell);
    }
    add_gone();
    return std::move(found_);
  }

 private:
  void take(std::vector<RolledProcess>& processes) {
    for (const RolledProcess& process : processes) {
      found_.emplace(process.facts.process_key, process);
    }
    processes.clear();
  }

  void add_unended(const ListScope& scope, const Spell& spell) {
    constexpr std::int64_t kEver_ms = std::numeric_limits<std::int64_t>::min();
    std::vector<RolledProcess> unended;
    if (scope.region_key == ListScope::kEveryRegion) {
      take_rolled(unended_of_app_.rows({.app_key = scope.app_key, .started_after_ms = kEver_ms}),
                  unended);
    } else {
      take_rolled(unended_.rows({.app_key = scope.app_key,
                                 .region_key = scope.region_key,
                                 .started_after_ms = kEver_ms}),
                  unended);
    }
    std::erase_if(unended, [&](const RolledProcess& process) {
      return process.facts.life.last_seen_ms >= spell.last_ms;
    });
    take(unended);
  }

  /// A list that proves it gone earlier stands between its last sight and the list that does so in
  /// its store.
  void add_gone() {
    const model::Instant latest = latest_gone_.first().value().gone_ms;
    Spell all;
    for (const auto& [scope, spell] : scopes_) {
      all.include(spell);
    }
    if (!latest || all.first_ms >= *latest) {
      return;
    }
    std::vector<RolledProcess> gone;
    if (all.last_ms < *latest) {
      take_rolled(gone_seen_before_.rows({.before_ms = all.last_ms}), gone);
    } else {
      take_rolled(gone_after_.rows({.after_ms = all.first_ms}), gone);
    }
    std::erase_if(gone, [&](const RolledProcess& process) { return !may_be_earlier(process); });
    take(gone);
  }

  [[nodiscard]] bool may_be_earlier(const RolledProcess& process) const {
    const model::ProcessFacts& facts = process.facts;
    const std::int64_t app_key = model::key_part(facts.app_key);
    for (const std::int64_t region_key :
         {ListScope::kEveryRegion, model::key_part(facts.region_key)}) {
      const auto found = scopes_.find({app_key, region_key});
      if (found != scopes_.end() && facts.life.gone_ms &&
          found->second.first_ms < *facts.life.gone_ms &&
          found->second.last_ms > facts.life.last_seen_ms) {
        return true;
      }
    }
    return false;
  }

  Query<ingest::ListUnended> unended_;
  Query<ingest::ListUnendedOfApp> unended_of_app_;
  Query<ask::LatestGone> latest_gone_;
  Query<ask::ListGoneAfter> gone_after_;
  Query<ask::ListGoneSeenBefore> gone_seen_before_;
  Scopes scopes_;  ///< by the keys of the store
  std::map<std::int64_t, RolledProcess> found_;
};

/// Where a process was ever seen, by the keys of its store.
std::vector<Place> places_of(Reader& reader, Query<ask::IsRoaming>& is_roaming,
                             const model::ProcessFacts& facts) {
  return is_roaming.first({.process_key = facts.process_key})
             ? reader.places_of(facts.process_key)
             : std::vector{
                   Place{model::key_part(facts.app_key), model::key_part(facts.region_key)}};
}

void add_gone_elsewhere(const Parts& parts, std::size_t part, const Scopes& scopes,
                        LabelsBetween& labels, Reader::Instead& instead) {
  Query<ask::IsRoaming> is_roaming(*parts[part].db);
  for (auto& [process_key, process] : Candidates(parts, part, scopes, labels).find()) {
    if (instead.contains(process_key)) {
      continue;
    }
    model::ProcessFacts& facts = process.facts;
    std::vector<Place> places = places_of(*parts[part].reader, is_roaming, facts);
    for (Place& place : places) {
      place = {model::key_part(labels.common(part, model::label_of(place.app_key))),
               model::key_part(labels.common(part, model::label_of(place.region_key)))};
    }
    const model::Instant gone_ms = gone_by_lists(parts, labels, facts.life, places);
    if (gone_ms != facts.life.gone_ms) {
      facts.life.gone_ms = gone_ms;
      instead.emplace(process_key, facts);
    }
  }
}

}  // namespace

model::Instant gone_by_lists(const Parts& parts, LabelsBetween& labels, const meter::Life& life,
                             std::span<const Place> places) {
  model::Instant first_ms;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    std::vector<Place> there;
    for (const Place& place : places) {
      there.push_back({model::key_part(labels.in_part(part, model::label_of(place.app_key))),
                       model::key_part(labels.in_part(part, model::label_of(place.region_key)))});
    }
    const auto list =
        with_part(parts[part], [&](Reader& reader) { return reader.first_without(life, there); });
    if (list && (!first_ms || list->observed_at_ms < *first_ms)) {
      first_ms = list->observed_at_ms;
    }
  }
  return first_ms;
}

void add_gone_elsewhere(const Parts& parts, LabelsBetween& labels,
                        std::vector<Reader::Instead>& instead) {
  std::vector<Scopes> scopes;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    scopes.push_back(scopes_of(parts, part, labels));
  }
  for (std::size_t part = 0; part < parts.size(); ++part) {
    Scopes elsewhere;
    for (std::size_t other = 0; other < parts.size(); ++other) {
      if (other != part) {
        include(scopes[other], elsewhere);
      }
    }
    if (!elsewhere.empty()) {
      guarded(parts[part].path,
              [&] { add_gone_elsewhere(parts, part, elsewhere, labels, instead[part]); });
    }
  }
}

}  // namespace fleetmeter::store
