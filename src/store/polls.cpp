#include "store/polls.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "sql/catalog.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;
using Place = std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>;

struct Taken {
  std::int64_t observed_at_ms = 0;
  bool capped = false;
};

/// The snapshots of a span by time, and the place of each among them.
class Snapshots {
 public:
  Snapshots(SQLite::Database& db, std::int64_t from_ms, std::int64_t to_ms,
            std::int64_t known_seq) {
    Statement row(db, ask::list_snapshots);
    row.bind(":from_ms", from_ms).bind(":to_ms", to_ms).bind(":known_seq", known_seq);
    while (row.next()) {
      const auto seq = static_cast<std::size_t>(row.integer(0));
      places_.resize(std::max(places_.size(), seq + 1), kNone);
      places_[seq] = taken_.size();
      taken_.push_back({row.integer(1), row.integer(2) != 0});
    }
  }

  [[nodiscard]] const std::vector<Taken>& all() const { return taken_; }
  [[nodiscard]] std::optional<std::size_t> place_of(std::int64_t snapshot_seq) const {
    const auto seq = static_cast<std::size_t>(snapshot_seq);
    return seq >= places_.size() || places_[seq] == kNone ? std::nullopt
                                                          : std::optional(places_[seq]);
  }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<Taken> taken_;
  std::vector<std::size_t> places_;  ///< by snapshot_seq
};

/// For each app and region, which snapshots saw it.
using Seen = std::map<Place, std::vector<bool>>;

Seen read_seen(SQLite::Database& db, const Snapshots& snapshots, std::int64_t from_ms,
               std::int64_t to_ms) {
  Seen seen;
  Statement place(db, ask::list_places);
  Statement sighting(db, ask::list_sightings);
  sighting.bind(":from_ms", from_ms).bind(":to_ms", to_ms);
  std::vector<std::vector<bool>*> of_process;  // by attribute_no
  bool more_places = place.next();
  std::optional<std::int64_t> process_key;
  while (sighting.next()) {
    if (process_key != sighting.integer(0)) {
      process_key = sighting.integer(0);
      of_process.clear();
      while (more_places && place.integer(0) <= *process_key) {
        if (place.integer(0) == *process_key) {
          auto& at = seen[{place.maybe_integer(2), place.maybe_integer(3)}];
          at.resize(snapshots.all().size());
          of_process.push_back(&at);
        }
        more_places = place.next();
      }
    }
    if (const auto at = snapshots.place_of(sighting.integer(2))) {
      (*of_process.at(static_cast<std::size_t>(sighting.integer(1))))[*at] = true;
    }
  }
  return seen;
}

}  // namespace

void each_poll(SQLite::Database& db, std::int64_t from_ms, std::int64_t to_ms,
               std::int64_t known_seq, const std::function<void(const Poll&)>& use) {
  const Snapshots snapshots(db, from_ms, to_ms, known_seq);
  for (const auto& [place, at] : read_seen(db, snapshots, from_ms, to_ms)) {
    std::optional<Poll> poll;
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (!at[i]) {
        continue;
      }
      const Taken& taken = snapshots.all()[i];
      if (poll && poll->observed_at_ms != taken.observed_at_ms) {
        use(*poll);
        poll.reset();
      }
      if (!poll) {
        poll = Poll{place.first, place.second, taken.observed_at_ms, false};
      }
      poll->capped = poll->capped || taken.capped;
    }
    if (poll) {
      use(*poll);
    }
  }
}

}  // namespace fleetmeter::store
