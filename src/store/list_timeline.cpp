#include "store/list_timeline.hpp"

#include <algorithm>

#include "base/invariant.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kBlock = 256;  // lists that are read at once
constexpr std::size_t kMostBlocks = 10'000;
constexpr std::size_t kLongest = 2 * kBlock;  // with those that came since

}  // namespace

void ListTimeline::each_for(const meter::Life& life, std::int64_t from_ms, std::int64_t to_ms,
                            const std::function<bool(const ProvingList&)>& use) {
  for (std::int64_t at_ms = from_ms; at_ms < to_ms;) {
    const auto found = block_at(at_ms);
    Block& block = found->second;
    if (!block.is_empty && meter::speaks_for(block.least, life)) {
      if (!block.is_held) {
        read(found->first, block);
      }
      const auto first = std::lower_bound(
          block.lists.begin(), block.lists.end(), at_ms,
          [](const ProvingList& list, std::int64_t at) { return list.observed_at_ms < at; });
      for (auto list = first; list != block.lists.end() && list->observed_at_ms < to_ms; ++list) {
        if (meter::speaks_for(list->floor, life) && use(*list)) {
          return;
        }
      }
    }
    at_ms = block.to_ms;
  }
}

/// The block that holds an instant. One that was never looked at is read; it begins there.
ListTimeline::Blocks::iterator ListTimeline::block_at(std::int64_t at_ms) {
  const auto next = blocks_.upper_bound(at_ms);
  if (next != blocks_.begin() && std::prev(next)->second.to_ms > at_ms) {
    return std::prev(next);
  }
  Block block;
  block.to_ms = next == blocks_.end() ? meter::kNever_ms : next->first;
  read(at_ms, block);
  return blocks_.emplace_hint(next, at_ms, std::move(block));
}

/// Reads the lists of a block; a long one becomes shorter. Lists of one instant stay together.
void ListTimeline::read(std::int64_t from_ms, Block& block) {
  block.lists.clear();
  block.is_held = block.is_empty = true;
  for (const auto& row : lists_.rows({.app_key = scope_.app_key,
                         .region_key = scope_.region_key,
                         .from_ms = from_ms,
                         .to_ms = block.to_ms,
                         .known_seq = known_seq_})) {
    if (block.lists.size() >= kBlock && block.lists.back().observed_at_ms != row.observed_at_ms) {
      block.to_ms = row.observed_at_ms;
      break;
    }
    take(proving_list(row), block);
  }
  held_ += block.lists.size();
}

void ListTimeline::take(const ProvingList& list, Block& block) {
  meter::ListFloor& least = block.least;
  least.started_ms =
      block.is_empty ? list.floor.started_ms : std::min(least.started_ms, list.floor.started_ms);
  least.starting_ms =
      block.is_empty ? list.floor.starting_ms : std::min(least.starting_ms, list.floor.starting_ms);
  block.is_empty = false;
  block.lists.push_back(list);
}

void ListTimeline::add(const ProvingList& list) {
  const auto next = blocks_.upper_bound(list.observed_at_ms);
  if (next == blocks_.begin() || std::prev(next)->second.to_ms <= list.observed_at_ms) {
    return;  // it will be read when it is asked for
  }
  const auto found = std::prev(next);
  Block& block = found->second;
  if (!block.is_held || block.lists.size() >= kLongest) {
    held_ -= block.lists.size();
    blocks_.erase(found);
    return;
  }
  take(list, block);
  std::inplace_merge(block.lists.begin(), std::prev(block.lists.end()), block.lists.end(),
                     is_earlier);
  held_ += 1;
}

void ListTimeline::let_go() {
  if (blocks_.size() > kMostBlocks) {
    blocks_.clear();
  }
  for (auto& [from_ms, block] : blocks_) {
    block.lists = {};
    block.is_held = false;
  }
  held_ = 0;
}

}  // namespace fleetmeter::store
