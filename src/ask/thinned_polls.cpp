#include "ask/thinned_polls.hpp"

#include <algorithm>

#include "ask/poll_times.hpp"
#include "base/ratio.hpp"
#include "model/label_key.hpp"
#include "store/connection.hpp"

namespace fleetmeter::ask {

namespace {

constexpr std::int64_t kDay_ms = 86'400'000;
constexpr meter::Window kAlways{-meter::kNever_ms, meter::kNever_ms};

}  // namespace

ThinnedPolls::ThinnedPolls(const Question& question, const meter::Window& window,
                           store::Reader& reader) {
  const std::map<std::int64_t, std::int64_t> told_again = reader.told_again();
  const auto document_of = [&](std::int64_t snapshot_seq) {
    const auto first = told_again.find(snapshot_seq);
    return first == told_again.end() ? snapshot_seq : first->second;
  };
  std::map<PlaceName, std::vector<Shot>> shots;
  std::map<PlaceName, std::vector<store::Place>> keys;
  reader.each_sighting(question.scan, kAlways.from_ms, kAlways.to_ms,
                       [&](const store::Place& place, const store::Sighted::Taken& taken) {
                         const PlaceName name{reader.label(model::label_of(place.app_key)),
                                              reader.label(model::label_of(place.region_key))};
                         shots[name].emplace_back(taken.observed_at_ms,
                                                  document_of(taken.snapshot_seq));
                         std::vector<store::Place>& of_name = keys[name];
                         if (of_name.empty() || of_name.back() != place) {
                           of_name.push_back(place);
                         }
                       });
  const PlaceLists lists(reader, question.scan, kAlways, kAlways.to_ms,
                         [](const PlaceName&) { return true; });
  for (const PlaceName& name : lists.places()) {
    shots.try_emplace(name);
  }
  const Filter filter(question, reader);
  for (auto& [name, of_place] : shots) {
    std::vector<Shot> all = std::exchange(of_place, {});
    for (const store::ProvingList& list : lists.of(name)) {
      all.emplace_back(list.observed_at_ms, document_of(list.snapshot_seq));
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const store::Place& place : keys[name]) {
      place_no_[place] = polls_.size();
    }
    take_place(all, filter.passes_place(name.first, name.second), window);
  }
  for (std::size_t way = 0; way < kWays; ++way) {
    usual_ms_[way] = median_of(distances_[way]);
    distances_[way] = {};
  }
  count_documents();
}

void ThinnedPolls::take_place(const std::vector<Shot>& shots, bool passes,
                              const meter::Window& window) {
  std::vector<std::int64_t> polls;
  std::array<model::Instant, kWays> last_ms;
  for (const auto& [at_ms, snapshot_seq] : shots) {
    const bool is_new = polls.empty() || polls.back() != at_ms;
    if (is_new) {
      polls.push_back(at_ms);
    }
    if (!passes || at_ms < window.from_ms || at_ms > window.to_ms) {
      continue;
    }
    Document& document = documents_by_time_[{at_ms, snapshot_seq}];
    document.places += 1;
    for (std::size_t way = 0; way < kWays; ++way) {
      if (!keeps(way, polls.size() - 1)) {
        continue;
      }
      document.is_kept[way] = true;
      if (is_new && last_ms[way]) {
        distances_[way].push_back(at_ms - *last_ms[way]);
      }
      last_ms[way] = at_ms;
    }
  }
  polls_.push_back(std::move(polls));
}

void ThinnedPolls::count_documents() {
  for (const auto& [shot, document] : documents_by_time_) {
    by_place_ += document.places;
    for (std::size_t way = 0; way < kWays; ++way) {
      Documents& all = documents_[way];
      if (document.is_kept[way]) {
        all.first_ms = all.count == 0 ? shot.first : all.first_ms;
        all.instants += all.count == 0 || shot.first != all.last_ms ? 1 : 0;
        all.last_ms = shot.first;
        all.count += 1;
      }
    }
  }
  documents_by_time_.clear();
}

std::size_t ThinnedPolls::number_of(const store::Place& place, std::int64_t at_ms,
                                    std::size_t guess) const {
  const auto found = place_no_.find(place);
  if (found != place_no_.end()) {
    const std::vector<std::int64_t>& polls = polls_[found->second];
    if (guess < polls.size() && polls[guess] == at_ms) {
      return guess;
    }
    const auto poll = std::lower_bound(polls.begin(), polls.end(), at_ms);
    if (poll != polls.end() && *poll == at_ms) {
      return static_cast<std::size_t>(poll - polls.begin());
    }
  }
  throw store::damaged("sighting: the place of an observation is missing");
}

bool ThinnedPolls::keeps_list(std::size_t way, std::span<const store::Place> places,
                              std::int64_t at_ms) const {
  return std::all_of(places.begin(), places.end(), [&](const store::Place& place) {
    return keeps(way, number_of(place, at_ms));
  });
}

/// Of n instants the n - 1 distances make up the time from the first to the last, so one instant is
/// too many for a rate. A single one has none: its documents are the answer.
std::int64_t ThinnedPolls::rate(std::int64_t count, const Documents& of) {
  if (of.instants < 2) {
    return count;
  }
  return static_cast<std::int64_t>(
      base::divide(base::multiply(Int128{count} * (of.instants - 1), kDay_ms),
                   Int128{of.instants} * (of.last_ms - of.first_ms), base::Rounding::up));
}

std::int64_t ThinnedPolls::documents_per_day(std::size_t way) const {
  return rate(documents_[way].count, documents_[way]);
}

std::int64_t ThinnedPolls::documents_by_place_per_day() const {
  return rate(by_place_, documents_[0]);
}

std::int64_t ThinnedPolls::per_day(std::int64_t count) const {
  const Documents& all = documents_[0];
  if (all.instants < 2) {
    return count;
  }
  return static_cast<std::int64_t>(
      base::divide(Int128{count} * kDay_ms, all.last_ms - all.first_ms, base::Rounding::up));
}

}  // namespace fleetmeter::ask
