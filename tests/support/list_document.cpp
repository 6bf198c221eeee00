#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sim/random.hpp"
#include "sim/text.hpp"
#include "support/list_archives.hpp"

namespace fleetmeter::test {

namespace {

auto asked_by(const ListDocument& document) {
  return std::tuple(document.ignores_absence, document.path_list.empty(), document.flag_list,
                    document.flag_app, document.flag_region);
}

}  // namespace

bool ListDocument::is_asked_like(const ListDocument& other) const {
  return asked_by(*this) == asked_by(other);
}

void put_together(std::vector<ListDocument>& documents, std::uint64_t seed) {
  sim::Random random(seed);
  std::map<decltype(asked_by(documents[0])), std::uint64_t> turns;
  for (const ListDocument& document : documents) {
    turns.try_emplace(asked_by(document), random.next());
  }
  std::stable_sort(documents.begin(), documents.end(),
                   [&](const ListDocument& a, const ListDocument& b) {
                     return turns.at(asked_by(a)) < turns.at(asked_by(b));
                   });
}

void drop_bare_repeats(std::vector<ListDocument>& documents) {
  std::set<std::pair<std::int64_t, std::string>> told;
  std::erase_if(documents, [&](const ListDocument& document) {
    const bool is_bare = (document.flag_list + document.flag_app + document.flag_region).empty() &&
                         document.path_list.empty();
    const std::pair key(document.observed_at_ms, document.text);
    if (!is_bare) {
      told.insert(key);
    }
    return is_bare && told.contains(key);
  });
}

std::string ListDocument::path(std::size_t place) const {
  std::string time = sim::instant(observed_at_ms);
  std::replace(time.begin(), time.end(), ':', '-');
  const std::string folder = std::to_string(100'000 + place) + '/';
  return path_list.empty()
             ? folder + time + ".json"
             : folder + path_app + '/' + path_region + '/' + path_list + '=' + time + ".json";
}

}  // namespace fleetmeter::test
