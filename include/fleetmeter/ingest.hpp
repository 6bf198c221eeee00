#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fleetmeter {

/// What gives a time to a document that does not say one itself. The time in its envelope comes
/// first, then this instant, then a time in its file's name; the file's modification time and the
/// wall clock come last and only when asked for.
struct ObservedAt {
  std::optional<std::int64_t> at_ms;
  bool allow_mtime = false;
  bool allow_now = false;
};

/// Reads `mtime`, `now`, or an instant as RFC 3339. Throws Error(usage).
[[nodiscard]] ObservedAt parse_observed_at(const std::string& text);

/// What became of one source. Records are processes; rooms of documents about rooms are apart.
struct SourceReport {
  std::string source;
  std::int64_t snapshots = 0;   ///< documents stored
  std::int64_t processes = 0;   ///< good records of processes
  std::int64_t new_count = 0;   ///< of them, processes never seen before
  std::int64_t duplicates = 0;  ///< records that said again what was known for that instant
  std::int64_t restated = 0;    ///< records that said something else of a known instant
  std::int64_t rejected = 0;    ///< records, or whole documents, that were not stored
  std::int64_t set_aside = 0;   ///< vendor objects that are not processes, kept whole
  std::int64_t bytes = 0;       ///< read, after decompression
  std::int64_t elapsed_us = 0;
  std::string error;   ///< what stopped this source; "" when nothing did
  int error_code = 0;  ///< the exit code that fits `error`

  [[nodiscard]] bool clean() const { return rejected == 0 && error.empty(); }
};

/// How far a long ingest has come.
struct IngestProgress {
  std::string source;
  std::size_t source_number = 0;  ///< from 1
  std::size_t source_count = 0;
  std::int64_t bytes = 0;          ///< read so far, after decompression
  std::int64_t bytes_on_disk = 0;  ///< of all sources; 0 when unknown
  std::int64_t records = 0;
};

struct IngestOptions {
  ObservedAt observed_at;
  bool dry_run = false;  ///< decode, check and count; write nothing (and need no store)
  std::size_t max_record_bytes = 16 * 1024 * 1024;
  std::function<void(const IngestProgress&)> on_progress;  ///< called about once a megabyte
  std::function<void(const std::string&)> on_message;      ///< one line for each reject and error
};

}  // namespace fleetmeter
