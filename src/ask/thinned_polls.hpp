#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "ask/answer.hpp"
#include "ask/place_lists.hpp"
#include "meter/life.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// Every poll of an archive, and which of them remain when of each app and region only every second
/// one, or every fourth, had been made. The first of all is kept, so that the same polls remain in
/// whatever window is asked about.
class ThinnedPolls {
 public:
  static constexpr std::array<std::size_t, 3> kEvery{1, 2, 4};
  static constexpr std::size_t kWays = kEvery.size();

  ThinnedPolls(const Question& question, const meter::Window& window, store::Reader& reader);

  /// Which poll of its place an observation was made at, counted from 0. A right guess saves time.
  [[nodiscard]] std::size_t number_of(const store::Place& place, std::int64_t at_ms,
                                      std::size_t guess = 0) const;
  /// Whether that poll is kept in a way of thinning, an index into kEvery.
  [[nodiscard]] static bool keeps(std::size_t way, std::size_t number) {
    return number % kEvery[way] == 0;
  }
  /// Whether a running list of an instant is kept where it speaks for all of some places.
  [[nodiscard]] bool keeps_list(std::size_t way, std::span<const store::Place> places,
                                std::int64_t at_ms) const;

  /// What follows is of the window, and of the places that pass the question's filters.

  /// The usual distance between polls of one place.
  [[nodiscard]] std::int64_t usual_ms(std::size_t way) const { return usual_ms_[way]; }
  /// How many documents a day that takes, rounded up.
  [[nodiscard]] std::int64_t documents_per_day(std::size_t way) const;
  /// The same, had each document been asked for once for every place that it speaks for.
  [[nodiscard]] std::int64_t documents_by_place_per_day() const;
  /// How many a day are so many in the time between the first poll and the last, rounded up.
  [[nodiscard]] std::int64_t per_day(std::int64_t count) const;

 private:
  using Shot =
      std::pair<std::int64_t, std::int64_t>;  ///< observed_at_ms, its document's first snapshot
  struct Document {
    std::array<bool, kWays> is_kept{};
    std::int64_t places = 0;
  };
  struct Documents {
    std::int64_t count = 0;
    std::int64_t instants = 0;
    std::int64_t first_ms = 0;
    std::int64_t last_ms = 0;
  };
  [[nodiscard]] static std::int64_t rate(std::int64_t count, const Documents& of);
  void take_place(const std::vector<Shot>& shots, bool passes, const meter::Window& window);
  void count_documents();

  std::map<store::Place, std::size_t> place_no_;
  std::vector<std::vector<std::int64_t>> polls_;  ///< by place_no_, in time order
  std::array<std::vector<std::int64_t>, kWays> distances_;
  std::map<Shot, Document> documents_by_time_;
  std::array<std::int64_t, kWays> usual_ms_{};
  std::array<Documents, kWays> documents_;
  std::int64_t by_place_ = 0;
};

}  // namespace fleetmeter::ask
