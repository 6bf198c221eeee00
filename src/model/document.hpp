#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.hpp"
#include "model/record.hpp"
#include "model/text_arena.hpp"

namespace fleetmeter::model {

/// One thing that is wrong in a document: where it is, why it is wrong, and the bytes of the record
/// that was left out because of it.
struct Reject {
  std::uint64_t record_offset = 0;  ///< in the decompressed source
  std::uint64_t record_length = 0;
  std::uint64_t byte_offset = 0;  ///< where the value at fault stands
  std::string json_pointer;       ///< RFC 6901, from the document's root
  std::string reason;
  /// The record, or its beginning when it is over the limit. Of several rejects of one record only
  /// the first has it.
  std::string raw;
  /// For how many records it stands: 1; 0 when it is a further reject of the same record; more when
  /// it tells of records that are not told one by one.
  std::int64_t stands_for = 1;
};

/// A vendor object that is recognised but is not metered, an invoice say. It is kept whole.
struct SetAside {
  std::uint64_t byte_offset = 0;
  std::string kind;
  std::string raw;
};

/// Where a snapshot's time came from, best first.
enum class TimeOrigin : unsigned char { envelope, flag, filename, mtime, now };

/// What is said of a list beside its elements, or beside its own words. "" is nothing.
struct ListClaim {
  std::string kind;    ///< running, stopped, latest, info
  std::string app;     ///< the app that it was asked for
  std::string region;  ///< likewise
};

/// What is known of a document as a whole.
struct DocumentHead {
  std::uint64_t byte_offset = 0;  ///< in the decompressed source
  std::uint64_t byte_length = 0;
  base::Sha256 sha256{};
  Instant observed_at_ms;
  TimeOrigin observed_at_origin = TimeOrigin::envelope;
  Instant own_time_ms;           ///< what the log line around the list says, without observedAt
  bool own_time_unread = false;  ///< what stands around it says a time that cannot be read
  std::optional<bool> capped;    ///< as the envelope said
  Text list_kind;                ///< running, say; the envelope said it, else the user
  Text list_app;                 ///< the app that was asked for; likewise, as the next
  Text list_region;
  bool list_is_given = false;      ///< some of the three was said beside the document's own words
  bool scope_unread = false;       ///< it says an app or a region that is no text
  std::uint64_t record_count = 0;  ///< how many elements were seen, good and bad
  bool is_list = false;            ///< an array of objects, bare or in an envelope
  bool is_null_list = false;       ///< the envelope has null, or nothing, in place of the array
};

/// Whether a document says that it is a list of the processes that run.
[[nodiscard]] bool is_running_list(const DocumentHead& head);

/// An app and a region that a running list spoke for, and from when on.
struct StoredScope {
  std::string app;
  std::optional<std::string> region;  ///< absent: all of them
  Instant started_floor_ms;
  Instant starting_floor_ms;
};

/// What a store knows of a document that its records do not tell, because those that said again
/// what was known left no row.
struct StoredDocument {
  std::int64_t duplicates = 0;
  std::int64_t rejected = 0;
  std::optional<std::string> list_proof;  ///< as the row of the snapshot says it
  std::vector<StoredScope> list_scopes;
};

/// A document, or a part of one that is too long to be held at once. The head's length, digest and
/// counts are complete only in the last part.
struct DocumentPart {
  bool first = true;
  bool last = true;
  bool malformed = false;  ///< it is not JSON: nothing of it counts, and one reject says why
  DocumentHead head;
  std::vector<Observation> processes;
  std::vector<RoomRecord> rooms;
  std::vector<Reject> rejects;
  std::vector<SetAside> set_aside;
  std::int64_t placeholder_times = 0;  ///< how many times of processes and rooms mean none
  TextArena texts{kTextBlock};
  bool continues_reject = false;  ///< an earlier run met this document when it was not whole
  std::size_t bytes = 0;          ///< how much JSON was decoded into this part
  std::size_t held_bytes = 0;     ///< how much memory this takes, roughly
  /// How many good records of processes the document has, when it is stored already and was
  /// therefore not decoded.
  std::optional<std::int64_t> known_processes;
  std::optional<StoredDocument> stored;  ///< of a document that comes out of a store

  static constexpr std::size_t kTextBlock = 1024;  // texts of processes are their records' own

  void clear_records() {
    processes.clear();
    rooms.clear();
    rejects.clear();
    set_aside.clear();
    placeholder_times = 0;
    texts.clear();
    bytes = held_bytes = 0;
    known_processes.reset();
    stored.reset();
  }
};

/// A file, or standard input, that documents were read from.
struct SourceInfo {
  std::string path;      ///< as the user named it; "-" for standard input
  std::string encoding;  ///< plain, gzip or zstd
};

}  // namespace fleetmeter::model
