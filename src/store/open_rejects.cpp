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
  of_source_ = nullptr;
  for (std::size_t kept = 0; kept < kMostKept && list_.next(); ++kept) {
    by_path_[list_.text(0)].emplace(static_cast<std::uint64_t>(list_.integer(1)), list_.integer(2));
  }
  list_.reset();
}

void OpenRejects::begin_source(const std::string& path) {
  const auto found = by_path_.find(path);
  of_source_ = found == by_path_.end() ? nullptr : &found->second;
}

void OpenRejects::make_good(std::uint64_t offset, std::int64_t snapshot_seq) {
  const auto [begin, end] = of_source_->equal_range(offset);
  for (auto at = begin; at != end; ++at) {
    make_good_.with(snapshot_seq, at->second).run();
  }
  of_source_->erase(begin, end);
}

}  // namespace fleetmeter::store
