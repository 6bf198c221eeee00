#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <optional>
#include <string>

#include "model/document.hpp"
#include "store/control_sums.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// The source that documents come from now. Its row is written with the first row that names it, so
/// that a source which gave nothing new leaves no trace.
class SourceWriter {
 public:
  SourceWriter(SQLite::Database& db, ControlSums& sums);

  /// `now_ms` is the wall time that rows of this run are stamped with; no answer depends on it.
  void begin_run(std::int64_t now_ms) { now_ms_ = now_ms; }
  /// `key` is that of its row, where an earlier part of the source has one.
  void begin_source(const model::SourceInfo& source, std::optional<std::int64_t> key = {});

  /// The row may be undone from here on, together with the document that begins now.
  void begin_document() { is_new_in_document_ = false; }
  /// The document that began last was undone, and with it the row, if that was written since.
  void undo_document();

  /// The key of the source's row, which is written when there is none yet.
  [[nodiscard]] std::int64_t key();
  [[nodiscard]] const std::optional<std::int64_t>& key_if_written() const { return key_; }
  [[nodiscard]] const std::string& path() const { return source_.path; }
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }

 private:
  SQLite::Database& db_;
  Query<ingest::AddSource> add_;
  ControlSum& sum_;
  std::int64_t now_ms_ = 0;
  model::SourceInfo source_;
  std::optional<std::int64_t> key_;  ///< absent until the row is written
  bool is_new_in_document_ = false;
};

}  // namespace fleetmeter::store
