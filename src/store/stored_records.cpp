#include "store/stored_records.hpp"

#include <string>
#include <utility>

#include "store/allocation_id.hpp"
#include "store/loose_number.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostGiven = 20'000;  // processes of which something is kept in memory

model::Text kept(const std::optional<std::string>& text, model::TextArena& texts) {
  return text ? model::Text(texts.keep(*text)) : std::nullopt;
}

/// A value of a column that may hold any → a number as it came.
model::LooseNumber number_of(const sql::Value& value, model::TextArena& texts) {
  model::LooseNumber number = loose_number(value);
  number.text = texts.keep(number.text);
  return number;
}

template <class Row>
model::AllocationRecord allocation_of(const Row& row, model::TextArena& texts) {
  model::AllocationRecord allocation;
  allocation.room_allocation_id = texts.keep(allocation_id_of(row.room_allocation_id));
  allocation.process_id = kept(row.allocated_process_id, texts);
  allocation.scheduled_at_ms = row.scheduled_at_ms;
  allocation.unscheduled_at_ms = row.unscheduled_at_ms;
  return allocation;
}

}  // namespace

StoredRecords::StoredRecords(const Part& part)
    : reader_(*part.reader),
      attributes_(*part.db),
      ports_(*part.db),
      activity_(*part.db),
      rooms_(*part.db),
      allocations_(*part.db) {}

model::Text StoredRecords::text_of(const Key& label_key, model::TextArena& texts) {
  return label_key ? model::Text(texts.keep(reader_.label(label_key))) : std::nullopt;
}

std::shared_ptr<const model::ProcessRecord> StoredRecords::process(
    const ask::ListStoredObservations::Out& said) {
  if (given_.size() >= kMostGiven && !given_.contains(said.process_key)) {
    given_.clear();
  }
  Given& given = given_[said.process_key];
  if (given.attribute_no != said.attribute_no) {
    read_attributes(said, given);
  } else if (given.activity_no == said.activity_no) {
    listed_ = given.record->room_list ? given.listed : nullptr;
    return given.record;
  }
  given.record = record(said, given);
  listed_ = given.record->room_list ? given.listed : nullptr;
  given.attribute_no = said.attribute_no;
  given.activity_no = said.activity_no;
  return given.record;
}

void StoredRecords::read_attributes(const ask::ListStoredObservations::Out& said, Given& given) {
  for (const auto& row : attributes_.rows({.process_key = said.process_key, .unsaved_at_ms = 0})) {
    if (row.attribute_no != said.attribute_no) {
      continue;
    }
    const auto texts = std::make_shared<model::TextArena>(std::size_t{256});
    auto record = std::make_shared<model::ProcessAttributes>();
    record->process_id = texts->keep(said.process_id);
    record->app_id = text_of(row.app_key, *texts);
    record->deployment_id = text_of(row.deployment_key, *texts);
    record->region = text_of(row.region_key, *texts);
    record->status = text_of(row.status_key, *texts);
    record->draining = row.draining ? std::optional(*row.draining != 0) : std::nullopt;
    record->starting_at_ms = row.starting_at_ms;
    record->scheduled_at_ms = row.scheduled_at_ms;
    record->booted_at_ms = row.booted_at_ms;
    record->started_at_ms = row.started_at_ms;
    record->stopping_at_ms = row.stopping_at_ms;
    record->terminated_at_ms = row.terminated_at_ms;
    record->rooms_per_process = row.rooms_per_process;
    record->host = text_of(row.host_key, *texts);
    record->port = number_of(row.legacy_port, *texts);
    record->hosting = text_of(row.hosting_key, *texts);
    record->fleet_id = text_of(row.fleet_key, *texts);
    record->summary_exit_reason = text_of(row.summary_exit_reason_key, *texts);
    put_ports(said.process_key, row.port_set_no, *record, *texts);
    record->texts = given.texts = texts;
    given.attributes = std::move(record);
    return;
  }
  throw damaged("process_attribute: a row is missing");
}

void StoredRecords::put_ports(std::int64_t process_key, std::int64_t port_set_no,
                              model::ProcessAttributes& attributes, model::TextArena& texts) {
  for (const auto& row : ports_.rows({.process_key = process_key})) {
    if (row.port_set_no != port_set_no) {
      continue;
    }
    const model::PortRecord port{text_of(row.name_key, texts),
                                 text_of(row.transport_type_key, texts),
                                 text_of(row.host_key, texts), row.port};
    if (row.position == 0) {
      attributes.exposed_port = port;
    } else {
      attributes.additional_exposed_ports.push_back(port);
    }
  }
}

std::shared_ptr<const model::ProcessRecord> StoredRecords::record(
    const ask::ListStoredObservations::Out& said, Given& given) {
  const auto row =
      activity_.first({.process_key = said.process_key, .activity_no = said.activity_no});
  if (!row) {
    throw damaged("process_activity: a row is missing");
  }
  auto record = std::make_shared<model::ProcessRecord>();
  record->attributes = given.attributes;
  record->rooms_allocated = row->rooms_allocated;
  record->rooms_allocated_updated_at_ms = row->rooms_allocated_updated_at_ms;
  record->active_connections = number_of(row->active_connections, *given.texts);
  record->active_connections_updated_at_ms = row->active_connections_updated_at_ms;
  record->room_slots_available = number_of(row->room_slots_available, *given.texts);
  record->room_slots_available_updated_at_ms = row->room_slots_available_updated_at_ms;
  record->idle_since_ms = row->idle_since_ms;
  record->total_rooms = row->total_rooms;
  if (row->room_set_no) {
    if (given.room_set_no != *row->room_set_no) {
      read_rooms(said.process_key, *row->room_set_no, given);
    }
    record->room_list = given.rooms;
  }
  return record;
}

void StoredRecords::read_rooms(std::int64_t process_key, std::int64_t room_set_no, Given& given) {
  auto list = std::make_shared<model::RoomList>();
  auto listed = std::make_shared<Rooms>();
  for (const auto& row : rooms_.rows({.process_key = process_key, .room_set_no = room_set_no})) {
    list->rooms.push_back(room_of(row, list->texts));
    listed->push_back({row.room_key, row.room_fact_no});
  }
  given.rooms = std::move(list);
  given.listed = std::move(listed);
  given.room_set_no = room_set_no;
}

template <class Row>
model::RoomRecord StoredRecords::room_of(const Row& row, model::TextArena& texts) {
  model::RoomRecord room;
  room.room_id = texts.keep(row.room_id);
  room.app_id = text_of(row.app_key, texts);
  room.status = text_of(row.status_key, texts);
  room.room_config = kept(row.room_config, texts);
  if (!std::holds_alternative<std::nullptr_t>(row.room_allocation_id)) {
    room.current_allocation = allocation_of(row, texts);
  }
  return room;
}

model::RoomRecord StoredRecords::room(const ask::ListStoredRooms::Out& said,
                                      model::TextArena& texts) {
  model::RoomRecord room = room_of(said, texts);
  for (const auto& row : allocations_.rows({.room_key = said.room_key,
                         .snapshot_seq = said.snapshot_seq,
                         .restatement = said.restatement})) {
    room.allocations.push_back(allocation_of(row, texts));
  }
  return room;
}

}  // namespace fleetmeter::store
