#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "store/list_timeline.hpp"
#include "store/polls.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// What the running lists of a store prove of processes that they do not hold.
class AbsenceReader {
 public:
  /// Lists of later snapshots than `known_seq` do not count.
  explicit AbsenceReader(SQLite::Database& db,
                         std::int64_t known_seq = std::numeric_limits<std::int64_t>::max());

  /// The first list that proves a process gone, which was seen in these places: it is later than
  /// the last sight, speaks for the process, and for all of the places. Nothing when there is none,
  /// or when the end of the process is known.
  [[nodiscard]] std::optional<ProvingList> first_without(const meter::Life& life,
                                                         std::span<const Place> places);

  /// Calls `use` for every list in [from, to) that ought to hold the process if it ran, in time
  /// order, until it returns true.
  void each_for(const meter::Life& life, std::span<const Place> places, std::int64_t from_ms,
                std::int64_t to_ms, const std::function<bool(const ProvingList&)>& use);

  /// Takes in a list that has its rows by now.
  void add(const ListScope& scope, const ProvingList& list);

  /// Forgets what memory holds, because the store changed beneath it.
  void forget() { timelines_.clear(); }

 private:
  [[nodiscard]] ListTimeline& timeline(const ListScope& scope);
  void let_go_of_many();
  [[nodiscard]] bool holds_all(const ProvingList& list, std::span<const Place> places);

  std::int64_t known_seq_;
  Query<ask::ListLists> lists_;
  Query<ask::ListHolds> holds_;
  std::map<ListScope, ListTimeline> timelines_;
  std::uint64_t asked_ = 0;
};

}  // namespace fleetmeter::store
