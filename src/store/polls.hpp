#pragma once

#include <SQLiteCpp/Database.h>

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <vector>

#include "model/label_key.hpp"

namespace fleetmeter::store {

/// An app and a region by the keys of their labels; model::kNoLabel where there is none.
struct Place {
  std::int64_t app_key = model::kNoLabel;
  std::int64_t region_key = model::kNoLabel;
  friend auto operator<=>(const Place&, const Place&) = default;
};

inline constexpr std::int64_t kMostPlaces = 10'000'000;  // more than any archive has
inline constexpr std::int64_t kPlacesInBlock = 63;       // a row of sighting has a bit for each
static_assert(kPlacesInBlock < std::numeric_limits<std::int64_t>::digits + 1,
              "the sign is no place's bit, or the view `poll` would shift ones into the others");

/// An instant at which processes of one place were seen.
struct Poll {
  Place place;
  std::int64_t observed_at_ms = 0;
  bool capped = false;  ///< some list of this instant was cut
};

/// Where it is read which snapshot saw which place: from the rows kept for it, or from every
/// observation. Both say the same.
enum class SightedBy { sightings, observations };

/// The snapshots of a span of time, and which places each of them saw: a bit for each pair.
class Sighted {
 public:
  /// Of the snapshots in [from_ms, to_ms] that are not later than `known_seq`.
  Sighted(SQLite::Database& db, SightedBy by, std::int64_t from_ms, std::int64_t to_ms,
          std::int64_t known_seq);

  struct Taken {
    std::int64_t snapshot_seq = 0;
    std::int64_t observed_at_ms = 0;
    bool capped = false;
  };
  /// By time, then by when they became known.
  [[nodiscard]] const std::vector<Taken>& snapshots() const { return snapshots_; }
  /// For each place that was seen at all, by snapshot.
  [[nodiscard]] const std::map<Place, std::vector<bool>>& by_place() const { return by_place_; }

  /// Calls `use` for every place and instant, in this order.
  void each_poll(const std::function<void(const Poll&)>& use) const;

 private:
  void read_sightings(SQLite::Database& db, std::int64_t from_ms, std::int64_t to_ms);
  void read_observations(SQLite::Database& db, std::int64_t from_ms, std::int64_t to_ms);
  [[nodiscard]] std::vector<bool>& seen_at(const Place& place);
  void mark(std::vector<bool>& seen, std::int64_t snapshot_seq) const;

  std::vector<Taken> snapshots_;
  std::vector<std::size_t> number_of_;  ///< of a snapshot among them, by snapshot_seq
  std::map<Place, std::vector<bool>> by_place_;
};

}  // namespace fleetmeter::store
