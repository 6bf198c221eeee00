#include "decode/record_change.hpp"

#include <type_traits>

#include "base/said_time.hpp"
#include "decode/number.hpp"

namespace fleetmeter::decode {

using model::ProcessAttributes;
using model::ProcessRecord;

namespace {

/// What a token says as a time: nothing when it is null. One with escapes is left to the decoder.
base::SaidTime time_at(std::string_view token) {
  if (token == "null") {
    return {};
  }
  const bool is_text = token.size() > 2 && token.front() == '"' && token.back() == '"';
  return is_text ? base::read_said_time(token.substr(1, token.size() - 2))
                 : base::SaidTime{{}, false, "not a time in quotes"};
}

}  // namespace

ProcessRecord& RecordChange::record() {
  if (!record_) {
    record_ = std::make_shared<ProcessRecord>(before_);
  }
  return *record_;
}

ProcessAttributes& RecordChange::attributes() {
  if (!attributes_) {
    attributes_ = std::make_shared<ProcessAttributes>(*before_.attributes);
    record().attributes = attributes_;
  }
  return *attributes_;
}

template <class Owner>
auto& RecordChange::part() {
  if constexpr (std::is_same_v<Owner, ProcessRecord>) {
    return record();
  } else {
    return attributes();
  }
}

bool RecordChange::read_attribute(ProcessField field, std::string_view token) {
  switch (field) {
    case ProcessField::started_at:
      return read_instant(token, &ProcessAttributes::started_at_ms);
    case ProcessField::stopping_at:
      return read_instant(token, &ProcessAttributes::stopping_at_ms);
    case ProcessField::terminated_at:
      return read_instant(token, &ProcessAttributes::terminated_at_ms);
    case ProcessField::scheduled_at:
      return read_instant(token, &ProcessAttributes::scheduled_at_ms);
    case ProcessField::booted_at:
      return read_instant(token, &ProcessAttributes::booted_at_ms);
    case ProcessField::rooms_per_process:
      return read_integer(token, &ProcessAttributes::rooms_per_process);
    case ProcessField::port:
      return read_number(token, &ProcessAttributes::port);
    case ProcessField::draining:
      return read_boolean(token, &ProcessAttributes::draining);
    default:
      return false;
  }
}

bool RecordChange::read_activity(ProcessField field, std::string_view token) {
  switch (field) {
    case ProcessField::rooms_allocated:
      return read_integer(token, &ProcessRecord::rooms_allocated);
    case ProcessField::rooms_allocated_updated_at:
      return read_instant(token, &ProcessRecord::rooms_allocated_updated_at_ms);
    case ProcessField::active_connections:
      return read_number(token, &ProcessRecord::active_connections);
    case ProcessField::active_connections_updated_at:
      return read_instant(token, &ProcessRecord::active_connections_updated_at_ms);
    case ProcessField::room_slots_available:
      return read_number(token, &ProcessRecord::room_slots_available);
    case ProcessField::room_slots_available_updated_at:
      return read_instant(token, &ProcessRecord::room_slots_available_updated_at_ms);
    case ProcessField::idle_since:
      return read_instant(token, &ProcessRecord::idle_since_ms);
    case ProcessField::total_rooms:
      return read_integer(token, &ProcessRecord::total_rooms);
    default:
      return false;
  }
}

template <class Owner>
bool RecordChange::read_instant(std::string_view token, model::Instant Owner::*to) {
  const base::SaidTime said = time_at(token);
  if (said.problem != nullptr) {
    return false;
  }
  auto& owner = part<Owner>();
  owner.*to = said.ms;
  owner.placeholder_times += said.is_placeholder ? 1 : 0;
  owner.placeholder_times -= time_at(said_before_).is_placeholder ? 1 : 0;
  return true;
}

template <class Owner>
bool RecordChange::read_integer(std::string_view token, model::Integer Owner::*to) {
  const bool is_null = token == "null";
  const model::Integer value = is_null ? std::nullopt : parse_integer(token).value;
  part<Owner>().*to = value;
  return is_null || value;
}

template <class Owner>
bool RecordChange::read_number(std::string_view token, model::LooseNumber Owner::*to) {
  const bool is_null = token == "null";
  const model::LooseNumber value =
      !is_null && is_json_number(token) ? parse_loose(token) : model::LooseNumber();
  part<Owner>().*to = value;
  return is_null || value.kind == model::LooseNumber::Kind::integer ||
         value.kind == model::LooseNumber::Kind::real;
}

bool RecordChange::read_boolean(std::string_view token,
                                std::optional<bool> model::AttributeValues::*to) {
  const bool is_null = token == "null";
  attributes().*to = is_null ? std::nullopt : std::optional(token == "true");
  return is_null || token == "true" || token == "false";
}

}  // namespace fleetmeter::decode
