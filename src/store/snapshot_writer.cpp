#include "store/snapshot_writer.hpp"

#include <algorithm>

#include "base/sha256.hpp"

namespace fleetmeter::store {

namespace {

// What a group of documents says is written together: this bounds memory. In a large fleet one
// document may be as long; where little in them is new, it is some documents at least.
constexpr std::size_t kGroupBytes = 32 * 1024 * 1024;
constexpr std::size_t kGroupDocuments = 12;
constexpr std::size_t kGroupProcesses = 1100;  // more than its largest document has
// A transaction is some groups: a page that several of them change is logged once.
constexpr std::size_t kTransactionBytes = 6 * kGroupBytes;
constexpr std::size_t kTransactionDocuments = 4096;
constexpr std::int64_t kListCut = 10;  // the vendor's lists end here

const char* origin_name(model::TimeOrigin origin) {
  switch (origin) {
    case model::TimeOrigin::envelope:
      return "envelope";
    case model::TimeOrigin::flag:
      return "flag";
    case model::TimeOrigin::filename:
      return "filename";
    case model::TimeOrigin::mtime:
      return "mtime";
    case model::TimeOrigin::now:
      break;
  }
  return "now";
}

std::int64_t as_integer(std::uint64_t offset) {
  return static_cast<std::int64_t>(offset);
}

}  // namespace

SnapshotWriter::SnapshotWriter(SQLite::Database& db)
    : db_(db),
      labels_(db),
      processes_(db),
      rooms_(db, labels_, processes_),
      add_source_(db),
      last_seq_(db),
      find_snapshot_(db),
      add_snapshot_(db),
      load_known_(db),
      add_room_observation_(db),
      add_listed_allocation_(db),
      load_known_rooms_(db),
      sightings_(db),
      leftovers_(db, [this] { return source_key(); }),
      open_rejects_(db),
      rollups_(db) {}

SnapshotWriter::~SnapshotWriter() {
  if (in_transaction_) {
    try {
      db_.exec("ROLLBACK");
    } catch (const SQLite::Exception&) {  // the connection is closing and will do it
    }
  }
}

// ---- transactions

void SnapshotWriter::begin_transaction() {
  if (in_transaction_) {
    return;
  }
  db_.exec("BEGIN IMMEDIATE");
  in_transaction_ = true;
  // Changed when another connection wrote since our last transaction: memory may be out of date.
  const std::int64_t version = db_.execAndGet("PRAGMA data_version").getInt64();
  if (version != data_version_) {
    data_version_ = version;
    forget();
    next_seq_ = last_seq_.first().value().snapshot_seq + 1;
  }
}

void SnapshotWriter::commit() {
  if (!in_transaction_) {
    return;
  }
  write_group();
  db_.exec("COMMIT");
  in_transaction_ = false;
  transaction_documents_ = transaction_bytes_ = 0;
}

/// Writes what memory took in, and lets go of what is likely to be over.
void SnapshotWriter::write_group() {
  for (ProcessMemory* process : processes_.changed()) {
    tell_repeat(*process);
  }
  processes_.write_observations();
  sightings_.flush();
  roll_up();
  processes_.flush();
  rooms_.flush();
  processes_.trim(group_);
  rooms_.trim(group_);
  ++group_;
  group_bytes_ = group_held_ = group_documents_ = largest_document_ = 0;
}

/// Takes what the rollups know of the changed processes on to what is known of them now.
void SnapshotWriter::roll_up() {
  for (ProcessMemory* process : processes_.changed()) {
    const std::int64_t process_key = process->process_key;
    if (!process->track_is_loaded) {
      process->track = rollups_.track_of(process_key);
      process->track_is_loaded = true;
    }
    rollup::Change change{
        process->rolled_up, process->facts(), process->track, std::move(process->fresh), {}};
    change.all = [&] { return rollups_.readings_of(process_key, document_at_ms_); };
    process->fresh.clear();
    process->track = rollups_.take(change);
    process->rolled_up = change.after;
    rollups_.reach_back_to(change.after.life.first_seen_ms);
    for (const ProcessMemory::AttributeRow& row : process->attributes) {
      for (const model::Instant& at : {row.content.starting_at_ms, row.content.started_at_ms}) {
        rollups_.reach_back_to(at.value_or(change.after.life.first_seen_ms));
      }
    }
  }
  rollups_.flush();
}

void SnapshotWriter::forget() {
  labels_.forget();
  processes_.forget();
  rooms_.forget();
  sightings_.forget();
  rollups_.forget();
}

void SnapshotWriter::finish() {
  commit();
}

// ---- sources

bool SnapshotWriter::has_snapshots() {
  return last_seq_.first().value().snapshot_seq > 0;
}

void SnapshotWriter::begin_run(std::int64_t now_ms) {
  now_ms_ = now_ms;
  leftovers_.begin_run(now_ms);
  open_rejects_.begin_run();
}

void SnapshotWriter::begin_source(const model::SourceInfo& source) {
  source_ = source;
  source_key_.reset();
  counts_ = {};
  leftovers_.begin_source(source.path);
}

WriteCounts SnapshotWriter::end_source() {
  if (leftovers_.left_out() > 0) {
    begin_transaction();
    counts_.rejected_before -= leftovers_.end_source();
  }
  return counts_;
}

void SnapshotWriter::pause() {
  if (!inside_document_) {
    commit();
  }
}

void SnapshotWriter::abandon_document() {
  inside_document_ = false;
  if (long_document_) {
    undo_document();
    db_.exec("RELEASE document");
    long_document_ = false;
  }
}

/// The source's row is written when its first new document is.
std::int64_t SnapshotWriter::source_key() {
  if (!source_key_) {
    add_source_.run(
        {.path = source_.path, .encoding = source_.encoding, .ingested_at_ms = now_ms_});
    source_key_ = db_.getLastInsertRowid();
    source_is_new_in_document_ = true;
  }
  return *source_key_;
}

// ---- documents

bool SnapshotWriter::write(const model::DocumentPart& part) {
  if (part.known_processes) {
    counts_.processes += *part.known_processes;
    counts_.duplicates += *part.known_processes;
    if (part.continues_reject) {
      begin_transaction();
      make_good(part, next_seq_ - 1);
    }
    return false;
  }
  bool is_news = true;
  begin_transaction();
  if (part.first) {
    begin_document(part);
  }
  inside_document_ = !part.last;
  if (part.last && part.malformed) {
    undo_document();
    is_news = leftovers_.write_rejects(part, std::nullopt);
    counts_.rejected += 1;
    counts_.rejected_before += is_news ? 0 : 1;
  } else if (part.first && part.last && knows(part.head)) {
    const std::int64_t rejected = count_rejected(part);
    counts_.processes += static_cast<std::int64_t>(part.processes.size());
    counts_.duplicates += static_cast<std::int64_t>(part.processes.size() + part.rooms.size());
    counts_.rejected += rejected;
    counts_.rejected_before += rejected;
    leftovers_.pass_over(part);
    make_good(part, next_seq_ - 1);
    is_news = false;
  } else {
    write_records(part);
    is_news = !part.last || end_document(part);
  }
  group_bytes_ += part.bytes;
  group_held_ += part.held_bytes;
  transaction_bytes_ += part.bytes;
  if (long_document_) {
    write_group();
  }
  if (part.last) {
    write_if_much();
  }
  return is_news;
}

/// Between two documents: writes, or commits, once enough has come together.
void SnapshotWriter::write_if_much() {
  if (long_document_) {
    db_.exec("RELEASE document");
    long_document_ = false;
  } else {
    ++group_documents_;
    largest_document_ = std::max(largest_document_, static_cast<std::size_t>(tally_.processes));
  }
  const bool is_much = group_bytes_ >= kGroupBytes &&
                       (group_documents_ >= kGroupDocuments || group_held_ >= kGroupBytes);
  if (++transaction_documents_ >= kTransactionDocuments ||
      transaction_bytes_ >= kTransactionBytes) {
    commit();
  } else if (is_much || processes_.count_changed() >= kGroupProcesses + largest_document_) {
    write_group();
  }
}

void SnapshotWriter::begin_document(const model::DocumentPart& part) {
  tally_ = {};
  source_is_new_in_document_ = false;
  document_at_ms_ = part.head.observed_at_ms.value_or(0);
  processes_.begin_document(document_at_ms_);
  rooms_.begin_document(document_at_ms_);
  sightings_.begin_document();
  if (!part.last) {
    write_group();
    db_.exec("SAVEPOINT document");
    long_document_ = true;
  }
}

void SnapshotWriter::undo_document() {
  if (!long_document_) {
    return;  // nothing of a short one was written yet
  }
  db_.exec("ROLLBACK TO document");
  forget();
  if (source_is_new_in_document_) {
    source_key_.reset();
  }
  tally_ = {};
}

bool SnapshotWriter::knows(const model::DocumentHead& head) {
  if (!head.observed_at_ms) {
    return false;
  }
  return find_snapshot_
      .first({.sha256 = {base::as_bytes(head.sha256)}, .observed_at_ms = *head.observed_at_ms})
      .has_value();
}

void SnapshotWriter::write_records(const model::DocumentPart& part) {
  const bool needs_time = !part.processes.empty() || !part.rooms.empty();
  if (needs_time && part.head.observed_at_ms) {
    for (const model::Observation& observation : part.processes) {
      write_process(observation, part.head);
    }
    tally_.placeholder_times += part.placeholder_times;
    for (const model::RoomRecord& record : part.rooms) {
      write_room(record, part.head);
    }
  }
  leftovers_.write_set_aside(part);
  counts_.set_aside += static_cast<std::int64_t>(part.set_aside.size());
  tally_.rejected += count_rejected(part);
  if (!part.last && part.head.observed_at_ms) {
    leftovers_.write_rejects(part, next_seq_);
  }
}

void SnapshotWriter::make_good(const model::DocumentPart& part, std::int64_t snapshot_seq) {
  if (part.continues_reject) {
    open_rejects_.make_good(source_.path, part.head.byte_offset, snapshot_seq);
    counts_.made_good += 1;
  }
}

/// False when it was rejected before.
bool SnapshotWriter::end_document(const model::DocumentPart& part) {
  const bool has_records =
      tally_.processes + tally_.rooms > 0 || !part.processes.empty() || !part.rooms.empty();
  const bool empty_list = part.head.is_list && part.head.record_count == 0;
  const bool is_snapshot = has_records || empty_list;
  if (is_snapshot && !part.head.observed_at_ms) {
    undo_document();  // the caller tells the user; nothing of it is stored
    return true;
  }
  if (is_snapshot && long_document_ && knows(part.head)) {
    const Tally seen = tally_;
    undo_document();
    counts_.processes += seen.processes;
    counts_.duplicates += seen.processes;
    counts_.rejected += seen.rejected;
    counts_.rejected_before += seen.rejected;
    return false;
  }
  const bool is_news =
      leftovers_.write_rejects(part, is_snapshot ? std::optional(next_seq_) : std::nullopt);
  if (is_snapshot) {
    make_good(part, next_seq_);
    write_snapshot(part.head);
  }
  counts_.processes += tally_.processes;
  counts_.new_processes += tally_.new_processes;
  counts_.duplicates += tally_.duplicates;
  counts_.restated += tally_.restated;
  counts_.rooms += tally_.rooms;
  counts_.rejected += tally_.rejected;
  counts_.rejected_before += is_news ? 0 : tally_.rejected;
  counts_.placeholder_times += tally_.placeholder_times;
  return is_news;
}

void SnapshotWriter::write_snapshot(const model::DocumentHead& head) {
  const bool looks_cut = head.is_list && head.record_count == kListCut;
  add_snapshot_.run({.snapshot_seq = next_seq_,
                     .source_key = source_key(),
                     .byte_offset = as_integer(head.byte_offset),
                     .byte_length = as_integer(head.byte_length),
                     .sha256 = {base::as_bytes(head.sha256)},
                     .observed_at_ms = *head.observed_at_ms,
                     .observed_at_origin = origin_name(head.observed_at_origin),
                     .list_kind = head.list_kind,
                     .capped = head.capped.value_or(looks_cut) ? 1 : 0,
                     .process_count = tally_.stored,
                     .room_count = tally_.rooms,
                     .duplicate_count = tally_.duplicates,
                     .restated_count = tally_.restated,
                     .reject_count = tally_.rejected,
                     .egressed_bytes_sum = as_integer(tally_.egressed_sum)});
  sightings_.end_document(next_seq_);
  ++next_seq_;
  counts_.snapshots += 1;
}

}  // namespace fleetmeter::store
