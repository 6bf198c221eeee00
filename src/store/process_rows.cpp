#include "store/process_rows.hpp"

#include <limits>
#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::store {

namespace {

using normalise::Activity;
using normalise::Attributes;
using normalise::Number;
using normalise::Port;

// An observation has its restatement and its attribute_no in one column: see
// observation.restated_attribute_no.
constexpr int kRestatementShift = 32;
constexpr std::int64_t kMostAttributes = std::int64_t{1} << kRestatementShift;
constexpr std::int64_t kMostRestatements =
    std::int64_t{1} << (std::numeric_limits<std::int64_t>::digits - kRestatementShift);
static_assert((kMostRestatements - 1) * kMostAttributes + (kMostAttributes - 1) ==
                  std::numeric_limits<std::int64_t>::max(),
              "the two numbers of the column fill it, or one would run into the other");

// As many activities as this may come in the next group, too.
constexpr std::size_t kMostRoomKept = 16;

// Behind so many cells come those that change: the summary of a process, the span of attributes.
constexpr int kLastingOfProcess = 3;
constexpr int kLastingOfAttributes = 21;

/// A number as it came → a value of a column that may hold any.
sql::ValueView value_of(const Number& number) {
  switch (number.kind) {
    case model::LooseNumber::Kind::absent:
      break;
    case model::LooseNumber::Kind::integer:
      return number.integer;
    case model::LooseNumber::Kind::real:
      return number.real;
    case model::LooseNumber::Kind::text:
      return std::string_view(number.text);
  }
  return nullptr;
}

/// How long before the document that came first with it something was already so. It is more than 0
/// when an older document came later.
std::int64_t first_seen_before(const ProcessMemory::AttributeRow& row) {
  return row.said_first.observed_at_ms - row.seen.first.observed_at_ms;
}

}  // namespace

ProcessRows::ProcessRows(SQLite::Database& db, ControlSums& sums)
    : add_(db, sums.of("process"), kLastingOfProcess),
      save_(db),
      add_attribute_(db, sums.of("process_attribute"), kLastingOfAttributes),
      see_attribute_(db),
      add_port_(db, sums.of("port")),
      add_activity_(db, sums.of("process_activity")),
      listed_rooms_(db, sums.of("process_room")),
      observations_(db, sums.of("observation")) {}

void ProcessRows::add(ProcessMemory& process, std::string_view process_id) {
  ingest::AddProcess::In row{};
  row.process_id = process_id;
  row.named_seq = process.named_seq;
  process.put_summary(row);
  add_.add(row);
  process.is_stored = true;
}

void ProcessRows::flush() {
  add_.flush();
  add_attribute_.flush();
  add_port_.flush();
  add_activity_.flush();
  listed_rooms_.flush();
}

void ProcessRows::add_observations(ProcessMemory& process) {
  // Finished processes stay for a while: they keep no room for more.
  const std::vector<PendingObservation> pending = std::exchange(process.pending, {});
  process.fresh.reserve(process.fresh.size() + pending.size());
  for (const PendingObservation& row : pending) {
    base::check(0 <= row.attribute_no && row.attribute_no < kMostAttributes &&
                    0 <= row.restatement && row.restatement < kMostRestatements &&
                    row.activity_no < process.next_activity_no,
                "an observation names rows of its process, or it would be read as another's");
    observations_.add(
        {.process_key = process.process_key,
         .snapshot_seq = row.snapshot_seq,
         .restated_attribute_no = (row.restatement << kRestatementShift) | row.attribute_no,
         .egressed_bytes = row.egressed_bytes,
         .activity_no = row.activity_no});
    if (row.egressed_bytes) {
      process.fresh.push_back(
          {row.snapshot_seq, row.restatement, {row.observed_at_ms, *row.egressed_bytes}});
    }
  }
}

void ProcessRows::save(ProcessMemory& process) {
  for (auto& row : process.attributes) {
    write_attributes(process, row);
  }
  write_ports(process);
  for (auto& row : process.activities) {
    write_activity(process, row);
  }
  std::erase_if(process.activities, [&](const ProcessMemory::ActivityRow& row) {
    return row.no < process.next_activity_no - ProcessMemory::kActivitiesAsked;
  });
  if (process.activities.capacity() > kMostRoomKept) {
    process.activities.shrink_to_fit();
  }
  if (process.is_stored) {
    ingest::SaveProcess::In row{};
    process.put_summary(row);
    save_.run(row);
  }
}

void ProcessRows::write_attributes(ProcessMemory& process, ProcessMemory::AttributeRow& row) {
  using Stored = ProcessMemory::AttributeRow::Stored;
  const Seen& seen = row.seen;
  if (row.stored == Stored::no) {
    add_attributes(process, row);
  } else if (row.stored == Stored::span_grew) {
    see_attribute_.run({.process_key = process.process_key,
                        .attribute_no = row.no,
                        .first_seen_before_ms = first_seen_before(row),
                        .last_seen_ms = seen.last.observed_at_ms,
                        .last_snapshot_seq = seen.last.snapshot_seq,
                        .last_restatement = seen.last.restatement});
  }
  row.stored = Stored::yes;
}

void ProcessRows::add_attributes(const ProcessMemory& process,
                                 const ProcessMemory::AttributeRow& row) {
  const Attributes& said = row.content;
  add_attribute_.add({.process_key = process.process_key,
                      .attribute_no = row.no,
                      .snapshot_seq = row.said_first.snapshot_seq,
                      .app_key = said.app_key,
                      .deployment_key = said.deployment_key,
                      .region_key = said.region_key,
                      .status_key = said.status_key,
                      .draining = said.draining,
                      .starting_at_ms = said.starting_at_ms,
                      .scheduled_at_ms = said.scheduled_at_ms,
                      .booted_at_ms = said.booted_at_ms,
                      .started_at_ms = said.started_at_ms,
                      .stopping_at_ms = said.stopping_at_ms,
                      .terminated_at_ms = said.terminated_at_ms,
                      .rooms_per_process = said.rooms_per_process,
                      .port_set_no = said.port_set_no,
                      .host_key = said.host_key,
                      .legacy_port = value_of(said.legacy_port),
                      .hosting_key = said.hosting_key,
                      .fleet_key = said.fleet_key,
                      .summary_exit_reason_key = said.summary_exit_reason_key,
                      .first_seen_before_ms = first_seen_before(row),
                      .last_seen_ms = row.seen.last.observed_at_ms,
                      .last_snapshot_seq = row.seen.last.snapshot_seq,
                      .last_restatement = row.seen.last.restatement});
}

void ProcessRows::write_activity(ProcessMemory& process, ProcessMemory::ActivityRow& row) {
  if (row.is_stored) {
    return;
  }
  const Activity& said = row.content;
  add_activity_.add({.process_key = process.process_key,
                     .activity_no = row.no,
                     .rooms_allocated = said.rooms_allocated,
                     .rooms_allocated_updated_at_ms = said.rooms_allocated_updated_at_ms,
                     .active_connections = value_of(said.active_connections),
                     .active_connections_updated_at_ms = said.active_connections_updated_at_ms,
                     .room_slots_available = value_of(said.room_slots_available),
                     .room_slots_available_updated_at_ms = said.room_slots_available_updated_at_ms,
                     .idle_since_ms = said.idle_since_ms,
                     .total_rooms = said.total_rooms,
                     .room_set_no = row.room_set_no});
  std::int64_t position = 0;
  if (row.has_new_list) {
    for (const normalise::ListedRoom& room : said.rooms) {
      listed_rooms_.add({.process_key = process.process_key,
                         .room_set_no = *row.room_set_no,
                         .position = position++,
                         .room_key = room.room_key,
                         .room_fact_no = room.room_fact_no,
                         .is_unplaced = room.is_unplaced ? 1 : 0});
    }
  }
  row.is_stored = true;
}

void ProcessRows::write_ports(ProcessMemory& process) {
  for (std::size_t set = process.port_sets_stored; set < process.port_sets.size(); ++set) {
    for (const Port& port : process.port_sets[set]) {
      add_port_.add({.process_key = process.process_key,
                     .port_set_no = static_cast<std::int64_t>(set),
                     .position = port.position,
                     .name_key = port.name_key,
                     .transport_type_key = port.transport_type_key,
                     .host_key = port.host_key,
                     .port = port.port});
    }
  }
  process.port_sets_stored = process.port_sets.size();
}

}  // namespace fleetmeter::store
