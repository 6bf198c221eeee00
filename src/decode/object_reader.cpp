#include "decode/object_reader.hpp"

#include <string_view>

#include "decode/object_fields.hpp"
#include "decode/process_fields.hpp"

namespace fleetmeter::decode {

namespace {

using model::AllocationRecord;
using model::PortRecord;
using model::ProcessAttributes;
using model::ProcessRecord;
using model::RoomRecord;

using enum ProcessField;

/// What an envelope says of its list: "" says nothing.
void drop_empty(model::Text& text) {
  if (text && text->empty()) {
    text.reset();
  }
}

}  // namespace

ObjectReader::ObjectReader(ValueReader& values)
    : in_(values),
      process_table_(kProcessFieldNames),
      port_table_(kPortNames),
      room_table_(kRoomNames),
      allocation_table_(kAllocationNames),
      envelope_table_(kEnvelopeNames) {}

void ObjectReader::start() {
  process_id_.reset();
  names_process_ = bad_process_id_ = false;
  created_at_ms_.reset();
  egressed_bytes_.reset();
}

void ObjectReader::read_envelope(JsonObject& object, bool is_record, model::DocumentHead& out) {
  OwnTime own_time;
  in_.walk(object, envelope_table_, [&](int field, const std::string& name, JsonValue& value) {
    if (is_record && field != observed_at && field < first_own_time) {
      return;
    }
    switch (field) {
      case observed_at:
        return in_.read_observed_at(value, name, out.observed_at_ms);
      case capped:
        return in_.read(value, name, out.capped);
      case list_kind:
        in_.read(value, name, kLongestLabel, out.list_kind);
        return drop_empty(out.list_kind);
      case list_app:
        return read_scope(value, name, out.list_app, out);
      case list_region:
        return read_scope(value, name, out.list_region, out);
      case list_of_processes: {
        simdjson::ondemand::array list;
        static_cast<void>(in_.read_array(value, name, list));
        return;
      }
      default:
        return in_.read_own_time(value, field, own_time);
    }
  });
  out.own_time_ms = own_time.ms;
  out.own_time_unread = own_time.is_unread;
}

/// What a list was asked for. What is no text costs what the list proves, and nothing else.
void ObjectReader::read_scope(JsonValue& value, const std::string& name, model::Text& out,
                              model::DocumentHead& head) {
  if (token_of(value).starts_with('"')) {
    in_.read(value, name, kLongestId, out);
  } else {
    head.scope_unread = head.scope_unread || !token_of(value).starts_with("null");
  }
  drop_empty(out);
}

// ---- a process

void ObjectReader::read_process(JsonObject& object, ProcessAttributes& attributes,
                                ProcessRecord& out) {
  in_.walk(object, process_table_, [&](int field, const std::string& name, JsonValue& value) {
    const std::int64_t before = in_.placeholder_times();
    read_process_field(field, name, value, attributes, out);
    const std::int64_t more = in_.placeholder_times() - before;
    if (is_lifecycle_time(ProcessField{field})) {
      attributes.placeholder_times += more;
    } else if (ProcessField{field} != rooms) {
      out.placeholder_times += more;
    }
  });
}

void ObjectReader::read_process_field(int field, const std::string& name, JsonValue& value,
                                      ProcessAttributes& attributes, ProcessRecord& out) {
  switch (ProcessField{field}) {
    case process_id:
      names_process_ = true;
      return read_process_id(value, name);
    case app_id:
      return in_.read(value, name, kLongestId, attributes.app_id);
    case deployment_id:
      return in_.read_deployment_id(value, name, attributes.deployment_id);
    case region:
      return in_.read(value, name, kLongestRegion, attributes.region);
    case starting_at:
      return in_.read_time(value, name, attributes.starting_at_ms);
    case created_at:
      created_at_token_ = token_of(value);
      return in_.read_time(value, name, created_at_ms_);
    case started_at:
      return in_.read_time(value, name, attributes.started_at_ms);
    case stopping_at:
      return in_.read_time(value, name, attributes.stopping_at_ms);
    case terminated_at:
      return in_.read_time(value, name, attributes.terminated_at_ms);
    case scheduled_at:
      return in_.read_time(value, name, attributes.scheduled_at_ms);
    case booted_at:
      return in_.read_time(value, name, attributes.booted_at_ms);
    case egressed_bytes:
      return read_egressed_bytes(value, name);
    default:
      return read_state_field(field, name, value, attributes, out);
  }
}

void ObjectReader::read_state_field(int field, const std::string& name, JsonValue& value,
                                    ProcessAttributes& attributes, ProcessRecord& out) {
  switch (ProcessField{field}) {
    case draining:
      return in_.read(value, name, attributes.draining);
    case status:
      return read_free_text(value, name, kLongestLabel, attributes.status);
    case rooms_per_process:
      return in_.read(value, name, attributes.rooms_per_process);
    case host:
      return read_free_text(value, name, kLongestLabel, attributes.host);
    case port:
      return in_.read(value, name, attributes.port);
    case hosting:
      return read_free_text(value, name, kLongestLabel, attributes.hosting);
    case fleet_id:
      return read_free_text(value, name, kLongestId, attributes.fleet_id);
    case summary_exit_reason:
      return read_free_text(value, name, kLongestLabel, attributes.summary_exit_reason);
    case exposed_port:
      attributes.exposed_port = read_port(value, name);
      return;
    case additional_exposed_ports:
      read_each(value, name, [&](JsonValue& element, const std::string& index) {
        if (auto one = read_port(element, index)) {
          attributes.additional_exposed_ports.push_back(*one);
        }
      });
      return;
    default:
      return read_activity_field(field, name, value, out);
  }
}

void ObjectReader::read_activity_field(int field, const std::string& name, JsonValue& value,
                                       ProcessRecord& out) {
  switch (ProcessField{field}) {
    case rooms_allocated:
      return in_.read(value, name, out.rooms_allocated);
    case rooms_allocated_updated_at:
      return in_.read_time(value, name, out.rooms_allocated_updated_at_ms);
    case active_connections:
      return in_.read(value, name, out.active_connections);
    case active_connections_updated_at:
      return in_.read_time(value, name, out.active_connections_updated_at_ms);
    case room_slots_available:
      return in_.read(value, name, out.room_slots_available);
    case room_slots_available_updated_at:
      return in_.read_time(value, name, out.room_slots_available_updated_at_ms);
    case idle_since:
      return in_.read_time(value, name, out.idle_since_ms);
    case total_rooms:
      return in_.read(value, name, out.total_rooms);
    case rooms:
      out.room_list = read_rooms(value, name);
      return;
    default:
      return;
  }
}

/// A text by which nothing is found or summed: a fault in it costs it alone.
void ObjectReader::read_free_text(JsonValue& value, const std::string& name, std::size_t longest,
                                  model::Text& out) {
  const std::size_t before = in_.problem_count();
  in_.read(value, name, longest, out);
  in_.confine(before);
}

/// What a process must have, and must not contradict.
void ObjectReader::check_process(ProcessAttributes& out) {
  if (!bad_process_id_ && (!process_id_ || process_id_->empty())) {
    in_.problem({}, "processId", "is missing or empty");
  }
  out.process_id = process_id_.value_or("");
  if (created_at_ms_ && out.starting_at_ms && *created_at_ms_ != *out.starting_at_ms) {
    in_.problem(created_at_token_, "createdAt", "differs from startingAt, which is its older name");
  }
  if (!out.starting_at_ms) {
    out.starting_at_ms = created_at_ms_;
  }
  out.is_v1 = !created_at_ms_ && !out.status;
}

void ObjectReader::read_process_id(JsonValue& value, const std::string& name) {
  const std::size_t problems = in_.problem_count();
  in_.read(value, name, kLongestId, process_id_);
  bad_process_id_ = in_.problem_count() > problems;
}

void ObjectReader::read_egressed_bytes(JsonValue& value, const std::string& name) {
  const std::string_view token = token_of(value);
  in_.read(value, name, egressed_bytes_);
  if (egressed_bytes_ && *egressed_bytes_ < model::kLowestReading) {
    in_.problem(token, name,
                "is below -2147483648, which no counter and no wrapped int32 can say (" +
                    std::to_string(*egressed_bytes_) + ")");
  }
}

// ---- what is inside

/// Reads an object whose problems cost only itself. True when it was there and is good.
template <class ReadInside>
bool ObjectReader::read_apart(JsonValue& value, const std::string& name, ReadInside&& read_inside) {
  const std::size_t problems = in_.problem_count();
  const std::size_t path = in_.path_size();
  JsonObject object;
  bool there = in_.read_object(value, name, object);
  if (there) {
    in_.enter(name);
    read_inside(object);
    in_.leave(path);
  }
  in_.confine(problems);
  return there && in_.problem_count() == problems && !in_.broken();
}

template <class ReadOne>
bool ObjectReader::read_each(JsonValue& value, const std::string& name, ReadOne&& read_one) {
  simdjson::ondemand::array array;
  if (!in_.read_array(value, name, array)) {
    return false;
  }
  const std::size_t path = in_.path_size();
  in_.enter(name);
  std::size_t index = 0;
  for (auto element : array) {
    JsonValue one;
    if (!in_.check(element.get(one), {})) {
      return true;
    }
    read_one(one, std::to_string(index++));
    if (in_.broken()) {
      return true;
    }
  }
  in_.leave(path);
  return true;
}

std::optional<PortRecord> ObjectReader::read_port(JsonValue& value, const std::string& name) {
  PortRecord out;
  const bool good = read_apart(value, name, [&](JsonObject& object) {
    in_.walk(object, port_table_, [&](int field, const std::string& member, JsonValue& inner) {
      switch (field) {
        case port_transport_type:
          return in_.read(inner, member, kLongestLabel, out.transport_type);
        case port_port:
          return in_.read(inner, member, out.port);
        case port_host:
          return in_.read(inner, member, kLongestLabel, out.host);
        default:
          return in_.read(inner, member, kLongestLabel, out.name);
      }
    });
  });
  return good ? std::optional(out) : std::nullopt;
}

std::shared_ptr<const model::RoomList> ObjectReader::read_rooms(JsonValue& value,
                                                                const std::string& name) {
  static const auto kNone = std::make_shared<const model::RoomList>();
  std::shared_ptr<model::RoomList> list;
  const std::int64_t placeholders = in_.placeholder_times();
  const bool there = read_each(value, name, [&](JsonValue& element, const std::string& index) {
    if (!list) {
      list = std::make_shared<model::RoomList>();
    }
    const ValueReader::KeepingIn texts(in_, list->texts);
    RoomRecord room;
    if (read_apart(element, index, [&](JsonObject& object) { read_room(object, room); })) {
      list->rooms.push_back(std::move(room));
    }
  });
  if (!there) {
    return nullptr;
  }
  if (list) {
    list->placeholder_times = in_.placeholder_times() - placeholders;
  }
  return list ? list : kNone;
}

void ObjectReader::read_room(JsonObject& object, RoomRecord& out) {
  model::Text id;
  in_.walk(object, room_table_, [&](int field, const std::string& name, JsonValue& value) {
    switch (field) {
      case room_id:
        return in_.read(value, name, kLongestId, id);
      case room_app_id:
        return in_.read(value, name, kLongestId, out.app_id);
      case room_status:
        return in_.read(value, name, kLongestLabel, out.status);
      case room_config:
        return in_.read_room_config(value, name, out.room_config);
      case room_current:
        out.current_allocation = read_allocation(value, name);
        return;
      default:
        read_each(value, name, [&](JsonValue& element, const std::string& index) {
          if (auto one = read_allocation(element, index)) {
            out.allocations.push_back(*one);
          }
        });
    }
  });
  if (!in_.broken() && (!id || id->empty())) {
    in_.problem({}, "roomId", "is missing or empty");
  }
  out.room_id = id.value_or("");
}

std::optional<AllocationRecord> ObjectReader::read_allocation(JsonValue& value,
                                                              const std::string& name) {
  AllocationRecord out;
  model::Text id;
  JsonObject object;
  if (!in_.read_object(value, name, object)) {
    return std::nullopt;
  }
  const std::size_t path = in_.path_size();
  in_.enter(name);
  in_.walk(object, allocation_table_, [&](int field, const std::string& member, JsonValue& inner) {
    switch (field) {
      case allocation_id:
        return in_.read(inner, member, kLongestId, id);
      case allocation_process:
        return in_.read(inner, member, kLongestId, out.process_id);
      case allocation_from:
        return in_.read_time(inner, member, out.scheduled_at_ms);
      default:
        return in_.read_time(inner, member, out.unscheduled_at_ms);
    }
  });
  if (!in_.broken() && (!id || id->empty())) {
    in_.problem({}, "roomAllocationId", "is missing or empty");
  }
  in_.leave(path);
  out.room_allocation_id = id.value_or("");
  return out;
}

}  // namespace fleetmeter::decode
