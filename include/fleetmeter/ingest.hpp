#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fleetmeter/absence.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// Gives a time to documents that do not say one themselves. The first of these that says a time
/// counts: the document's envelope, this instant, the file's name. The file's modification time and
/// the wall clock come last, and only when they are asked for.
struct ObservedAt {
  std::optional<std::int64_t> at_ms;
  bool allow_mtime = false;
  bool allow_now = false;
};

/// Reads `mtime`, `now`, or an instant as RFC 3339. Throws Error(usage).
[[nodiscard]] ObservedAt parse_observed_at(const std::string& text);

/// Bytes that are no file: a body that was received, a column of a table, an object of a bucket.
/// They may hold what a file may: one document or many, packed or not.
struct Input {
  Input(std::string called, std::function<std::size_t(char* into, std::size_t size)> reading)
      : name(std::move(called)), read(std::move(reading)) {}

  /// What it is called as a source: in reports, and in the evidence behind every number. As of a
  /// file, its time may be read from it. Not empty, and not "-". The same bytes under another name
  /// are known again; other bytes under the same name are another version of it.
  std::string name;
  /// Reads at most `size` bytes and returns how many; 0 at the end. It is called on the thread of
  /// the ingest alone. What it throws ends the ingest and comes out of it; what was committed
  /// before stays, and the rest is as if it had not been read.
  std::function<std::size_t(char* into, std::size_t size)> read;
};

/// Bytes in memory, which must stay until the ingest has ended.
[[nodiscard]] Input input_of(std::string name, std::span<const std::byte> bytes);

/// A stream, from where it stands to its end. One that goes bad is a source that cannot be read.
[[nodiscard]] Input input_of(std::string name, std::istream& stream);

/// What became of one source. A folder of which something was passed over has such a row, too.
/// Records here are those of processes; documents about rooms are counted apart.
struct SourceReport {
  enum class Status {
    stored,      ///< everything in it is in the store
    known,       ///< and was before
    partly,      ///< some of it is, some is not
    no_time,     ///< nothing says when it was observed
    unreadable,  ///< it cannot be opened, read or unpacked
    rejected,    ///< nothing in it could be stored
  };

  std::string source;
  std::int64_t snapshots = 0;        ///< documents stored
  std::int64_t processes = 0;        ///< good records of processes
  std::int64_t new_count = 0;        ///< of them, processes never seen before
  std::int64_t duplicates = 0;       ///< records that said again what was known for that instant
  std::int64_t restated = 0;         ///< records that said something else of a known instant
  std::int64_t rejected = 0;         ///< records, or whole documents, that were not stored
  std::int64_t rejected_before = 0;  ///< of them, reported by an earlier run
  std::int64_t made_good = 0;    ///< rejects of earlier runs whose place holds a good document now
  std::int64_t set_aside = 0;    ///< vendor objects that are not processes, kept whole
  std::int64_t known = 0;        ///< documents that were stored before
  std::int64_t untimed = 0;      ///< documents that nothing gives a time to
  std::int64_t passed_over = 0;  ///< entries of a folder that are no archives
  std::int64_t shared_time = 0;  ///< new documents that share the time in the source's name
  std::int64_t placeholder_times = 0;   ///< times that mean none (year 1, 1970, 9999), read as null
  std::int64_t scope_contradicted = 0;  ///< running lists with a process of another app or region
  std::int64_t bytes = 0;               ///< read, after decompression
  std::int64_t elapsed_us = 0;
  std::string error;   ///< what stopped this source; "" when nothing did
  int error_code = 0;  ///< the exit code that fits `error`

  [[nodiscard]] Status status() const;
  /// Whether something of it is in the store, by now or since before.
  [[nodiscard]] bool is_in_store() const {
    return snapshots > 0 || known > 0 || duplicates > 0 || set_aside > 0;
  }
  /// Whether all of it could be stored.
  [[nodiscard]] bool clean() const { return rejected == 0 && error.empty(); }
  /// Whether there is something to tell that no earlier run told of.
  [[nodiscard]] bool is_news() const {
    return rejected > rejected_before || !error.empty() || shared_time > 0 || passed_over > 0 ||
           scope_contradicted > 0;
  }

  static const std::vector<Column<SourceReport>>& columns();
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
  std::string name_tz;       ///< IANA zone of times in names that have none; "": they are no times
  std::string name_pattern;  ///< how paths say time, app, region and list; "": by the usual forms
  std::string list;      ///< which list documents hold that do not say it: `running`; "": unsaid
  std::string list_app;  ///< the app that it was asked for; likewise, as the next
  std::string list_region;
  Absence absence = Absence::trust;  ///< ignore: running lists are stored as any other list
  std::vector<std::string> include;  ///< globs of more files to read in folders
  bool any_time = false;  ///< also documents of before 2000, or of more than a day ahead of now
  bool dry_run = false;   ///< decode, check and count; write nothing (and need no store)
  std::size_t max_record_bytes = 16 * 1024 * 1024;
  std::function<void(const IngestProgress&)> on_progress;  ///< called about once a megabyte
  std::function<void(const std::string&)> on_message;      ///< one line for each reject and error
  /// Asked between two documents: true ends the run. What is whole by then is committed, and the
  /// reports tell of it.
  std::function<bool()> should_stop;
};

}  // namespace fleetmeter
