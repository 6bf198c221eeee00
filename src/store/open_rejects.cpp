#include "store/open_rejects.hpp"

#include "base/sha256.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostKept = 100'000;

}  // namespace

OpenRejects::OpenRejects(SQLite::Database& db, ControlSums& sums)
    : list_(db), find_refused_(db), add_(db), made_good_(sums.of("made_good")) {}

void OpenRejects::begin_run() {
  by_path_.clear();
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
    made_good_.run(add_, {.reject_key = at->second, .snapshot_seq = snapshot_seq});
  }
  keys.erase(begin, end);
}

/// The reject of a document's refused records.
std::optional<std::int64_t> OpenRejects::refused(const model::DocumentHead& head) {
  const auto row = find_refused_.first(
      {.sha256 = {base::as_bytes(head.sha256)}, .observed_at_ms = head.observed_at_ms.value_or(0)});
  return row ? std::optional(row->reject_key) : std::nullopt;
}

void OpenRejects::take_up(const model::DocumentHead& head, std::int64_t snapshot_seq) {
  if (const auto reject_key = refused(head)) {
    made_good_.run(add_, {.reject_key = *reject_key, .snapshot_seq = snapshot_seq});
  }
}

}  // namespace fleetmeter::store
