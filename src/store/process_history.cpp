#include "store/process_history.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/invariant.hpp"
#include "store/connection.hpp"

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
constexpr std::size_t kMostKept = 1024;  // processes in memory between groups

/// A number as it was kept ↔ a value of a column that may hold any.
Number number_of(const sql::Value& value) {
  Number number;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    number.kind = model::LooseNumber::Kind::integer;
    number.integer = *integer;
  } else if (const auto* real = std::get_if<double>(&value)) {
    number.kind = model::LooseNumber::Kind::real;
    number.real = *real;
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    number.kind = model::LooseNumber::Kind::text;
    number.text = *text;
  }
  return number;
}

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

}  // namespace

ProcessHistory::ProcessHistory(SQLite::Database& db)
    : find_(db),
      keys_(db),
      add_(db),
      save_(db),
      load_attributes_(db),
      add_attribute_(db),
      see_attribute_(db),
      load_ports_(db),
      add_port_(db),
      load_activity_(db),
      load_rooms_(db),
      last_activity_no_(db),
      add_activity_(db),
      listed_rooms_(db),
      observations_(db) {}

ProcessMemory& ProcessHistory::find(std::string_view process_id) {
  if (const auto found = known_.find(process_id); found != known_.end()) {
    return *found->second;
  }
  auto process = std::make_unique<ProcessMemory>();
  process->port_sets.emplace_back();
  const auto row = find_.first({.process_id = process_id});
  const bool is_stored = row.has_value();
  if (is_stored) {
    load(*process, *row);
  } else {
    process->process_key = keys_.next();
  }
  const auto& [id, known] = *known_.emplace(process_id, std::move(process)).first;
  if (!is_stored) {
    known->is_stored = false;
    added_.emplace_back(known.get(), id);
  }
  return *known;
}

ProcessMemory& ProcessHistory::find(const model::Observation& observation) {
  ProcessMemory* found = found_before_ == nullptr ? nullptr : found_before_->follower;
  const auto newest = found == nullptr ? nullptr : found->repeat.record.get();
  const bool is_same = newest != nullptr && (newest == observation.record.get() ||
                                             newest->attributes == observation->attributes);
  if (!is_same) {
    found = &find(observation->attributes->process_id);
  }
  if (found_before_ != nullptr) {
    found_before_->follower = found;
  }
  found_before_ = found;
  return *found;
}

normalise::Key ProcessHistory::key_of(std::string_view process_id) {
  return find(process_id).process_key;
}

void ProcessHistory::load(ProcessMemory& process, const ingest::FindProcess::Out& row) {
  process.process_key = row.process_key;
  process.first_seen_ms = row.first_seen_ms;
  if (!process.observed()) {
    return;
  }
  process.latest = {held("last_seen_ms", row.last_seen_ms),
                    held("latest_snapshot_seq", row.latest_snapshot_seq),
                    held("latest_restatement", row.latest_restatement)};
  process.latest_attribute_no = held("latest_attribute_no", row.latest_attribute_no);
  process.latest_activity_no = held("latest_activity_no", row.latest_activity_no);
  load_attributes(process);
  load_ports(process);
  process.rolled_up = process.facts();
  process.track_is_loaded = false;
  if (const auto last = last_activity_no_.first({.process_key = process.process_key})) {
    process.next_activity_no = last->activity_no + 1;
    process.last_room_set_no = last->room_set_no;
  }
  for (std::int64_t back = ProcessMemory::kActivitiesAsked; back > 0; --back) {
    recall_activity(process, process.next_activity_no - back);
  }
}

void ProcessHistory::load_attributes(ProcessMemory& process) {
  for (const auto& row : load_attributes_.rows(
           {.process_key = process.process_key, .unsaved_at_ms = document_at_ms_})) {
    if (row.attribute_no != std::ssize(process.attributes)) {
      throw damaged("process_attribute: its numbers do not count up from 0");
    }
    Standing said_first;
    said_first.snapshot_seq = row.snapshot_seq;
    said_first.observed_at_ms = row.said_first_ms;
    Attributes said;
    said.app_key = row.app_key;
    said.deployment_key = row.deployment_key;
    said.region_key = row.region_key;
    said.status_key = row.status_key;
    said.draining = row.draining;
    said.starting_at_ms = row.starting_at_ms;
    said.scheduled_at_ms = row.scheduled_at_ms;
    said.booted_at_ms = row.booted_at_ms;
    said.started_at_ms = row.started_at_ms;
    said.stopping_at_ms = row.stopping_at_ms;
    said.terminated_at_ms = row.terminated_at_ms;
    said.rooms_per_process = row.rooms_per_process;
    said.port_set_no = row.port_set_no;
    said.host_key = row.host_key;
    said.legacy_port = number_of(row.legacy_port);
    said.hosting_key = row.hosting_key;
    said.fleet_key = row.fleet_key;
    said.summary_exit_reason_key = row.summary_exit_reason_key;
    Standing first = said_first;
    first.observed_at_ms -= row.first_seen_before_ms;
    const Standing last{row.last_seen_ms, row.last_snapshot_seq, row.last_restatement};
    process.attributes.push_back({row.attribute_no, said_first, std::move(said), Seen(first, last),
                                  ProcessMemory::AttributeRow::Stored::yes});
  }
}

void ProcessHistory::load_ports(ProcessMemory& process) {
  for (const auto& row : load_ports_.rows({.process_key = process.process_key})) {
    const auto set = static_cast<std::size_t>(row.port_set_no);
    process.port_sets.resize(std::max(process.port_sets.size(), set + 1));
    process.port_sets[set].push_back(
        {row.position, row.name_key, row.transport_type_key, row.host_key, row.port});
  }
  process.port_sets_stored = process.port_sets.size();
}

void ProcessHistory::recall_activity(ProcessMemory& process, std::int64_t activity_no) {
  if (process.find_activity(activity_no) != nullptr) {
    return;
  }
  const auto row =
      load_activity_.first({.process_key = process.process_key, .activity_no = activity_no});
  if (!row) {
    return;
  }
  Activity said;
  said.rooms_allocated = row->rooms_allocated;
  said.rooms_allocated_updated_at_ms = row->rooms_allocated_updated_at_ms;
  said.active_connections = number_of(row->active_connections);
  said.active_connections_updated_at_ms = row->active_connections_updated_at_ms;
  said.room_slots_available = number_of(row->room_slots_available);
  said.room_slots_available_updated_at_ms = row->room_slots_available_updated_at_ms;
  said.idle_since_ms = row->idle_since_ms;
  said.total_rooms = row->total_rooms;
  said.lists_rooms = row->room_set_no.has_value();
  for (const auto& room : load_rooms_.rows(
           {.process_key = process.process_key, .room_set_no = row->room_set_no.value_or(0)})) {
    said.rooms.push_back({room.room_key, room.room_fact_no});
  }
  process.activities.push_back({activity_no, std::move(said), row->room_set_no, false, true});
}

void ProcessHistory::touch(ProcessMemory& process, std::uint64_t group) {
  process.touched_in_group = group;
  if (!process.dirty) {
    process.dirty = true;
    dirty_.push_back(&process);
  }
}

const std::vector<ProcessMemory*>& ProcessHistory::changed() {
  // Neighbours in the store are written one after another.
  std::sort(dirty_.begin(), dirty_.end(), [](const ProcessMemory* a, const ProcessMemory* b) {
    return a->process_key < b->process_key;
  });
  return dirty_;
}

void ProcessHistory::flush() {
  for (ProcessMemory* process : changed()) {
    flush_one(*process);
    process->dirty = false;
  }
  write_added();
  add_attribute_.flush();
  add_port_.flush();
  add_activity_.flush();
  listed_rooms_.flush();
  dirty_.clear();
}

void ProcessHistory::write_added() {
  for (const auto& [process, process_id] : added_) {
    ingest::AddProcess::In row{};
    row.process_id = process_id;
    process->put_summary(row);
    add_.add(row);
    process->is_stored = true;
  }
  add_.flush();
  added_.clear();
}

void ProcessHistory::write_observations() {
  for (ProcessMemory* process : changed()) {
    hand_over_observations(*process);
  }
  observations_.flush();
}

void ProcessHistory::write_observations(ProcessMemory& process) {
  hand_over_observations(process);
  observations_.flush();
}

void ProcessHistory::hand_over_observations(ProcessMemory& process) {
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

void ProcessHistory::flush_one(ProcessMemory& process) {
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
  process.activities.shrink_to_fit();
  if (process.is_stored) {
    ingest::SaveProcess::In row{};
    process.put_summary(row);
    save_.run(row);
  }
}

void ProcessHistory::write_attributes(ProcessMemory& process, ProcessMemory::AttributeRow& row) {
  using Stored = ProcessMemory::AttributeRow::Stored;
  const Seen& seen = row.seen;
  const std::int64_t first_seen_before_ms =
      row.said_first.observed_at_ms - seen.first.observed_at_ms;
  if (row.stored == Stored::no) {
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
                        .first_seen_before_ms = first_seen_before_ms,
                        .last_seen_ms = seen.last.observed_at_ms,
                        .last_snapshot_seq = seen.last.snapshot_seq,
                        .last_restatement = seen.last.restatement});
  } else if (row.stored == Stored::span_grew) {
    see_attribute_.run({.process_key = process.process_key,
                        .attribute_no = row.no,
                        .first_seen_before_ms = first_seen_before_ms,
                        .last_seen_ms = seen.last.observed_at_ms,
                        .last_snapshot_seq = seen.last.snapshot_seq,
                        .last_restatement = seen.last.restatement});
  }
  row.stored = Stored::yes;
}

void ProcessHistory::write_activity(ProcessMemory& process, ProcessMemory::ActivityRow& row) {
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
                         .room_fact_no = room.room_fact_no});
    }
  }
  row.is_stored = true;
}

void ProcessHistory::write_ports(ProcessMemory& process) {
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

void ProcessHistory::trim(std::uint64_t group) {
  if (known_.size() <= kMostKept) {
    return;
  }
  base::check(added_.empty() && dirty_.empty(),
              "what is let go was written before, or it would be lost");
  found_before_ = nullptr;
  for (const auto& [process_id, process] : known_) {
    process->follower = nullptr;  // whom it points at may be let go
  }
  std::erase_if(known_, [&](const auto& entry) {
    const ProcessMemory& process = *entry.second;
    return process.touched_in_group + (process.has_ended() ? 0 : 1) < group;
  });
  if (known_.size() > 24 * kMostKept) {
    known_.clear();
  }
}

}  // namespace fleetmeter::store
