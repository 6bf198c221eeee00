#include "decode/record_decoder.hpp"

#include <array>

#include "base/text.hpp"
#include "decode/value_reader.hpp"

namespace fleetmeter::decode {

namespace {

using model::AllocationRecord;
using model::PortRecord;
using model::ProcessRecord;
using model::RoomRecord;

constexpr std::int64_t kLowestWrap = -2147483648;  // an int32 that wrapped is never below this

enum ProcessField {
  process_id,
  app_id,
  deployment_id,
  region,
  starting_at,
  created_at,
  started_at,
  stopping_at,
  terminated_at,
  scheduled_at,
  booted_at,
  egressed_bytes,
  draining,
  status,
  rooms_per_process,
  rooms_allocated,
  rooms_allocated_updated_at,
  exposed_port,
  additional_exposed_ports,
  idle_since,
  active_connections,
  active_connections_updated_at,
  room_slots_available,
  room_slots_available_updated_at,
  host,
  port,
  rooms,
  total_rooms,
  hosting,
  fleet_id,
  summary_exit_reason
};

FieldTable process_table() {
  return FieldTable({"processId",
                     "appId",
                     "deploymentId",
                     "region",
                     "startingAt",
                     "createdAt",
                     "startedAt",
                     "stoppingAt",
                     "terminatedAt",
                     "scheduledAt",
                     "bootedAt",
                     "egressedBytes",
                     "draining",
                     "status",
                     "roomsPerProcess",
                     "roomsAllocated",
                     "roomsAllocatedUpdatedAt",
                     "exposedPort",
                     "additionalExposedPorts",
                     "idleSince",
                     "activeConnections",
                     "activeConnectionsUpdatedAt",
                     "roomSlotsAvailable",
                     "roomSlotsAvailableUpdatedAt",
                     "host",
                     "port",
                     "rooms",
                     "totalRooms",
                     "hosting",
                     "fleetId",
                     "summaryExitReason"});
}

enum PortField { port_transport_type, port_port, port_host, port_name };
enum RoomField { room_id, room_app_id, room_status, room_config, room_current, room_allocations };
enum AllocationField { allocation_id, allocation_process, allocation_from, allocation_to };
enum EnvelopeField { observed_at, list_of_processes, capped, list_kind };

struct KnownObject {
  const char* member;
  const char* kind;
};

/// Vendor objects that are not processes, told by a member that only they have.
constexpr std::array<KnownObject, 8> kSetAside{{{"invoiceItems", "invoice_item_page"},
                                                {"amountDue", "invoice"},
                                                {"unitPrice", "invoice_item"},
                                                {"deployments", "deployment_page"},
                                                {"buildId", "deployment"},
                                                {"requestedCPU", "deployment"},
                                                {"requestedMemoryMB", "deployment"},
                                                {"requested_memory_mb", "deployment"}}};

}  // namespace

/// The decoder's state: the JSON library's parser, the tables of names, and what is being read.
class RecordDecoder::Reader {
 public:
  bool decode(const RawValue& value, const std::string& pointer, model::DocumentPart& part,
              SyntaxProblem& syntax);
  bool decode_envelope(std::string_view text, model::DocumentPart& part, SyntaxProblem& syntax);

 private:
  /// What one pass over an object came to.
  enum class Pass { done, not_utf8, broken };

  template <class ReadObject>
  Pass open_object(std::string_view bytes, std::uint64_t offset, const std::string& pointer,
                   model::TextArena& texts, ReadObject&& read_object);
  void read_process_field(int field, const std::string& name, JsonValue& value, ProcessRecord& out);
  void read_state_field(int field, const std::string& name, JsonValue& value, ProcessRecord& out);
  void read_activity_field(int field, const std::string& name, JsonValue& value,
                           ProcessRecord& out);
  void check_process(ProcessRecord& out);
  void read_room(JsonObject& object, RoomRecord& out);
  std::optional<PortRecord> read_port(JsonValue& value, const std::string& name);
  std::optional<AllocationRecord> read_allocation(JsonValue& value, const std::string& name);
  template <class ReadOne>
  void read_each(JsonValue& value, const std::string& name, ReadOne&& read_one);
  template <class ReadInside>
  bool read_apart(JsonValue& value, const std::string& name, ReadInside&& read_inside);

  bool finish_process(const RawValue& value, model::DocumentPart& part, ProcessRecord&& process);
  bool decode_other(const RawValue& value, const std::string& pointer, model::DocumentPart& part,
                    SyntaxProblem& syntax);
  [[nodiscard]] std::string why_not_a_process() const;
  void report_problems(const RawValue& value, model::DocumentPart& part);

  simdjson::ondemand::parser parser_;
  ValueReader in_;
  FieldTable process_table_ = process_table();
  FieldTable port_table_{{"transportType", "port", "host", "name"}};
  FieldTable room_table_{
      {"roomId", "appId", "status", "roomConfig", "currentAllocation", "allocations"}};
  FieldTable allocation_table_{{"roomAllocationId", "processId", "scheduledAt", "unscheduledAt"}};
  FieldTable envelope_table_{{"observedAt", "processes", "capped", "list"}};
  model::Text process_id_;
  bool names_process_ = false;
  model::Instant created_at_ms_;
  std::size_t confined_problems_ = 0;  ///< those that cost a port or a room, not the record
};

RecordDecoder::RecordDecoder() : reader_(std::make_unique<Reader>()) {}
RecordDecoder::~RecordDecoder() = default;

bool RecordDecoder::decode(const RawValue& value, const std::string& pointer,
                           model::DocumentPart& part, SyntaxProblem& syntax) {
  return reader_->decode(value, pointer, part, syntax);
}

bool RecordDecoder::decode_envelope(std::string_view text, model::DocumentPart& part,
                                    SyntaxProblem& syntax) {
  return reader_->decode_envelope(text, part, syntax);
}

namespace {

void reject_whole(const RawValue& value, const std::string& pointer, std::uint64_t offset,
                  const std::string& reason, model::DocumentPart& part) {
  part.rejects.push_back(
      {value.offset, value.length, offset, pointer, reason, std::string(value.bytes)});
}

/// Why a record cannot be looked into at all; "" when it can.
std::string why_not_readable(const RawValue& value) {
  if (value.oversize) {
    return "the record is " + std::to_string(value.length) + " bytes long, over the limit";
  }
  if (value.too_deep) {
    return "nested deeper than 64 levels";
  }
  if (value.bytes.front() != '{') {
    return "expected a process object, found " + base::printable(value.bytes.substr(0, 60));
  }
  return "";
}

}  // namespace

template <class ReadObject>
RecordDecoder::Reader::Pass RecordDecoder::Reader::open_object(std::string_view bytes,
                                                               std::uint64_t offset,
                                                               const std::string& pointer,
                                                               model::TextArena& texts,
                                                               ReadObject&& read_object) {
  in_.start(bytes, offset, pointer, texts);
  confined_problems_ = 0;
  const simdjson::padded_string_view padded(bytes.data(), bytes.size(),
                                            bytes.size() + simdjson::SIMDJSON_PADDING);
  simdjson::ondemand::document document;
  const simdjson::error_code error = parser_.iterate(padded).get(document);
  if (error == simdjson::UTF8_ERROR) {
    return Pass::not_utf8;
  }
  if (error == simdjson::MEMALLOC) {
    throw std::bad_alloc();
  }
  JsonObject object;
  if (in_.check(error, {}) && in_.check(document.get_object().get(object), {})) {
    read_object(object);
  }
  return in_.broken() ? Pass::broken : Pass::done;
}

bool RecordDecoder::Reader::decode(const RawValue& value, const std::string& pointer,
                                   model::DocumentPart& part, SyntaxProblem& syntax) {
  if (const std::string why = why_not_readable(value); !why.empty()) {
    reject_whole(value, pointer, value.offset, why, part);
    return true;
  }
  ProcessRecord process;
  process_id_.reset();
  names_process_ = false;
  created_at_ms_.reset();
  const Pass pass = open_object(value.bytes, value.offset, pointer, part.texts, [&](auto& object) {
    in_.walk(object, process_table_, [&](int field, const std::string& name, JsonValue& member) {
      read_process_field(field, name, member, process);
    });
  });
  if (pass == Pass::not_utf8) {
    const std::size_t at = base::find_invalid_utf8(value.bytes);
    reject_whole(value, pointer, value.offset + at, "invalid UTF-8", part);
    return true;
  }
  if (pass == Pass::broken) {
    syntax = {in_.breakage().offset, in_.breakage().reason};
    return false;
  }
  return names_process_ ? finish_process(value, part, std::move(process))
                        : decode_other(value, pointer, part, syntax);
}

bool RecordDecoder::Reader::finish_process(const RawValue& value, model::DocumentPart& part,
                                           ProcessRecord&& process) {
  check_process(process);
  const bool fatal = in_.problems().size() > confined_problems_;
  report_problems(value, part);
  if (!fatal) {
    part.processes.push_back(std::move(process));
  }
  return true;
}

bool RecordDecoder::Reader::decode_other(const RawValue& value, const std::string& pointer,
                                         model::DocumentPart& part, SyntaxProblem& syntax) {
  if (in_.has_unknown("roomId") || in_.has_unknown("room_id") || in_.has_unknown("RoomId")) {
    RoomRecord room;
    const Pass pass = open_object(value.bytes, value.offset, pointer, part.texts,
                                  [&](auto& object) { read_room(object, room); });
    if (pass == Pass::broken) {
      syntax = {in_.breakage().offset, in_.breakage().reason};
      return false;
    }
    const bool fatal = in_.problems().size() > confined_problems_;
    report_problems(value, part);
    if (!fatal) {
      part.rooms.push_back(std::move(room));
    }
    return true;
  }
  for (const KnownObject& known : kSetAside) {
    if (in_.has_unknown(known.member)) {
      part.set_aside.push_back({value.offset, known.kind, std::string(value.bytes)});
      return true;
    }
  }
  if (!in_.saw_members()) {
    part.set_aside.push_back({value.offset, "empty_object", std::string(value.bytes)});
    return true;
  }
  reject_whole(value, pointer, value.offset, why_not_a_process(), part);
  return true;
}

std::string RecordDecoder::Reader::why_not_a_process() const {
  if (in_.has_unknown("taskArn") || in_.has_unknown("containers") ||
      in_.has_unknown("lastStatus")) {
    return "processId is missing: this looks like an AWS ECS task, not a Hathora process";
  }
  if (in_.has_unknown("message") || in_.has_unknown("error")) {
    return "processId is missing: this looks like a saved error answer, not a list of processes";
  }
  return "processId is missing: this is not a process (nor a room, deployment or invoice)";
}

void RecordDecoder::Reader::report_problems(const RawValue& value, model::DocumentPart& part) {
  bool first = true;
  for (auto& problem : in_.problems()) {
    part.rejects.push_back({value.offset, value.length, problem.offset, std::move(problem.pointer),
                            std::move(problem.reason),
                            first ? std::string(value.bytes) : std::string()});
    first = false;
  }
}

// ---- a process

void RecordDecoder::Reader::read_process_field(int field, const std::string& name, JsonValue& value,
                                               ProcessRecord& out) {
  switch (field) {
    case process_id:
      names_process_ = true;
      return in_.read(value, name, kLongestId, process_id_);
    case app_id:
      return in_.read(value, name, kLongestId, out.app_id);
    case deployment_id:
      return in_.read_deployment_id(value, name, out.deployment_id);
    case region:
      return in_.read(value, name, kLongestRegion, out.region);
    case starting_at:
      return in_.read_time(value, name, out.starting_at_ms);
    case created_at:
      return in_.read_time(value, name, created_at_ms_);
    case started_at:
      return in_.read_time(value, name, out.started_at_ms);
    case stopping_at:
      return in_.read_time(value, name, out.stopping_at_ms);
    case terminated_at:
      return in_.read_time(value, name, out.terminated_at_ms);
    case scheduled_at:
      return in_.read_time(value, name, out.scheduled_at_ms);
    case booted_at:
      return in_.read_time(value, name, out.booted_at_ms);
    case egressed_bytes:
      return in_.read(value, name, out.egressed_bytes);
    default:
      return read_state_field(field, name, value, out);
  }
}

void RecordDecoder::Reader::read_state_field(int field, const std::string& name, JsonValue& value,
                                             ProcessRecord& out) {
  switch (field) {
    case draining:
      return in_.read(value, name, out.draining);
    case status:
      return in_.read(value, name, kLongestLabel, out.status);
    case rooms_per_process:
      return in_.read(value, name, out.rooms_per_process);
    case host:
      return in_.read(value, name, kLongestLabel, out.host);
    case port:
      return in_.read(value, name, out.port);
    case hosting:
      return in_.read(value, name, kLongestLabel, out.hosting);
    case fleet_id:
      return in_.read(value, name, kLongestId, out.fleet_id);
    case summary_exit_reason:
      return in_.read(value, name, kLongestLabel, out.summary_exit_reason);
    case exposed_port:
      out.exposed_port = read_port(value, name);
      return;
    case additional_exposed_ports:
      return read_each(value, name, [&](JsonValue& element, const std::string& index) {
        if (auto one = read_port(element, index)) {
          out.additional_exposed_ports.push_back(*one);
        }
      });
    default:
      return read_activity_field(field, name, value, out);
  }
}

void RecordDecoder::Reader::read_activity_field(int field, const std::string& name,
                                                JsonValue& value, ProcessRecord& out) {
  switch (field) {
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
      return read_each(value, name, [&](JsonValue& element, const std::string& index) {
        out.lists_rooms = true;
        RoomRecord room;
        if (read_apart(element, index, [&](JsonObject& object) { read_room(object, room); })) {
          out.rooms.push_back(std::move(room));
        }
      });
    default:
      return;
  }
}

/// What a process must have, and must not contradict.
void RecordDecoder::Reader::check_process(ProcessRecord& out) {
  if (!process_id_ || process_id_->empty()) {
    in_.problem({}, "processId", "is missing or empty");
  }
  out.process_id = process_id_.value_or("");
  if (created_at_ms_ && out.starting_at_ms && *created_at_ms_ != *out.starting_at_ms) {
    in_.problem({}, "createdAt", "differs from startingAt, which is its older name");
  }
  if (!out.starting_at_ms) {
    out.starting_at_ms = created_at_ms_;
  }
  if (out.egressed_bytes && *out.egressed_bytes < kLowestWrap) {
    in_.problem({}, "egressedBytes",
                "is below -2147483648, which no counter and no wrapped int32 can say (" +
                    std::to_string(*out.egressed_bytes) + ")");
  }
}

// ---- what is inside

/// Reads an object whose problems cost only itself. True when it was there and is good.
template <class ReadInside>
bool RecordDecoder::Reader::read_apart(JsonValue& value, const std::string& name,
                                       ReadInside&& read_inside) {
  const std::size_t problems = in_.problems().size();
  const std::size_t path = in_.path_size();
  JsonObject object;
  bool there = in_.read_object(value, name, object);
  if (there) {
    in_.enter(name);
    read_inside(object);
    in_.leave(path);
  }
  const std::size_t more = in_.problems().size() - problems;
  confined_problems_ += more;
  return there && more == 0 && !in_.broken();
}

template <class ReadOne>
void RecordDecoder::Reader::read_each(JsonValue& value, const std::string& name,
                                      ReadOne&& read_one) {
  simdjson::ondemand::array array;
  if (!in_.read_array(value, name, array)) {
    return;
  }
  const std::size_t path = in_.path_size();
  in_.enter(name);
  std::size_t index = 0;
  for (auto element : array) {
    JsonValue one;
    if (!in_.check(element.get(one), {})) {
      return;
    }
    read_one(one, std::to_string(index++));
    if (in_.broken()) {
      return;
    }
  }
  in_.leave(path);
}

std::optional<PortRecord> RecordDecoder::Reader::read_port(JsonValue& value,
                                                           const std::string& name) {
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

void RecordDecoder::Reader::read_room(JsonObject& object, RoomRecord& out) {
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
        return read_each(value, name, [&](JsonValue& element, const std::string& index) {
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

std::optional<AllocationRecord> RecordDecoder::Reader::read_allocation(JsonValue& value,
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

// ---- the envelope

bool RecordDecoder::Reader::decode_envelope(std::string_view text, model::DocumentPart& part,
                                            SyntaxProblem& syntax) {
  std::string padded(text);
  padded.resize(text.size() + simdjson::SIMDJSON_PADDING);
  const std::string_view bytes(padded.data(), text.size());
  model::DocumentHead& head = part.head;
  const Pass pass = open_object(bytes, head.byte_offset, "", part.texts, [&](auto& object) {
    in_.walk(object, envelope_table_, [&](int field, const std::string& name, JsonValue& value) {
      switch (field) {
        case observed_at:
          return in_.read_time(value, name, head.observed_at_ms);
        case capped:
          return in_.read(value, name, head.capped);
        case list_kind:
          return in_.read(value, name, kLongestLabel, head.list_kind);
        default: {
          simdjson::ondemand::array list;
          static_cast<void>(in_.read_array(value, name, list));
        }
      }
    });
  });
  if (pass == Pass::done && in_.problems().empty()) {
    return true;
  }
  if (pass == Pass::not_utf8) {
    syntax = {head.byte_offset + base::find_invalid_utf8(bytes), "invalid UTF-8"};
  } else if (pass == Pass::broken) {
    syntax = {in_.breakage().offset, in_.breakage().reason};
  } else {
    const auto& problem = in_.problems().front();
    syntax = {problem.offset, problem.pointer + ": " + problem.reason};
  }
  return false;
}

}  // namespace fleetmeter::decode
