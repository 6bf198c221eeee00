#include "store/hindsight.hpp"

#include <algorithm>

namespace fleetmeter::store {

Hindsight::Hindsight(Queries& queries, std::int64_t known_seq) : queries_(queries) {
  const auto last = queries_.of<ask::LastKnown>().first().value();
  knows_all_ = last.snapshot_seq.value_or(0) <= known_seq;
  if (knows_all_) {
    return;
  }
  last_key_ = find_last_key(known_seq, last.process_key.value_or(0));
  const auto list_ms =
      queries_.of<ask::FirstLaterList>().first({.known_seq = known_seq}).value().observed_at_ms;
  for (const auto& row : queries_.of<ask::ListKnownOtherwise>().rows(
           {.known_seq = known_seq, .last_key = last_key_, .list_ms = list_ms})) {
    changed_.push_back(row.process_key);
  }
}

/// Processes are numbered as they were named, so those that were named by then come first.
std::int64_t Hindsight::find_last_key(std::int64_t known_seq, std::int64_t last_key) {
  std::int64_t named = 0;  // the greatest number that is known to be of one
  std::int64_t later = last_key + 1;
  while (named + 1 < later) {
    const std::int64_t middle = named + (later - named) / 2;
    const auto row = queries_.of<ask::NamedFrom>().first({.process_key = middle});
    if (row && row->process_key < later && held("named_seq", row->named_seq) <= known_seq) {
      named = row->process_key;
    } else {
      later = middle;
    }
  }
  return named;
}

bool Hindsight::is_of(std::int64_t process_key) const {
  return process_key > last_key_ ||
         std::binary_search(changed_.begin(), changed_.end(), process_key);
}

void Hindsight::each_named_later(std::int64_t to_ms,
                                 const std::function<void(const RolledProcess&)>& use) const {
  if (knows_all_) {
    return;
  }
  for (const auto& row :
       queries_.of<ask::ListNamedLater>().rows({.last_key = last_key_, .to_ms = to_ms})) {
    use(rolled_process(row));
  }
}

}  // namespace fleetmeter::store
