#include "store/absence_writer.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "base/invariant.hpp"
#include "model/label_key.hpp"

namespace fleetmeter::store {

namespace {

Place place_of(const normalise::Attributes& attributes) {
  return {model::key_part(attributes.app_key), model::key_part(attributes.region_key)};
}

/// Where a process was ever seen, each place once.
std::vector<Place> places_of(const ProcessMemory& process) {
  std::vector<Place> places;
  for (const ProcessMemory::AttributeRow& row : process.attributes) {
    const Place place = place_of(row.content);
    if (std::find(places.begin(), places.end(), place) == places.end()) {
      places.push_back(place);
    }
  }
  return places;
}

}  // namespace

AbsenceWriter::AbsenceWriter(SQLite::Database& db)
    : absence_(db),
      has_lists_query_(db),
      last_list_(db),
      list_before_(db),
      unended_(db),
      unended_of_app_(db),
      gone_between_(db),
      gone_ahead_(db),
      gone_roaming_(db),
      add_roaming_(db),
      is_roaming_(db),
      places_of_process_(db) {}

void AbsenceWriter::forget() {
  absence_.forget();
  has_lists_.reset();
  new_lists_.clear();
  last_before_.clear();
}

void AbsenceWriter::take(ListWriter& lists) {
  if (!has_lists_) {
    has_lists_ = has_lists_query_.first().value().has_lists != 0;
  }
  last_before_.clear();
  for (const ListScope& scope : lists.new_scopes()) {
    last_before_[scope] =
        last_list_.first({.app_key = scope.app_key, .region_key = scope.region_key})
            .value()
            .observed_at_ms;
  }
  new_lists_ = lists.flush();
  for (const ListWriter::NewList& one : new_lists_) {
    absence_.add(one.scope, one.list);
    has_lists_ = true;
  }
}

model::Instant AbsenceWriter::gone_ms(const ProcessMemory& process, const model::Life& life) {
  const std::vector<Place> places = store::places_of(process);
  if (places.size() > 1) {
    add_roaming_.run({.process_key = process.process_key});
  }
  if (!*has_lists_) {
    return std::nullopt;
  }
  const auto list = absence_.first_without(life, places);
  return list ? std::optional(list->observed_at_ms) : std::nullopt;
}

void AbsenceWriter::each_affected(
    const std::function<bool(std::int64_t)>& is_asked_anyhow,
    const std::function<void(const RolledProcess&, model::Instant)>& use) {
  const auto ask = [&](const RolledProcess& process) {
    const model::ProcessFacts& facts = process.facts;
    if (is_asked_anyhow(facts.process_key)) {
      return;
    }
    const auto list = absence_.first_without(facts.life, places_of(process));
    const model::Instant gone = list ? std::optional(list->observed_at_ms) : std::nullopt;
    if (gone != facts.life.gone_ms) {
      use(process, gone);
    }
  };
  bool any_is_late = false;
  bool any_holds_several = false;
  std::map<ListScope, std::int64_t> started_after;  // the least that a new list of a scope asks for
  for (const ListWriter::NewList& one : new_lists_) {
    const auto [known, is_new] = started_after.try_emplace(one.scope, one.list.floor.started_ms);
    known->second = std::min(known->second, one.list.floor.started_ms);
    if (is_late(one)) {
      each_gone_after(one, ask);
      any_is_late = true;
      any_holds_several = any_holds_several || one.is_one_of_several;
    }
  }
  if (any_is_late) {
    each_gone_elsewhere(any_holds_several, ask);
  }
  for (const auto& [scope, at_ms] : started_after) {
    each_unended(scope, at_ms, ask);
  }
  new_lists_.clear();
}

void AbsenceWriter::each_unended(const ListScope& scope, std::int64_t started_after_ms,
                                 const Use& use) {
  std::vector<RolledProcess> found;
  if (scope.region_key == ListScope::kEveryRegion) {
    take_rolled(
        unended_of_app_.rows({.app_key = scope.app_key, .started_after_ms = started_after_ms}),
        found);
  } else {
    take_rolled(unended_.rows({.app_key = scope.app_key,
                               .region_key = scope.region_key,
                               .started_after_ms = started_after_ms}),
                found);
  }
  std::for_each(found.begin(), found.end(), use);
}

/// Whether a list that was stored before this group is later. No process can be gone by a later
/// list otherwise.
bool AbsenceWriter::is_late(const ListWriter::NewList& one) {
  const model::Instant& last_ms = last_before_.at(one.scope);
  return last_ms && one.list.observed_at_ms < *last_ms;
}

/// The processes that a later list proves gone and this one may. Those that could be gone by an
/// earlier list that speaks for as much are gone by that: the others were seen since.
void AbsenceWriter::each_gone_after(const ListWriter::NewList& late, const Use& use) {
  constexpr auto kEver_ms = std::numeric_limits<std::int64_t>::min();
  const auto concerns = [&](const RolledProcess& process) {
    return model::key_part(process.facts.app_key) == late.scope.app_key &&
           (late.scope.region_key == ListScope::kEveryRegion ||
            model::key_part(process.facts.region_key) == late.scope.region_key);
  };
  std::vector<RolledProcess> found;
  take_rolled(gone_between_.rows({.from_ms = covered_since(late).value_or(kEver_ms),
                                  .to_ms = late.list.observed_at_ms}),
              found);
  for (const RolledProcess& process : found) {
    if (concerns(process)) {
      use(process);
    }
  }
}

/// The few for which that does not hold: those that started after their last sight, and those of
/// several places, for which an earlier list of one of them does not speak.
void AbsenceWriter::each_gone_elsewhere(bool lists_hold_several, const Use& use) {
  std::vector<RolledProcess> found;
  take_rolled(gone_ahead_.rows(), found);
  if (lists_hold_several) {
    take_rolled(gone_roaming_.rows(), found);
  }
  // What is found twice is used once: the second time it would be taken from what it was before.
  std::set<std::int64_t> used;
  for (const RolledProcess& process : found) {
    if (used.insert(process.facts.process_key).second) {
      use(process);
    }
  }
}

/// When the last list before a list was true that speaks for all that it speaks for.
model::Instant AbsenceWriter::covered_since(const ListWriter::NewList& one) {
  const auto floor = [](std::int64_t at_ms) {
    return at_ms == meter::ListFloor::kNone_ms ? std::nullopt : std::optional(at_ms);
  };
  model::Instant since;
  for (const std::int64_t region_key : {one.scope.region_key, ListScope::kEveryRegion}) {
    const auto row = list_before_.first({.app_key = one.scope.app_key,
                                         .region_key = region_key,
                                         .before_ms = one.list.observed_at_ms,
                                         .started_floor_ms = floor(one.list.floor.started_ms),
                                         .starting_floor_ms = floor(one.list.floor.starting_ms)});
    if (row) {
      since = std::max(since.value_or(row->observed_at_ms), row->observed_at_ms);
    }
  }
  return since;
}

std::vector<Place> AbsenceWriter::places_of(const RolledProcess& process) {
  const model::ProcessFacts& facts = process.facts;
  if (!is_roaming_.first({.process_key = facts.process_key})) {
    return {{model::key_part(facts.app_key), model::key_part(facts.region_key)}};
  }
  std::vector<Place> places;
  for (const auto& row : places_of_process_.rows({.process_key = facts.process_key,
                         .known_seq = std::numeric_limits<std::int64_t>::max()})) {
    places.push_back({row.app_key, row.region_key});
  }
  return places;
}

}  // namespace fleetmeter::store
