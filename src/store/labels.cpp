#include "store/labels.hpp"

namespace fleetmeter::store {

namespace {

// Labels are few; an archive where they are not must not fill the memory.
constexpr std::size_t kMostKept = 50'000;
constexpr std::size_t kMostBytesKept = 4 * 1024 * 1024;

}  // namespace

Labels::Labels(SQLite::Database& db) : db_(db), find_(db), add_(db) {}

normalise::Key Labels::key_of(std::string_view label) {
  if (const auto found = known_.find(label); found != known_.end()) {
    return found->second;
  }
  normalise::Key key = 0;
  if (const auto found = find_.first({.label = label})) {
    key = found->label_key;
  } else {
    add_.run({.label = label});
    key = db_.getLastInsertRowid();
  }
  if (known_.size() >= kMostKept || known_bytes_ >= kMostBytesKept) {
    forget();
  }
  known_.emplace(label, key);
  known_bytes_ += label.size();
  return key;
}

}  // namespace fleetmeter::store
