#include "store/sighting_writer.hpp"

#include <algorithm>
#include <limits>

namespace fleetmeter::store {

namespace {

// Places are few; an archive where they are not must not fill the memory.
constexpr std::size_t kMostKept = 50'000;

}  // namespace

SightingWriter::SightingWriter(SQLite::Database& db, ControlSums& sums)
    : db_(db), find_place_(db), add_place_(db), places_(sums.of("place")), add_sighting_(db) {}

void SightingWriter::begin_document() {
  std::fill(seen_.begin(), seen_.end(), 0);
}

std::size_t SightingWriter::place_of(const normalise::Attributes& attributes) {
  return number_of({model::key_part(attributes.app_key), model::key_part(attributes.region_key)});
}

std::size_t SightingWriter::number_of(const Place& place) {
  if (const auto known = numbers_.find(place); known != numbers_.end()) {
    return known->second;
  }
  std::int64_t place_no = 0;
  if (const auto found =
          find_place_.first({.app_key = place.app_key, .region_key = place.region_key})) {
    place_no = number_below(kMostPlaces, "place.place_no", found->place_no);
  } else {
    place_no =
        places_.insert(db_, add_place_, {.app_key = place.app_key, .region_key = place.region_key});
  }
  if (numbers_.size() >= kMostKept) {
    numbers_.clear();
  }
  return numbers_[place] = static_cast<std::size_t>(place_no);
}

void SightingWriter::see(std::size_t place_no) {
  const std::size_t block = place_no / kPlacesInBlock;
  if (block >= seen_.size()) {
    seen_.resize(block + 1);
  }
  seen_[block] |= std::uint64_t{1} << (place_no % kPlacesInBlock);
}

void SightingWriter::end_document(std::int64_t snapshot_seq) {
  for (std::size_t block = 0; block < seen_.size(); ++block) {
    if (seen_[block] != 0) {
      add_sighting_.add({.snapshot_seq = snapshot_seq,
                         .block = static_cast<std::int64_t>(block),
                         .places = static_cast<std::int64_t>(seen_[block])});
    }
  }
}

void SightingWriter::forget() {
  numbers_.clear();
  seen_.clear();
}

void SightingWriter::rebuild() {
  using Limits = std::numeric_limits<std::int64_t>;
  const Sighted sighted(db_, SightedBy::observations, Limits::min(), Limits::max(), Limits::max());
  for (std::size_t i = 0; i < sighted.snapshots().size(); ++i) {
    begin_document();
    for (const auto& [place, seen] : sighted.by_place()) {
      if (seen[i]) {
        see(number_of(place));
      }
    }
    end_document(sighted.snapshots()[i].snapshot_seq);
  }
  flush();
}

}  // namespace fleetmeter::store
