#pragma once

#include <memory>
#include <string>
#include <vector>

#include "decode/document_reader.hpp"
#include "fleetmeter/ingest.hpp"
#include "store/snapshot_writer.hpp"

namespace fleetmeter::ingest {

/// Sources → documents → a store. Kept while the store is open, because what it remembers of
/// processes makes the next run short.
///
/// Much is read and decoded ahead on a thread of its own; the store and the callbacks of the
/// options are used on the caller's thread alone. After an exception the ingestor is unusable.
class Ingestor {
 public:
  Ingestor(SQLite::Database& db, const std::string& path);

  [[nodiscard]] std::vector<SourceReport> run(const std::vector<std::string>& paths,
                                              const IngestOptions& options);
  /// The same for bytes that are no file, which are read on the caller's thread.
  [[nodiscard]] SourceReport run(const Input& input, const IngestOptions& options);

 private:
  template <class What>
  [[nodiscard]] std::vector<SourceReport> run_what(const What& what, const IngestOptions& options);

  store::SnapshotWriter writer_;
  std::string path_;
  std::shared_ptr<decode::Workspace> workspace_;
};

/// Sources → documents → counts only; writes nothing.
[[nodiscard]] std::vector<SourceReport> check(const std::vector<std::string>& paths,
                                              const IngestOptions& options);
[[nodiscard]] SourceReport check(const Input& input, const IngestOptions& options);

}  // namespace fleetmeter::ingest
