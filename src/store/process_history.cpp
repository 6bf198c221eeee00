#include "store/process_history.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

using normalise::Activity;
using normalise::Attributes;
using normalise::Number;
using normalise::Port;
namespace ingest = sql::queries::ingest;

constexpr int kRestatementShift = 32;    // see observation.restated_attribute_no
constexpr std::size_t kMostKept = 1024;  // processes in memory between groups

Number number_at(const Statement& row, int column) {
  const SQLite::Column cell = row.cell(column);
  Number number;
  if (cell.isInteger()) {
    number.kind = model::LooseNumber::Kind::integer;
    number.integer = cell.getInt64();
  } else if (cell.isFloat()) {
    number.kind = model::LooseNumber::Kind::real;
    number.real = cell.getDouble();
  } else if (cell.isText()) {
    number.kind = model::LooseNumber::Kind::text;
    number.text = cell.getString();
  }
  return number;
}

}  // namespace

ProcessHistory::ProcessHistory(SQLite::Database& db)
    : find_(db, ingest::find_process, {":process_id"}),
      keys_(db, ingest::last_process_key),
      add_(db, ingest::add_process,
           {":process_key", ":process_id", ":first_seen_ms", ":last_seen_ms",
            ":latest_snapshot_seq", ":latest_restatement", ":latest_attribute_no",
            ":latest_activity_no", ":starting_at_ms", ":scheduled_at_ms", ":booted_at_ms",
            ":started_at_ms", ":stopping_at_ms", ":terminated_at_ms"}),
      save_(db, ingest::save_process,
            {":first_seen_ms", ":last_seen_ms", ":latest_snapshot_seq", ":latest_restatement",
             ":latest_attribute_no", ":latest_activity_no", ":starting_at_ms", ":scheduled_at_ms",
             ":booted_at_ms", ":started_at_ms", ":stopping_at_ms", ":terminated_at_ms",
             ":process_key"}),
      load_attributes_(db, ingest::load_process_attributes),
      add_attribute_(db, ingest::add_process_attribute,
                     {":process_key",
                      ":attribute_no",
                      ":snapshot_seq",
                      ":app_key",
                      ":deployment_key",
                      ":region_key",
                      ":status_key",
                      ":draining",
                      ":starting_at_ms",
                      ":scheduled_at_ms",
                      ":booted_at_ms",
                      ":started_at_ms",
                      ":stopping_at_ms",
                      ":terminated_at_ms",
                      ":rooms_per_process",
                      ":port_set_no",
                      ":host_key",
                      ":legacy_port",
                      ":hosting_key",
                      ":fleet_key",
                      ":summary_exit_reason_key",
                      ":first_seen_before_ms",
                      ":last_seen_ms",
                      ":last_snapshot_seq",
                      ":last_restatement"}),
      see_attribute_(db, ingest::see_process_attribute,
                     {":first_seen_before_ms", ":last_seen_ms", ":last_snapshot_seq",
                      ":last_restatement", ":process_key", ":attribute_no"}),
      load_ports_(db, ingest::load_ports),
      add_port_(db, ingest::add_port,
                {":process_key", ":port_set_no", ":position", ":name_key", ":transport_type_key",
                 ":host_key", ":port"}),
      load_activity_(db, ingest::load_process_activity),
      load_rooms_(db, ingest::load_process_rooms),
      last_activity_no_(db, ingest::last_activity_no),
      add_activity_(
          db, ingest::add_process_activity,
          {":process_key", ":activity_no", ":rooms_allocated", ":rooms_allocated_updated_at_ms",
           ":active_connections", ":active_connections_updated_at_ms", ":room_slots_available",
           ":room_slots_available_updated_at_ms", ":idle_since_ms", ":total_rooms",
           ":room_set_no"}),
      listed_rooms_(db, ingest::add_process_room,
                    {":process_key", ":room_set_no", ":position", ":room_key", ":room_fact_no"}),
      observations_(db, ingest::add_observation,
                    {":process_key", ":snapshot_seq", ":restated_attribute_no", ":egressed_bytes",
                     ":activity_no"}) {}

ProcessMemory& ProcessHistory::find(std::string_view process_id) {
  if (const auto found = known_.find(process_id); found != known_.end()) {
    return *found->second;
  }
  auto process = std::make_unique<ProcessMemory>();
  process->port_sets.emplace_back();
  find_.with(process_id);
  const bool is_stored = find_.next();
  if (is_stored) {
    load(*process);
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

void ProcessHistory::load(ProcessMemory& process) {
  process.process_key = find_.integer(0);
  process.first_seen_ms = find_.maybe_integer(1);
  if (!process.observed()) {
    find_.reset();
    return;
  }
  process.latest = {find_.integer(2), find_.integer(3), find_.integer(4)};
  process.latest_attribute_no = find_.integer(5);
  process.latest_activity_no = find_.integer(6);
  find_.reset();
  load_attributes(process);
  load_ports(process);
  process.rolled_up = process.facts();
  process.track_is_loaded = false;
  last_activity_no_.bind(":process_key", process.process_key);
  if (last_activity_no_.next()) {
    process.next_activity_no = last_activity_no_.integer(0) + 1;
    process.last_room_set_no = last_activity_no_.integer(1);
  }
  last_activity_no_.reset();
  for (std::int64_t back = ProcessMemory::kActivitiesAsked; back > 0; --back) {
    recall_activity(process, process.next_activity_no - back);
  }
}

void ProcessHistory::load_attributes(ProcessMemory& process) {
  Statement& row = load_attributes_;
  row.bind(":process_key", process.process_key).bind(":unsaved_at_ms", document_at_ms_);
  while (row.next()) {
    int column = 0;
    const std::int64_t no = row.integer(column++);
    Standing said_first;
    said_first.snapshot_seq = row.integer(column++);
    Attributes said;
    said.app_key = row.maybe_integer(column++);
    said.deployment_key = row.maybe_integer(column++);
    said.region_key = row.maybe_integer(column++);
    said.status_key = row.maybe_integer(column++);
    said.draining = row.maybe_integer(column++);
    said.starting_at_ms = row.maybe_integer(column++);
    said.scheduled_at_ms = row.maybe_integer(column++);
    said.booted_at_ms = row.maybe_integer(column++);
    said.started_at_ms = row.maybe_integer(column++);
    said.stopping_at_ms = row.maybe_integer(column++);
    said.terminated_at_ms = row.maybe_integer(column++);
    said.rooms_per_process = row.maybe_integer(column++);
    said.port_set_no = row.integer(column++);
    said.host_key = row.maybe_integer(column++);
    said.legacy_port = number_at(row, column++);
    said.hosting_key = row.maybe_integer(column++);
    said.fleet_key = row.maybe_integer(column++);
    said.summary_exit_reason_key = row.maybe_integer(column++);
    said_first.observed_at_ms = row.integer(column++);
    Standing first = said_first;
    first.observed_at_ms -= row.integer(column++);
    const Standing last{row.integer(column), row.integer(column + 1), row.integer(column + 2)};
    process.attributes.push_back({no, said_first, std::move(said), Seen(first, last),
                                  ProcessMemory::AttributeRow::Stored::yes});
  }
}

void ProcessHistory::load_ports(ProcessMemory& process) {
  Statement& row = load_ports_;
  row.bind(":process_key", process.process_key);
  while (row.next()) {
    const auto set = static_cast<std::size_t>(row.integer(0));
    process.port_sets.resize(std::max(process.port_sets.size(), set + 1));
    process.port_sets[set].push_back({row.integer(1), row.maybe_integer(2), row.maybe_integer(3),
                                      row.maybe_integer(4), row.maybe_integer(5)});
  }
  process.port_sets_stored = process.port_sets.size();
}

void ProcessHistory::recall_activity(ProcessMemory& process, std::int64_t activity_no) {
  if (process.find_activity(activity_no) != nullptr) {
    return;
  }
  Activity said;
  Statement& row = load_activity_;
  row.bind(":process_key", process.process_key).bind(":activity_no", activity_no);
  if (!row.next()) {
    return;
  }
  said.rooms_allocated = row.maybe_integer(0);
  said.rooms_allocated_updated_at_ms = row.maybe_integer(1);
  said.active_connections = number_at(row, 2);
  said.active_connections_updated_at_ms = row.maybe_integer(3);
  said.room_slots_available = number_at(row, 4);
  said.room_slots_available_updated_at_ms = row.maybe_integer(5);
  said.idle_since_ms = row.maybe_integer(6);
  said.total_rooms = row.maybe_integer(7);
  const std::optional<std::int64_t> room_set_no = row.maybe_integer(8);
  said.lists_rooms = room_set_no.has_value();
  row.reset();
  load_rooms_.bind(":process_key", process.process_key)
      .bind(":room_set_no", room_set_no.value_or(0));
  while (load_rooms_.next()) {
    said.rooms.push_back({load_rooms_.integer(0), load_rooms_.integer(1)});
  }
  process.activities.push_back({activity_no, std::move(said), room_set_no, false, true});
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
  for (BulkInsert* rows : {&add_attribute_, &add_port_, &add_activity_, &listed_rooms_}) {
    rows->flush();
  }
  dirty_.clear();
}

void ProcessHistory::write_added() {
  for (const auto& [process, process_id] : added_) {
    std::apply([&, key = process->process_key,
                id = process_id](const auto&... values) { add_.add(key, id, values...); },
               process->summary());
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
    observations_.add(process.process_key, row.snapshot_seq,
                      (row.restatement << kRestatementShift) | row.attribute_no, row.egressed_bytes,
                      row.activity_no);
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
    std::apply([&](const auto&... values) { save_.with(values..., process.process_key).run(); },
               process.summary());
  }
}

void ProcessHistory::write_attributes(ProcessMemory& process, ProcessMemory::AttributeRow& row) {
  using Stored = ProcessMemory::AttributeRow::Stored;
  const Seen& seen = row.seen;
  const std::int64_t first_seen_before_ms =
      row.said_first.observed_at_ms - seen.first.observed_at_ms;
  if (row.stored == Stored::no) {
    const Attributes& said = row.content;
    add_attribute_.add(
        process.process_key, row.no, row.said_first.snapshot_seq, said.app_key, said.deployment_key,
        said.region_key, said.status_key, said.draining, said.starting_at_ms, said.scheduled_at_ms,
        said.booted_at_ms, said.started_at_ms, said.stopping_at_ms, said.terminated_at_ms,
        said.rooms_per_process, said.port_set_no, said.host_key, said.legacy_port, said.hosting_key,
        said.fleet_key, said.summary_exit_reason_key, first_seen_before_ms,
        seen.last.observed_at_ms, seen.last.snapshot_seq, seen.last.restatement);
  } else if (row.stored == Stored::span_grew) {
    see_attribute_
        .with(first_seen_before_ms, seen.last.observed_at_ms, seen.last.snapshot_seq,
              seen.last.restatement, process.process_key, row.no)
        .run();
  }
  row.stored = Stored::yes;
}

void ProcessHistory::write_activity(ProcessMemory& process, ProcessMemory::ActivityRow& row) {
  if (row.is_stored) {
    return;
  }
  const Activity& said = row.content;
  add_activity_.add(process.process_key, row.no, said.rooms_allocated,
                    said.rooms_allocated_updated_at_ms, said.active_connections,
                    said.active_connections_updated_at_ms, said.room_slots_available,
                    said.room_slots_available_updated_at_ms, said.idle_since_ms, said.total_rooms,
                    row.room_set_no);
  std::int64_t position = 0;
  if (row.has_new_list) {
    for (const normalise::ListedRoom& room : said.rooms) {
      listed_rooms_.add(process.process_key, *row.room_set_no, position++, room.room_key,
                        room.room_fact_no);
    }
  }
  row.is_stored = true;
}

void ProcessHistory::write_ports(ProcessMemory& process) {
  for (std::size_t set = process.port_sets_stored; set < process.port_sets.size(); ++set) {
    for (const Port& port : process.port_sets[set]) {
      add_port_.add(process.process_key, static_cast<std::int64_t>(set), port.position,
                    port.name_key, port.transport_type_key, port.host_key, port.port);
    }
  }
  process.port_sets_stored = process.port_sets.size();
}

void ProcessHistory::trim(std::uint64_t group) {
  if (known_.size() <= kMostKept) {
    return;
  }
  found_before_ = nullptr;
  std::erase_if(known_, [&](const auto& entry) {
    ProcessMemory& process = *entry.second;
    process.follower = nullptr;
    return process.touched_in_group + (process.has_ended() ? 0 : 1) < group;
  });
  if (known_.size() > 24 * kMostKept) {
    known_.clear();
  }
}

}  // namespace fleetmeter::store
