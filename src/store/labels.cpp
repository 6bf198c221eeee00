#include "store/labels.hpp"

#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

// Labels are few; an archive where they are not must not fill the memory.
constexpr std::size_t kMostKept = 50'000;

}  // namespace

Labels::Labels(SQLite::Database& db)
    : db_(db),
      find_(db, sql::queries::ingest::find_label),
      add_(db, sql::queries::ingest::add_label) {}

normalise::Key Labels::key_of(std::string_view label) {
  if (const auto found = known_.find(label); found != known_.end()) {
    return found->second;
  }
  find_.bind(":label", label);
  normalise::Key key = 0;
  if (find_.next()) {
    key = find_.integer(0);
    find_.reset();
  } else {
    add_.bind(":label", label).run();
    key = db_.getLastInsertRowid();
  }
  if (known_.size() >= kMostKept) {
    known_.clear();
  }
  known_.emplace(label, key);
  return key;
}

}  // namespace fleetmeter::store
