#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "meter/life.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// An app and a region as people read them; "" where nobody said it. Several keys of labels may be
/// the same place to a reader.
using PlaceName = std::pair<std::string, std::string>;

/// The running lists of a span of time that prove something, by the place that they speak for. A
/// list of all regions of an app speaks for every place of the app in which a process was ever
/// seen. It is held once.
class PlaceLists {
 public:
  /// Of the places that `passes` lets through: the lists in `span` and the nearest ones around it,
  /// none of them later than `until_ms`.
  PlaceLists(store::Reader& reader, bool scan, const meter::Window& span, std::int64_t until_ms,
             const std::function<bool(const PlaceName&)>& passes);

  /// Those for which some list speaks.
  [[nodiscard]] const std::set<PlaceName>& places() const { return places_; }

  /// The lists that speak for a place, in time order.
  [[nodiscard]] std::vector<store::ProvingList> of(const PlaceName& place) const;

 private:
  using Lists = std::vector<store::ProvingList>;

  std::map<PlaceName, Lists> of_place_;
  std::map<std::string, Lists> of_app_;
  std::set<PlaceName> places_;
};

/// The running lists of one instant that speak for a place, taken together: they reach as far back
/// as the one of them that reaches farthest.
struct ListInstant {
  std::int64_t at_ms = 0;
  std::int64_t started_floor_ms = meter::ListFloor::kNone_ms;
  std::int64_t lists = 0;
  bool some_was_cut = false;

  /// Whether what started after the lists before, and still runs, is in these. They have no floor
  /// when one of them was not cut.
  [[nodiscard]] bool continues(const ListInstant& before) const {
    return started_floor_ms == meter::ListFloor::kNone_ms || started_floor_ms < before.at_ms;
  }
};

/// Lists in time order, instant by instant.
[[nodiscard]] std::vector<ListInstant> instants_of(const std::vector<store::ProvingList>& lists);

}  // namespace fleetmeter::ask
