#include "store/labels.hpp"

namespace fleetmeter::store {

namespace {

// Labels are few; an archive where they are not must not fill the memory.
constexpr std::size_t kMostKept = 50'000;
constexpr std::size_t kMostBytesKept = 4 * 1024 * 1024;

}  // namespace

Labels::Labels(SQLite::Database& db, ControlSums& sums)
    : db_(db), find_(db), add_(db), sum_(sums.of("label")) {}

normalise::Key Labels::key_of(std::string_view label) {
  if (const auto found = known_.find(label); found != known_.end()) {
    return found->second;
  }
  normalise::Key key = 0;
  if (const auto found = find_.first({.label = label})) {
    key = found->label_key;
  } else {
    key = sum_.insert(db_, add_, {.label = label});
  }
  if (known_.size() >= kMostKept || known_bytes_ >= kMostBytesKept) {
    forget();
  }
  known_.emplace(label, key);
  known_bytes_ += label.size();
  return key;
}

}  // namespace fleetmeter::store
