#include "store/polls.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "sql/catalog.hpp"
#include "store/connection.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;

// More than any archive has: what is above them was not written by us.
constexpr std::size_t kMostSnapshots = 100'000'000;
constexpr std::size_t kMostPlaces = 10'000'000;
constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

}  // namespace

Sighted::Sighted(SQLite::Database& db, SightedBy by, std::int64_t from_ms, std::int64_t to_ms,
                 std::int64_t known_seq) {
  Statement row(db, ask::list_snapshots);
  row.bind(":from_ms", from_ms).bind(":to_ms", to_ms).bind(":known_seq", known_seq);
  while (row.next()) {
    const auto seq = static_cast<std::size_t>(row.integer(0));
    if (seq >= kMostSnapshots) {
      throw damaged("snapshot: its numbers do not count up from 1");
    }
    number_of_.resize(std::max(number_of_.size(), seq + 1), kNone);
    number_of_[seq] = snapshots_.size();
    snapshots_.push_back({row.integer(0), row.integer(1), row.integer(2) != 0});
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
  Statement place(db, ask::list_places);
  while (place.next()) {
    const auto place_no = static_cast<std::uint64_t>(place.integer(0));
    if (place_no >= kMostPlaces) {
      throw damaged("place: its numbers do not count up from 0");
    }
    places.resize(place_no + 1);
    places.back() = &seen_at({place.integer(1), place.integer(2)});
  }
  Statement row(db, ask::list_sightings);
  row.bind(":from_ms", from_ms).bind(":to_ms", to_ms);
  while (row.next()) {
    auto at = static_cast<std::size_t>(row.integer(1) * kPlacesInBlock);
    for (auto bits = static_cast<std::uint64_t>(row.integer(2)); bits != 0; bits >>= 1U, ++at) {
      if ((bits & 1U) != 0 && at < places.size() && places[at] != nullptr) {
        mark(*places[at], row.integer(0));
      }
    }
  }
}

void Sighted::read_observations(SQLite::Database& db, std::int64_t from_ms, std::int64_t to_ms) {
  Statement place(db, ask::list_said_places);
  Statement row(db, ask::list_observed);
  row.bind(":from_ms", from_ms).bind(":to_ms", to_ms);
  std::vector<std::vector<bool>*> of_process;  // by attribute_no
  bool more_places = place.next();
  std::optional<std::int64_t> process_key;
  while (row.next()) {
    if (process_key != row.integer(0)) {
      process_key = row.integer(0);
      of_process.clear();
      while (more_places && place.integer(0) <= *process_key) {
        if (place.integer(0) == *process_key) {
          of_process.push_back(
              &seen_at({place.maybe_integer(2).value_or(0), place.maybe_integer(3).value_or(0)}));
        }
        more_places = place.next();
      }
    }
    const auto attribute_no = static_cast<std::size_t>(row.integer(1));
    if (attribute_no >= of_process.size()) {
      throw damaged("process_attribute: an observation refers to a row that is missing");
    }
    mark(*of_process[attribute_no], row.integer(2));
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
