#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "meter/absence.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// A running list, as far as it proves anything.
struct ProvingList {
  std::int64_t observed_at_ms = 0;
  std::int64_t snapshot_seq = 0;
  meter::ListFloor floor;
};

/// Of a row of table list_scope.
[[nodiscard]] inline ProvingList proving_list(const ask::ListLists::Out& row) {
  constexpr std::int64_t kNone = meter::ListFloor::kNone_ms;
  return {row.observed_at_ms,
          row.snapshot_seq,
          {row.started_floor_ms.value_or(kNone), row.starting_floor_ms.value_or(kNone)}};
}

/// Before another one in time; of one instant, by when it became known.
[[nodiscard]] inline bool is_earlier(const ProvingList& a, const ProvingList& b) {
  return a.observed_at_ms != b.observed_at_ms ? a.observed_at_ms < b.observed_at_ms
                                              : a.snapshot_seq < b.snapshot_seq;
}

/// The apps and regions that a list speaks for, as table list_scope has them.
struct ListScope {
  static constexpr std::int64_t kEveryRegion = 0;

  std::int64_t app_key = 0;
  std::int64_t region_key = kEveryRegion;

  friend bool operator==(const ListScope&, const ListScope&) = default;
  friend auto operator<=>(const ListScope&, const ListScope&) = default;
};

/// The running lists of one scope in time order. They are read a block at a time, when they are
/// asked for. Of a block that was let go it is still known which processes none of its lists speaks
/// for, so that a process that no list ever speaks for is told without reading them all again.
class ListTimeline {
 public:
  /// Later snapshots than `known_seq` do not count.
  ListTimeline(Query<ask::ListLists>& lists, const ListScope& scope, std::int64_t known_seq)
      : lists_(lists), scope_(scope), known_seq_(known_seq) {}

  /// Calls `use` for every list in [from, to) that speaks for the process, in time order, until it
  /// returns true.
  void each_for(const meter::Life& life, std::int64_t from_ms, std::int64_t to_ms,
                const std::function<bool(const ProvingList&)>& use);

  /// Takes in a list that has its row by now.
  void add(const ProvingList& list);

  /// Lets the lists go; what was made of them stays, unless that is much itself.
  void let_go();

  /// How many lists and blocks are held in memory.
  [[nodiscard]] std::size_t held() const { return held_ + blocks_.size(); }

 private:
  struct Block {
    std::int64_t to_ms = 0;  ///< where the next one begins
    bool is_held = false;
    std::vector<ProvingList> lists;
    meter::ListFloor least;  ///< of all its lists, each of the two for itself
    bool is_empty = true;    ///< it has no list
  };
  using Blocks = std::map<std::int64_t, Block>;  ///< by where they begin

  [[nodiscard]] Blocks::iterator block_at(std::int64_t at_ms);
  void read(std::int64_t from_ms, Block& block);
  static void take(const ProvingList& list, Block& block);

  Query<ask::ListLists>& lists_;
  ListScope scope_;
  std::int64_t known_seq_;
  Blocks blocks_;
  std::size_t held_ = 0;
};

}  // namespace fleetmeter::store
