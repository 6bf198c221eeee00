#include "store/room_history.hpp"

#include <algorithm>

#include "base/invariant.hpp"
#include "base/uuid.hpp"
#include "store/allocation_id.hpp"

namespace fleetmeter::store {

namespace {

using normalise::Allocation;
using normalise::RoomFact;

constexpr std::size_t kMostKept = 48 * 1024;  // rooms in memory between groups
constexpr std::size_t kMostUnwritten = 8192;
constexpr int kLastingOfFact = 6;  // cells, behind which its span comes

/// The number of an allocation that says this, from the newest back.
std::optional<std::int64_t> find_allocation(const RoomMemory& room, const Allocation& said) {
  const auto found = std::find(room.allocations.rbegin(), room.allocations.rend(), said);
  return found == room.allocations.rend()
             ? std::nullopt
             : std::optional<std::int64_t>(room.allocations.rend() - found - 1);
}

/// The row of a fact, from the newest back.
template <class Rows>
auto find_fact(Rows& rows, const RoomFact& said) {
  return std::find_if(rows.rbegin(), rows.rend(),
                      [&](const auto& row) { return row.content == said; });
}

/// The number of the row of a fact, made when it is new.
std::int64_t number_of(std::vector<Remembered<RoomFact>>& rows, const RoomFact& said,
                       const Standing& at) {
  const auto found = find_fact(rows, said);
  if (found != rows.rend()) {
    found->see(at);
    return found->no;
  }
  const auto no = static_cast<std::int64_t>(rows.size());
  rows.push_back({no, at, said, Seen(at), Remembered<RoomFact>::Stored::no});
  return no;
}

}  // namespace

RoomHistory::RoomHistory(SQLite::Database& db, ControlSums& sums, Labels& labels,
                         ProcessHistory& processes)
    : labels_(labels),
      processes_(processes),
      find_(db),
      keys_(db),
      names_(db),
      add_(db, sums.of("room")),
      configs_(db, sums),
      load_facts_(db),
      add_fact_(db, sums.of("room_fact"), kLastingOfFact),
      see_fact_(db),
      load_allocations_(db),
      add_allocation_(db, sums.of("room_allocation")) {}

RoomMemory& RoomHistory::find(std::string_view room_id) {
  if (const auto found = known_.find(room_id); found != known_.end()) {
    named_.note(*found->second);
    return *found->second;
  }
  auto room = std::make_unique<RoomMemory>();
  if (const auto key = key_of(room_id)) {
    room->room_key = *key;
    load(*room);
  } else {
    room->room_key = keys_.next();
    names_.note_added(room_id, room->room_key);
    unwritten_.emplace(room_id, room->room_key);
  }
  by_key_.emplace(room->room_key, room.get());
  const auto& [id, known] = *known_.emplace(room_id, std::move(room)).first;
  known->room_id = id;
  named_.note(*known);
  return *known;
}

/// The key of a room that was given one before.
normalise::OptionalKey RoomHistory::key_of(std::string_view room_id) {
  if (names_.is_surely_new(room_id)) {
    return std::nullopt;
  }
  if (const auto waiting = unwritten_.find(room_id); waiting != unwritten_.end()) {
    return waiting->second;
  }
  const auto row = find_.first({.room_id = room_id});
  return row ? normalise::OptionalKey(row->room_key) : std::nullopt;
}

void RoomHistory::load(RoomMemory& room) {
  for (const auto& row :
       load_facts_.rows({.room_key = room.room_key, .unsaved_at_ms = document_at_ms_})) {
    const auto no = static_cast<std::int64_t>(room.facts.size());
    room.facts.push_back({no,
                          {},
                          {row.app_key, row.status_key, row.room_config, row.allocation_no},
                          Seen({row.first_seen_ms, row.first_snapshot_seq},
                               {row.last_seen_ms, row.last_snapshot_seq}),
                          Remembered<RoomFact>::Stored::yes});
  }
  for (const auto& row : load_allocations_.rows({.room_key = room.room_key})) {
    room.allocations.push_back({allocation_id_of(row.room_allocation_id), row.process_key,
                                row.scheduled_at_ms, row.unscheduled_at_ms});
  }
  room.allocations_stored = room.allocations.size();
}

normalise::ListedRoom RoomHistory::say(const model::RoomRecord& record, const Standing& at,
                                       normalise::OptionalKey lister) {
  RoomMemory& room = find(record.room_id);
  touch(room);
  RoomFact fact = normalise::fact_of(record, labels_);
  if (record.current_allocation) {
    fact.allocation_no = say(room, *record.current_allocation, lister);
  }
  return {room.room_key, number_of(room.facts, fact, at)};
}

bool RoomHistory::see(const normalise::ListedRoom& listed, const Standing& at) {
  const auto found = by_key_.find(listed.room_key);
  if (found == by_key_.end()) {
    return false;
  }
  named_.note(*found->second);
  touch(*found->second);
  std::vector<Remembered<RoomFact>>& facts = found->second->facts;
  facts[static_cast<std::size_t>(
            number_below(std::ssize(facts), "process_room.room_fact_no", listed.room_fact_no))]
      .see(at);
  return true;
}

void RoomHistory::touch(RoomMemory& room) {
  if (!room.dirty) {
    room.dirty = true;
    dirty_.push_back(&room);
  }
}

std::optional<normalise::ListedRoom> RoomHistory::known(const model::RoomRecord& record) {
  const RoomMemory& room = find(record.room_id);
  RoomFact fact = normalise::fact_of(record, labels_);
  if (record.current_allocation) {
    fact.allocation_no = known(room, *record.current_allocation);
    if (!fact.allocation_no) {
      return std::nullopt;
    }
  }
  const auto found = find_fact(room.facts, fact);
  return found == room.facts.rend()
             ? std::nullopt
             : std::optional(normalise::ListedRoom{room.room_key, found->no});
}

std::optional<std::int64_t> RoomHistory::known(const RoomMemory& room,
                                               const model::AllocationRecord& record) {
  return find_allocation(room, allocation_of(record));
}

std::int64_t RoomHistory::say(RoomMemory& room, const model::AllocationRecord& record,
                              normalise::OptionalKey lister) {
  Allocation said = allocation_of(record);
  if (const auto no = find_allocation(room, said)) {
    return *no;
  }
  room.are_unlisted.push_back(!lister || said.process_key != lister);
  room.allocations.push_back(std::move(said));
  return static_cast<std::int64_t>(room.allocations.size()) - 1;
}

Allocation RoomHistory::allocation_of(const model::AllocationRecord& record) {
  Allocation said{
      std::string(record.room_allocation_id), {}, record.scheduled_at_ms, record.unscheduled_at_ms};
  if (record.process_id && !record.process_id->empty()) {
    said.process_key = processes_.key_of(*record.process_id);
  }
  return said;
}

void RoomHistory::flush() {
  std::sort(dirty_.begin(), dirty_.end(),
            [](const RoomMemory* a, const RoomMemory* b) { return a->room_key < b->room_key; });
  for (RoomMemory* room : dirty_) {
    for (auto& row : room->facts) {
      write_fact(*room, row);
    }
    write_allocations(*room);
    room->dirty = false;
  }
  configs_.flush();
  add_fact_.flush();
  add_allocation_.flush();
  dirty_.clear();
  if (unwritten_.size() >= kMostUnwritten) {
    write_ids();
  }
}

void RoomHistory::write_ids() {
  std::vector<std::pair<std::string_view, normalise::Key>> rows(unwritten_.begin(),
                                                                unwritten_.end());
  std::sort(rows.begin(), rows.end());
  for (const auto& [room_id, room_key] : rows) {
    add_.add({.room_key = room_key, .room_id = room_id});
  }
  add_.flush();
  unwritten_.clear();
}

void RoomHistory::write_fact(const RoomMemory& room, Remembered<RoomFact>& row) {
  using Stored = Remembered<RoomFact>::Stored;
  const Seen& seen = row.seen;
  if (row.stored == Stored::no) {
    const RoomFact& said = row.content;
    add_fact_.add({.room_key = room.room_key,
                   .room_fact_no = row.no,
                   .app_key = said.app_key,
                   .status_key = said.status_key,
                   .room_config_key = configs_.key_of(said.room_config),
                   .allocation_no = said.allocation_no,
                   .first_snapshot_seq = seen.first.snapshot_seq,
                   .last_snapshot_seq = seen.last.snapshot_seq});
  } else if (row.stored == Stored::span_grew) {
    see_fact_.run({.room_key = room.room_key,
                   .room_fact_no = row.no,
                   .first_snapshot_seq = seen.first.snapshot_seq,
                   .last_snapshot_seq = seen.last.snapshot_seq});
  }
  row.stored = Stored::yes;
}

void RoomHistory::write_allocations(RoomMemory& room) {
  for (std::size_t no = room.allocations_stored; no < room.allocations.size(); ++no) {
    const Allocation& said = room.allocations[no];
    const std::optional<base::UuidBytes> packed = base::packed_uuid(said.room_allocation_id);
    add_allocation_.add(
        {.room_key = room.room_key,
         .allocation_no = static_cast<std::int64_t>(no),
         .room_allocation_id = packed ? sql::ValueView(sql::Blob{{packed->data(), packed->size()}})
                                      : sql::ValueView(std::string_view(said.room_allocation_id)),
         .process_key = said.process_key,
         .scheduled_at_ms = said.scheduled_at_ms,
         .unscheduled_at_ms = said.unscheduled_at_ms,
         .is_unlisted = room.are_unlisted[no - room.allocations_stored] ? 1 : 0});
  }
  room.allocations_stored = room.allocations.size();
  room.are_unlisted.clear();
}

void RoomHistory::trim() {
  base::check(dirty_.empty(), "what is let go was written before, or it would be lost");
  const auto ends = [](const RoomMemory&) { return false; };
  named_.end_group(ends, [&](const RoomMemory& room) {
    by_key_.erase(room.room_key);
    known_.erase(known_.find(room.room_id));
  });
  if (known_.size() > kMostKept) {
    let_all_go();
  }
}

void RoomHistory::let_all_go() {
  named_.clear();
  by_key_.clear();
  known_.clear();
}

}  // namespace fleetmeter::store
