#include "store/document_writer.hpp"

#include <optional>

#include "base/invariant.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::store {

DocumentWriter::DocumentWriter(SQLite::Database& db, Histories& histories,
                               GroupTransaction& transaction, SourceWriter& source,
                               Leftovers& leftovers, OpenRejects& open_rejects)
    : histories_(histories),
      transaction_(transaction),
      source_(source),
      leftovers_(leftovers),
      open_rejects_(open_rejects),
      observations_(db, histories),
      rooms_(db, histories) {}

bool DocumentWriter::write(const model::DocumentPart& part, WriteCounts& counts) {
  base::check(part.first != is_open_, "a document begins when the one before it has ended");
  transaction_.begin();
  if (part.first) {
    begin(part);
  }
  is_open_ = !part.last;
  const bool is_news = take_in(part, counts);
  transaction_.take_part(part);
  if (part.last) {
    transaction_.end_document(static_cast<std::size_t>(tally_.processes));
  }
  return is_news;
}

void DocumentWriter::pass_over(const model::DocumentPart& part, WriteCounts& counts) {
  counts.processes += *part.known_processes;
  counts.duplicates += *part.known_processes;
  if (part.continues_reject) {
    transaction_.begin();
    make_good(part, transaction_.next_seq() - 1, counts);
  }
}

void DocumentWriter::abandon() {
  is_open_ = false;
  if (transaction_.is_in_parts()) {
    undo();
    transaction_.end_parts();
  }
}

void DocumentWriter::begin(const model::DocumentPart& part) {
  tally_ = {};
  is_awaited_ = false;
  source_.begin_document();
  const bool may_be_list = !part.stored && (!part.last || model::is_running_list(part.head));
  histories_.begin_document(part.head.observed_at_ms.value_or(0), transaction_.next_seq(),
                            may_be_list);
  if (!part.last) {
    transaction_.begin_parts();
  }
}

bool DocumentWriter::take_in(const model::DocumentPart& part, WriteCounts& counts) {
  if (part.last && part.malformed) {
    return refuse(part, counts);
  }
  if (part.first && part.last && is_stored(part.head, count_rejected(part))) {
    say_again(part, counts);
    return false;
  }
  write_records(part, counts);
  return !part.last || end(part, counts);
}

/// Of a document that is no JSON, only the reject is kept. False when it was rejected before.
bool DocumentWriter::refuse(const model::DocumentPart& part, WriteCounts& counts) {
  undo();
  const bool is_news = leftovers_.write_rejects(part, std::nullopt);
  counts.rejected += 1;
  counts.rejected_before += is_news ? 0 : 1;
  return is_news;
}

/// A document that is stored already: it is only counted.
void DocumentWriter::say_again(const model::DocumentPart& part, WriteCounts& counts) {
  const std::int64_t rejected = count_rejected(part);
  counts.processes += static_cast<std::int64_t>(part.processes.size());
  counts.duplicates += static_cast<std::int64_t>(part.processes.size() + part.rooms.size());
  counts.rejected += rejected;
  counts.rejected_before += rejected;
  leftovers_.pass_over(part);
  make_good(part, transaction_.next_seq() - 1, counts);
}

/// The same of one that came in parts: its digest was not known before its end.
void DocumentWriter::say_again_in_parts(WriteCounts& counts) {
  counts.processes += tally_.processes;
  counts.duplicates += tally_.processes;
  counts.rejected += tally_.rejected;
  counts.rejected_before += tally_.rejected;
  undo();
}

void DocumentWriter::write_records(const model::DocumentPart& part, WriteCounts& counts) {
  const std::int64_t next_seq = transaction_.next_seq();
  const bool needs_time = !part.processes.empty() || !part.rooms.empty();
  if (needs_time && part.head.observed_at_ms) {
    const Standing document{*part.head.observed_at_ms, next_seq, 0};
    observations_.write(part.processes, document, tally_);
    tally_.placeholder_times += part.placeholder_times;
    for (const model::RoomRecord& record : part.rooms) {
      rooms_.write(record, document, tally_);
    }
  }
  leftovers_.write_set_aside(part);
  counts.set_aside += static_cast<std::int64_t>(part.set_aside.size());
  tally_.rejected += count_rejected(part);
  if (part.stored) {
    tally_.processes += part.stored->duplicates;
    tally_.duplicates += part.stored->duplicates;
  }
  if (!part.last && part.head.observed_at_ms) {
    leftovers_.write_rejects(part, next_seq);
  }
}

/// False when the document was stored, or rejected, before.
bool DocumentWriter::end(const model::DocumentPart& part, WriteCounts& counts) {
  const bool is_one = is_snapshot(part);
  if (is_one && !part.head.observed_at_ms) {
    undo();  // the caller tells the user; nothing of it is stored
    return true;
  }
  if (is_one && transaction_.is_in_parts() && is_stored(part.head, tally_.rejected)) {
    say_again_in_parts(counts);
    return false;
  }
  return store(part, is_one, counts);
}

/// Whether a document is stored already, says nothing new as a running list either, and no record
/// of it is still to be taken up.
bool DocumentWriter::is_stored(const model::DocumentHead& head, std::int64_t rejected) {
  if (!histories_.snapshots.has(head) || histories_.lists.is_news(head, rejected)) {
    return false;
  }
  is_awaited_ = open_rejects_.awaits(head);
  return !is_awaited_;
}

/// A document is a snapshot when it says something of the fleet; an empty list says that too.
bool DocumentWriter::is_snapshot(const model::DocumentPart& part) const {
  const bool has_records = tally_.processes + tally_.refused + tally_.rooms > 0 ||
                           !part.processes.empty() || !part.rooms.empty();
  const bool is_empty_list = part.head.is_list && part.head.record_count == 0;
  return has_records || is_empty_list || part.stored;
}

/// False when it gave nothing and was rejected before.
bool DocumentWriter::store(const model::DocumentPart& part, bool is_snapshot, WriteCounts& counts) {
  bool is_news = true;
  if (is_snapshot && is_awaited_) {
    leftovers_.pass_over(part);  // its first snapshot has them
  } else {
    is_news = leftovers_.write_rejects(
        part, is_snapshot ? std::optional(transaction_.next_seq()) : std::nullopt);
  }
  if (is_snapshot) {
    make_good(part, transaction_.next_seq(), counts);
    write_refused(part, counts);
    write_snapshot(part, counts);
  }
  counts.processes += tally_.processes;
  counts.new_processes += tally_.new_processes;
  counts.duplicates += tally_.duplicates;
  counts.restated += tally_.restated;
  counts.rooms += tally_.rooms;
  counts.rejected += tally_.rejected;
  counts.rejected_before += is_news ? 0 : tally_.rejected;
  counts.placeholder_times += tally_.placeholder_times;
  return is_news;
}

/// What a document says of processes whose observations were moved to a file cannot be weighed
/// against them: one reject tells of all of it. When it says so again and they are back, that
/// reject is made good.
void DocumentWriter::write_refused(const model::DocumentPart& part, WriteCounts& counts) {
  const std::int64_t snapshot_seq = transaction_.next_seq();
  if (tally_.refused > 0) {
    leftovers_.write_refused(part.head, tally_, snapshot_seq);
    counts.refused += tally_.refused;
  }
  if (is_awaited_) {
    open_rejects_.take_up(part.head, snapshot_seq);
    counts.made_good += 1;
  }
}

void DocumentWriter::write_snapshot(const model::DocumentPart& part, WriteCounts& counts) {
  const std::int64_t snapshot_seq = transaction_.next_seq();
  base::check(tally_.new_processes <= tally_.stored && tally_.stored <= tally_.processes &&
                  tally_.restated + tally_.duplicates <= tally_.processes + tally_.rooms,
              "every record is counted once, or the control totals of the store would not add up");
  const ListRow list =
      part.stored ? histories_.lists.end_stored(part.head, *part.stored, snapshot_seq)
                  : histories_.lists.end_document(part.head, snapshot_seq, tally_.rejected);
  histories_.snapshots.add(snapshot_seq, source_.key(), part.head, tally_, list);
  counts.scope_contradicted += list.contradicts_scope ? 1 : 0;
  histories_.sightings.end_document(snapshot_seq);
  transaction_.take_seq();
  counts.snapshots += 1;
}

/// A reject of an earlier run stood where this good document stands.
void DocumentWriter::make_good(const model::DocumentPart& part, std::int64_t snapshot_seq,
                               WriteCounts& counts) {
  if (part.continues_reject) {
    open_rejects_.make_good(source_.path(), part.head.byte_offset, snapshot_seq);
    counts.made_good += 1;
  }
}

/// Undoes what was written of the document; of one that did not come in parts, that is nothing.
void DocumentWriter::undo() {
  if (!transaction_.is_in_parts()) {
    return;
  }
  transaction_.undo_parts();
  source_.undo_document();
  tally_ = {};
}

}  // namespace fleetmeter::store
