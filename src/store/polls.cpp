#include "store/polls.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "store/connection.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

namespace {

// More than any archive has: what is above them was not written by us.
constexpr std::size_t kMostSnapshots = 100'000'000;
constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

}  // namespace

Sighted::Sighted(SQLite::Database& db, SightedBy by, std::int64_t from_ms, std::int64_t to_ms,
                 std::int64_t known_seq) {
  Query<ask::ListSnapshots> rows(db);
  for (const auto& row : rows.rows({.from_ms = from_ms, .to_ms = to_ms, .known_seq = known_seq})) {
    const auto seq = static_cast<std::size_t>(row.snapshot_seq);
    if (seq >= kMostSnapshots) {
      throw damaged("snapshot: its numbers do not count up from 1");
    }
    number_of_.resize(std::max(number_of_.size(), seq + 1), kNone);
    number_of_[seq] = snapshots_.size();
    snapshots_.push_back({row.snapshot_seq, row.observed_at_ms, row.capped != 0});
  }
  if (by == SightedBy::sightings) {
    read_sightings(db, from_ms, to_ms);
  } else {
    read_observations(db, from_ms, to_ms);
  }
}

std::vector<bool>& Sighted::seen_at(const Place& place) {
  std::vector<bool>& seen = by_place_[place];
  seen.resize(snapshots_.size());
  return seen;
}

void Sighted::mark(std::vector<bool>& seen, std::int64_t snapshot_seq) const {
  const auto seq = static_cast<std::size_t>(snapshot_seq);
  if (seq < number_of_.size() && number_of_[seq] != kNone) {
    seen[number_of_[seq]] = true;
  }
}

void Sighted::read_sightings(SQLite::Database& db, std::int64_t from_ms, std::int64_t to_ms) {
  std::vector<std::vector<bool>*> places;
  Query<ask::ListPlaces> all_places(db);
  for (const auto& place : all_places.rows()) {
    places.resize(
        static_cast<std::size_t>(1 + number_below(kMostPlaces, "place.place_no", place.place_no)));
    places.back() = &seen_at({place.app_key, place.region_key});
  }
  Query<ask::ListSightings> sightings(db);
  for (const auto& row : sightings.rows({.from_ms = from_ms, .to_ms = to_ms})) {
    auto at = static_cast<std::size_t>(row.block * kPlacesInBlock);
    for (auto bits = static_cast<std::uint64_t>(row.places); bits != 0; bits >>= 1U, ++at) {
      if ((bits & 1U) != 0 && at < places.size() && places[at] != nullptr) {
        mark(*places[at], row.snapshot_seq);
      }
    }
  }
}

void Sighted::read_observations(SQLite::Database& db, std::int64_t from_ms, std::int64_t to_ms) {
  Query<ask::ListSaidPlaces> said_places(db);
  Query<ask::ListObserved> observed(db);
  auto places = said_places.rows();
  auto place = places.begin();
  std::vector<std::vector<bool>*> of_process;  // by attribute_no
  std::optional<std::int64_t> process_key;
  for (const auto& row : observed.rows({.from_ms = from_ms, .to_ms = to_ms})) {
    if (process_key != row.process_key) {
      process_key = row.process_key;
      of_process.clear();
      for (; place != places.end() && (*place).process_key <= *process_key; ++place) {
        if ((*place).process_key == *process_key) {
          of_process.push_back(
              &seen_at({model::key_part((*place).app_key), model::key_part((*place).region_key)}));
        }
      }
    }
    const auto attribute_no = static_cast<std::size_t>(row.attribute_no);
    if (attribute_no >= of_process.size()) {
      throw damaged("process_attribute: an observation refers to a row that is missing");
    }
    mark(*of_process[attribute_no], row.snapshot_seq);
  }
}

void Sighted::each_poll(const std::function<void(const Poll&)>& use) const {
  for (const auto& [place, seen] : by_place_) {
    std::optional<Poll> poll;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i]) {
        continue;
      }
      const Taken& taken = snapshots_[i];
      if (poll && poll->observed_at_ms != taken.observed_at_ms) {
        use(*poll);
        poll.reset();
      }
      if (!poll) {
        poll = Poll{place, taken.observed_at_ms, false};
      }
      poll->capped = poll->capped || taken.capped;
    }
    if (poll) {
      use(*poll);
    }
  }
}

}  // namespace fleetmeter::store
