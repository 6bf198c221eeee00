#include "store/open_rejects.hpp"

#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostKept = 100'000;

}  // namespace

OpenRejects::OpenRejects(SQLite::Database& db)
    : list_(db, sql::queries::ingest::list_open_rejects),
      make_good_(db, sql::queries::ingest::make_reject_good, {":snapshot_seq", ":reject_key"}) {}

void OpenRejects::begin_run() {
  by_path_.clear();
  for (std::size_t kept = 0; kept < kMostKept && list_.next(); ++kept) {
    OfSource& source = by_path_[list_.text(0)];
    const auto offset = static_cast<std::uint64_t>(list_.integer(1));
    source.places.insert_or_assign(offset, list_.bytes(2));
    source.keys.emplace(offset, list_.integer(3));
  }
  list_.reset();
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
    make_good_.with(snapshot_seq, at->second).run();
  }
  keys.erase(begin, end);
}

}  // namespace fleetmeter::store
