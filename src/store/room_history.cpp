#include "store/room_history.hpp"

#include <algorithm>

#include "base/uuid.hpp"
#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

using normalise::Allocation;
using normalise::RoomFact;
namespace ingest = sql::queries::ingest;

constexpr std::size_t kMostKept = 2048;  // rooms in memory between groups

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

/// The id of an allocation as it came, from a row of load_room_allocations.
std::string id_of(const Statement& row) {
  return row.cell(0).isBlob() ? base::uuid_text(row.bytes(0)) : row.text(0);
}

}  // namespace

RoomHistory::RoomHistory(SQLite::Database& db, Labels& labels, ProcessHistory& processes)
    : labels_(labels),
      processes_(processes),
      find_(db, ingest::find_room, {":room_id"}),
      keys_(db, ingest::last_room_key),
      add_(db, ingest::add_room, {":room_key", ":room_id"}),
      load_facts_(db, ingest::load_room_facts),
      add_fact_(db, ingest::add_room_fact,
                {":room_key", ":room_fact_no", ":app_key", ":status_key", ":room_config_key",
                 ":allocation_no", ":first_snapshot_seq", ":last_snapshot_seq"}),
      see_fact_(db, ingest::see_room_fact,
                {":first_snapshot_seq", ":last_snapshot_seq", ":room_key", ":room_fact_no"}),
      load_allocations_(db, ingest::load_room_allocations),
      add_allocation_(db, ingest::add_room_allocation,
                      {":room_key", ":allocation_no", ":room_allocation_id", ":process_key",
                       ":scheduled_at_ms", ":unscheduled_at_ms"}) {}

RoomMemory& RoomHistory::find(std::string_view room_id) {
  if (const auto found = known_.find(room_id); found != known_.end()) {
    return *found->second;
  }
  auto room = std::make_unique<RoomMemory>();
  find_.with(room_id);
  const bool is_stored = find_.next();
  room->room_key = is_stored ? find_.integer(0) : keys_.next();
  find_.reset();
  if (is_stored) {
    load(*room);
  }
  by_key_.emplace(room->room_key, room.get());
  const auto& [id, known] = *known_.emplace(room_id, std::move(room)).first;
  if (!is_stored) {
    added_.emplace_back(known->room_key, id);
  }
  return *known;
}

void RoomHistory::load(RoomMemory& room) {
  Statement& fact = load_facts_;
  fact.bind(":room_key", room.room_key).bind(":unsaved_at_ms", document_at_ms_);
  while (fact.next()) {
    const auto no = static_cast<std::int64_t>(room.facts.size());
    room.facts.push_back(
        {no,
         {},
         {fact.maybe_integer(0), fact.maybe_integer(1), fact.maybe_integer(2),
          fact.maybe_integer(3)},
         Seen({fact.integer(4), fact.integer(5)}, {fact.integer(6), fact.integer(7)}),
         Remembered<RoomFact>::Stored::yes});
  }
  Statement& allocation = load_allocations_;
  allocation.bind(":room_key", room.room_key);
  while (allocation.next()) {
    room.allocations.push_back({id_of(allocation), allocation.maybe_integer(1),
                                allocation.maybe_integer(2), allocation.maybe_integer(3)});
  }
  room.allocations_stored = room.allocations.size();
}

normalise::ListedRoom RoomHistory::say(const model::RoomRecord& record, const Standing& at,
                                       std::uint64_t group) {
  RoomMemory& room = find(record.room_id);
  touch(room, group);
  RoomFact fact = normalise::fact_of(record, labels_);
  if (record.current_allocation) {
    fact.allocation_no = say(room, *record.current_allocation);
  }
  return {room.room_key, number_of(room.facts, fact, at)};
}

bool RoomHistory::see(const normalise::ListedRoom& listed, const Standing& at,
                      std::uint64_t group) {
  const auto found = by_key_.find(listed.room_key);
  if (found == by_key_.end()) {
    return false;
  }
  touch(*found->second, group);
  found->second->facts.at(static_cast<std::size_t>(listed.room_fact_no)).see(at);
  return true;
}

void RoomHistory::touch(RoomMemory& room, std::uint64_t group) {
  room.touched_in_group = group;
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

std::int64_t RoomHistory::say(RoomMemory& room, const model::AllocationRecord& record) {
  Allocation said = allocation_of(record);
  if (const auto no = find_allocation(room, said)) {
    return *no;
  }
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
  for (const auto& [room_key, room_id] : added_) {
    add_.add(room_key, room_id);
  }
  added_.clear();
  std::sort(dirty_.begin(), dirty_.end(),
            [](const RoomMemory* a, const RoomMemory* b) { return a->room_key < b->room_key; });
  for (RoomMemory* room : dirty_) {
    for (auto& row : room->facts) {
      write_fact(*room, row);
    }
    write_allocations(*room);
    room->dirty = false;
  }
  add_.flush();
  add_fact_.flush();
  add_allocation_.flush();
  dirty_.clear();
}

void RoomHistory::write_fact(const RoomMemory& room, Remembered<RoomFact>& row) {
  using Stored = Remembered<RoomFact>::Stored;
  const Seen& seen = row.seen;
  if (row.stored == Stored::no) {
    const RoomFact& said = row.content;
    add_fact_.add(room.room_key, row.no, said.app_key, said.status_key, said.room_config_key,
                  said.allocation_no, seen.first.snapshot_seq, seen.last.snapshot_seq);
  } else if (row.stored == Stored::span_grew) {
    see_fact_.with(seen.first.snapshot_seq, seen.last.snapshot_seq, room.room_key, row.no).run();
  }
  row.stored = Stored::yes;
}

void RoomHistory::write_allocations(RoomMemory& room) {
  for (std::size_t no = room.allocations_stored; no < room.allocations.size(); ++no) {
    const Allocation& said = room.allocations[no];
    const auto write = [&](const auto& id) {
      add_allocation_.add(room.room_key, static_cast<std::int64_t>(no), id, said.process_key,
                          said.scheduled_at_ms, said.unscheduled_at_ms);
    };
    if (const std::optional<std::string> uuid = base::packed_uuid(said.room_allocation_id)) {
      write(Blob{*uuid});
    } else {
      write(std::string_view(said.room_allocation_id));
    }
  }
  room.allocations_stored = room.allocations.size();
}

void RoomHistory::trim(std::uint64_t group) {
  if (known_.size() <= kMostKept) {
    return;
  }
  std::erase_if(known_, [&](const auto& entry) {
    const RoomMemory& room = *entry.second;
    return room.touched_in_group + 1 < group && by_key_.erase(room.room_key) > 0;
  });
  if (known_.size() > 24 * kMostKept) {
    forget();
  }
}

}  // namespace fleetmeter::store
