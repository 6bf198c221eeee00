#include "store/labels.hpp"

#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

// Labels are few; an archive where they are not must not fill the memory.
constexpr std::size_t kMostKept = 50'000;
constexpr std::size_t kMostBytesKept = 4 * 1024 * 1024;

}  // namespace

Labels::Labels(SQLite::Database& db)
    : db_(db),
      find_(db, sql::queries::ingest::find_label, {":label"}),
      add_(db, sql::queries::ingest::add_label, {":label"}) {}

normalise::Key Labels::key_of(std::string_view label) {
  if (const auto found = known_.find(label); found != known_.end()) {
    return found->second;
  }
  find_.with(label);
  normalise::Key key = 0;
  if (find_.next()) {
    key = find_.integer(0);
    find_.reset();
  } else {
    add_.with(label).run();
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
