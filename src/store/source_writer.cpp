#include "store/source_writer.hpp"

namespace fleetmeter::store {

SourceWriter::SourceWriter(SQLite::Database& db) : db_(db), add_(db) {}

void SourceWriter::begin_source(const model::SourceInfo& source) {
  source_ = source;
  key_.reset();
}

void SourceWriter::undo_document() {
  if (is_new_in_document_) {
    key_.reset();
  }
}

std::int64_t SourceWriter::key() {
  if (!key_) {
    add_.run({.path = source_.path, .encoding = source_.encoding, .ingested_at_ms = now_ms_});
    key_ = db_.getLastInsertRowid();
    is_new_in_document_ = true;
  }
  return *key_;
}

}  // namespace fleetmeter::store
