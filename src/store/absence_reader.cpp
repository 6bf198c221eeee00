#include "store/absence_reader.hpp"

#include <algorithm>

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostHeld = 100'000;     // lists in memory, of all scopes
constexpr std::uint64_t kAskedBetween = 1024;  // questions between two counts of them

bool is_one_app(std::span<const Place> places) {
  return std::all_of(places.begin(), places.end(),
                     [&](const Place& place) { return place.app_key == places.front().app_key; });
}

}  // namespace

AbsenceReader::AbsenceReader(SQLite::Database& db, std::int64_t known_seq)
    : known_seq_(known_seq), lists_(db), holds_(db) {}

ListTimeline& AbsenceReader::timeline(const ListScope& scope) {
  const auto found = timelines_.find(scope);
  return found != timelines_.end()
             ? found->second
             : timelines_.emplace(scope, ListTimeline(lists_, scope, known_seq_)).first->second;
}

std::optional<ProvingList> AbsenceReader::first_without(const meter::Life& life,
                                                        std::span<const Place> places) {
  std::optional<ProvingList> found;
  if (const model::Instant from_ms = meter::may_be_gone_from(life)) {
    each_for(life, places, *from_ms, meter::kNever_ms, [&](const ProvingList& list) {
      found = list;
      return true;
    });
  }
  return found;
}

/// Of all regions of its app there may be lists, and of its one region. A process of several places
/// is held by a list that speaks for all of them.
void AbsenceReader::each_for(const meter::Life& life, std::span<const Place> places,
                             std::int64_t from_ms, std::int64_t to_ms,
                             const std::function<bool(const ProvingList&)>& use) {
  const auto is_known = [](const Place& place) { return place.app_key != model::kNoLabel; };
  if (places.empty() || !std::all_of(places.begin(), places.end(), is_known)) {
    return;
  }
  if (++asked_ % kAskedBetween == 0) {
    let_go_of_many();
  }
  const Place& first = places.front();
  ListTimeline* const of_app =
      is_one_app(places) ? &timeline({first.app_key, ListScope::kEveryRegion}) : nullptr;
  ListTimeline* const of_place =
      first.region_key == model::kNoLabel ? nullptr : &timeline({first.app_key, first.region_key});
  // The two in time order: each goes on from where the other one stopped.
  const auto next_of = [&](ListTimeline* lists, const ProvingList* after, bool checks) {
    std::optional<ProvingList> next;
    if (lists != nullptr) {
      lists->each_for(life, after == nullptr ? from_ms : after->observed_at_ms, to_ms,
                      [&](const ProvingList& list) {
                        const bool is_new = after == nullptr || is_earlier(*after, list);
                        if (is_new && (!checks || holds_all(list, places))) {
                          next = list;
                        }
                        return next.has_value();
                      });
    }
    return next;
  };
  const bool checks = places.size() > 1;
  std::optional<ProvingList> app_list = next_of(of_app, nullptr, false);
  std::optional<ProvingList> place_list = next_of(of_place, nullptr, checks);
  while (app_list || place_list) {
    const bool is_of_app = app_list && (!place_list || is_earlier(*app_list, *place_list));
    std::optional<ProvingList>& chosen = is_of_app ? app_list : place_list;
    if (use(*chosen)) {
      return;
    }
    const ProvingList taken = *chosen;
    chosen = next_of(is_of_app ? of_app : of_place, &taken, !is_of_app && checks);
  }
}

void AbsenceReader::let_go_of_many() {
  std::size_t held = 0;
  for (const auto& [scope, one] : timelines_) {
    held += one.held();
  }
  if (held > kMostHeld) {
    for (auto& [scope, one] : timelines_) {
      one.let_go();
    }
  }
}

/// Whether a list that speaks for the first of some places speaks for the others, too.
bool AbsenceReader::holds_all(const ProvingList& list, std::span<const Place> places) {
  return std::all_of(places.begin() + 1, places.end(), [&](const Place& place) {
    return holds_
        .first({.app_key = place.app_key,
                .region_key = place.region_key,
                .observed_at_ms = list.observed_at_ms,
                .snapshot_seq = list.snapshot_seq})
        .has_value();
  });
}

void AbsenceReader::add(const ListScope& scope, const ProvingList& list) {
  if (const auto found = timelines_.find(scope); found != timelines_.end()) {
    found->second.add(list);
  }
}

}  // namespace fleetmeter::store
