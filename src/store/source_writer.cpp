#include "store/source_writer.hpp"

namespace fleetmeter::store {

SourceWriter::SourceWriter(SQLite::Database& db, ControlSums& sums)
    : db_(db), add_(db), sum_(sums.of("source")) {}

void SourceWriter::begin_source(const model::SourceInfo& source, std::optional<std::int64_t> key) {
  source_ = source;
  key_ = key;
}

void SourceWriter::undo_document() {
  if (is_new_in_document_) {
    key_.reset();
  }
}

std::int64_t SourceWriter::key() {
  if (!key_) {
    key_ = sum_.insert(
        db_, add_, {.path = source_.path, .encoding = source_.encoding, .ingested_at_ms = now_ms_});
    is_new_in_document_ = true;
  }
  return *key_;
}

}  // namespace fleetmeter::store
