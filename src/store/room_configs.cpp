#include "store/room_configs.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::int64_t kRecalled = 64;  // of the store's, when writing begins
constexpr std::size_t kMostKept = 1024;
constexpr std::size_t kMostBytesKept = 256 * 1024;

}  // namespace

RoomConfigs::RoomConfigs(SQLite::Database& db) : keys_(db), list_late_(db), add_(db) {}

normalise::OptionalKey RoomConfigs::key_of(const std::optional<std::string>& text) {
  if (!text) {
    return std::nullopt;
  }
  if (!is_recalled_) {
    recall();
  }
  if (const auto found = known_.find(*text); found != known_.end()) {
    return found->second;
  }
  const normalise::Key key = keys_.next();
  add_.add({.room_config_key = key, .room_config = *text});
  keep(*text, key);
  return key;
}

/// Takes into memory what was written last, so that a run that stores one poll finds it again.
void RoomConfigs::recall() {
  for (const auto& row : list_late_.rows({.most = kRecalled})) {
    keep(row.room_config, row.room_config_key);
  }
  is_recalled_ = true;
}

void RoomConfigs::keep(std::string_view text, normalise::Key key) {
  if (known_.size() >= kMostKept || known_bytes_ >= kMostBytesKept) {
    known_.clear();
    known_bytes_ = 0;
  }
  if (known_.emplace(text, key).second) {
    known_bytes_ += text.size();
  }
}

void RoomConfigs::forget() {
  known_.clear();
  known_bytes_ = 0;
  is_recalled_ = false;
  keys_.forget();
}

}  // namespace fleetmeter::store
