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

/// One thing wrong in a document: where, why, and the bytes of the record that was left out.
struct Reject {
  std::uint64_t record_offset = 0;  ///< in the decompressed source
  std::uint64_t record_length = 0;
  std::uint64_t byte_offset = 0;  ///< of the value at fault
  std::string json_pointer;       ///< RFC 6901, from the document's root
  std::string reason;
  std::string raw;  ///< the record, on its first only; its beginning when it is over the limit
  /// Records: 0 behind the first fault of one, more when it tells of those not told one by one.
  std::int64_t stands_for = 1;
};

/// A vendor object that is recognised but is not metered (an invoice, say); kept whole.
struct SetAside {
  std::uint64_t byte_offset = 0;
  std::string kind;
  std::string raw;
};

/// Where a snapshot's time came from, best first.
enum class TimeOrigin : unsigned char { envelope, flag, filename, mtime, now };

/// What is known of a document as a whole.
struct DocumentHead {
  std::uint64_t byte_offset = 0;  ///< in the decompressed source
  std::uint64_t byte_length = 0;
  base::Sha256 sha256{};
  Instant observed_at_ms;
  TimeOrigin observed_at_origin = TimeOrigin::envelope;
  Instant own_time_ms;           ///< of the log line around the list, where it says no observedAt
  bool own_time_unread = false;  ///< the log line says one that cannot be read
  std::optional<bool> capped;    ///< as the envelope said
  Text list_kind;
  std::uint64_t record_count = 0;  ///< elements seen, good and bad
  bool is_list = false;            ///< an array of objects, bare or in an envelope
};

/// A document, or a part of one too long to hold at once. Length, digest and counts of the head
/// are complete only in the last part.
struct DocumentPart {
  bool first = true;
  bool last = true;
  bool malformed = false;  ///< not JSON: nothing of this document counts; one reject says why
  DocumentHead head;
  std::vector<Observation> processes;
  std::vector<RoomRecord> rooms;
  std::vector<Reject> rejects;
  std::vector<SetAside> set_aside;
  std::int64_t placeholder_times = 0;  ///< in the processes and rooms: times that mean none
  TextArena texts{kTextBlock};
  bool continues_reject = false;  ///< an earlier run met this document when it was not whole
  std::size_t bytes = 0;          ///< of JSON decoded into this part
  std::size_t held_bytes = 0;     ///< of memory that this takes, roughly
  /// Set when the document is stored already and was not decoded: its good records of processes.
  std::optional<std::int64_t> known_processes;

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
  }
};

/// A file, or standard input, that documents were read from.
struct SourceInfo {
  std::string path;      ///< as the user named it; "-" for standard input
  std::string encoding;  ///< plain, gzip or zstd
};

}  // namespace fleetmeter::model
