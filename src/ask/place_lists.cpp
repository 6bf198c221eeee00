#include "ask/place_lists.hpp"

#include <algorithm>
#include <iterator>

#include "model/label_key.hpp"

namespace fleetmeter::ask {

PlaceLists::PlaceLists(store::Reader& reader, bool scan, const meter::Window& span,
                       std::int64_t until_ms, const std::function<bool(const PlaceName&)>& passes) {
  const auto name_of = [&](std::int64_t app_key, std::int64_t region_key) {
    return PlaceName{reader.label(model::label_of(app_key)),
                     reader.label(model::label_of(region_key))};
  };
  reader.each_list(span.from_ms, span.to_ms, until_ms,
                   [&](const store::ListScope& scope, const store::ProvingList& list) {
                     const PlaceName name = name_of(scope.app_key, scope.region_key);
                     if (scope.region_key == store::ListScope::kEveryRegion) {
                       of_app_[name.first].push_back(list);
                     } else if (passes(name)) {
                       of_place_[name].push_back(list);
                     }
                   });
  for (const auto& [name, lists] : of_place_) {
    places_.insert(name);
  }
  if (of_app_.empty()) {
    return;
  }
  for (const store::Place& place : reader.places(scan)) {
    const PlaceName name = name_of(place.app_key, place.region_key);
    if (place.app_key != model::kNoLabel && of_app_.count(name.first) > 0 && passes(name)) {
      places_.insert(name);
    }
  }
}

std::vector<store::ProvingList> PlaceLists::of(const PlaceName& place) const {
  Lists lists;
  if (const auto own = of_place_.find(place); own != of_place_.end()) {
    lists = own->second;
  }
  if (const auto app = of_app_.find(place.first); app != of_app_.end()) {
    lists.insert(lists.end(), app->second.begin(), app->second.end());
  }
  if (!std::is_sorted(lists.begin(), lists.end(), store::is_earlier)) {
    std::sort(lists.begin(), lists.end(), store::is_earlier);
  }
  return lists;
}

std::vector<ListInstant> instants_of(const std::vector<store::ProvingList>& lists) {
  std::vector<ListInstant> instants;
  for (const store::ProvingList& list : lists) {
    if (instants.empty() || instants.back().at_ms != list.observed_at_ms) {
      instants.push_back({list.observed_at_ms, list.floor.started_ms, 0, false});
    }
    ListInstant& now = instants.back();
    now.started_floor_ms = std::min(now.started_floor_ms, list.floor.started_ms);
    now.lists += 1;
    now.some_was_cut = now.some_was_cut || list.floor.is_of_cut();
  }
  return instants;
}

}  // namespace fleetmeter::ask
