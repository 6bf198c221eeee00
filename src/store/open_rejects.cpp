#include "store/open_rejects.hpp"

#include <iterator>

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostKept = 100'000;

}  // namespace

OpenRejects::OpenRejects(SQLite::Database& db) : list_(db), list_refused_(db), make_good_(db) {}

void OpenRejects::begin_run() {
  by_path_.clear();
  refused_.reset();
  std::size_t kept = 0;
  for (const auto& row : list_.rows()) {
    if (++kept > kMostKept) {
      break;
    }
    OfSource& source = by_path_[row.path];
    const auto offset = static_cast<std::uint64_t>(row.record_offset);
    source.places.insert_or_assign(offset, row.begins);
    source.keys.emplace(offset, row.reject_key);
  }
}

const model::RejectedPlaces* OpenRejects::of(const std::string& path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : &found->second.places;
}

void OpenRejects::make_good(const std::string& path, std::uint64_t offset,
                            std::int64_t snapshot_seq) {
  auto& keys = by_path_.at(path).keys;
  const auto [begin, end] = keys.equal_range(offset);
  for (auto at = begin; at != end; ++at) {
    make_good_.run({.reject_key = at->second, .snapshot_seq = snapshot_seq});
  }
  keys.erase(begin, end);
}

bool OpenRejects::awaits(std::string_view sha256, std::int64_t observed_at_ms) {
  if (!refused_) {
    refused_.emplace();
    const std::string reason = std::string("%") + kRefusedForPruning;
    for (const auto& row : list_refused_.rows({.reason = reason})) {
      refused_->emplace(Document(row.sha256, row.observed_at_ms), row.reject_key);
    }
  }
  return refused_->contains({std::string(sha256), observed_at_ms});
}

std::int64_t OpenRejects::take_up(std::string_view sha256, std::int64_t observed_at_ms,
                                  std::int64_t snapshot_seq) {
  if (!awaits(sha256, observed_at_ms)) {
    return 0;
  }
  const auto [begin, end] = refused_->equal_range({std::string(sha256), observed_at_ms});
  const auto count = std::distance(begin, end);
  for (auto at = begin; at != end; ++at) {
    make_good_.run({.reject_key = at->second, .snapshot_seq = snapshot_seq});
  }
  refused_->erase(begin, end);
  return count;
}

}  // namespace fleetmeter::store
