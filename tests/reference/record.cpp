#include "record.hpp"

#include <array>
#include <cctype>
#include <cmath>

namespace fleetmeter::reference {

std::string camel_case(const std::string& key) {
  std::string out;
  bool upper_next = false;
  for (const char c : key) {
    if (c == '_') {
      upper_next = true;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += static_cast<char>(upper_next    ? std::toupper(byte)
                               : out.empty() ? std::tolower(byte)
                                             : byte);
      upper_next = false;
    }
  }
  return out;
}

Json with_vendor_keys(const Json& value) {
  if (value.is_array()) {
    Json out = Json::array();
    for (const Json& item : value) {
      out.push_back(with_vendor_keys(item));
    }
    return out;
  }
  if (!value.is_object()) {
    return value;
  }
  Json out = Json::object();
  for (const auto& [key, item] : value.items()) {
    if (!item.is_null()) {
      out[camel_case(key)] = with_vendor_keys(item);
    }
  }
  return out;
}

namespace {

std::optional<std::string> text_field(const Json& process, const char* key) {
  if (!process.contains(key)) {
    return std::nullopt;
  }
  if (!process[key].is_string()) {
    throw Reject(std::string(key) + " is not a text");
  }
  return process[key].get<std::string>();
}

/// "A lifecycle time that lies before 2000-01-01 or from 9999-01-01 on says nothing", with or
/// without a zone.
bool means_none(const std::string& text, const std::optional<Millis>& instant) {
  constexpr Millis first = 946684800000;
  constexpr Millis last = 253370764800000;
  const std::optional<Millis> read = instant ? instant : parse_rfc3339(text + 'Z');
  return read && (*read < first || *read >= last);
}

std::optional<Millis> time_field(const Json& process, const char* key) {
  const std::optional<std::string> text = text_field(process, key);
  if (!text) {
    return std::nullopt;
  }
  const std::optional<Millis> instant = parse_rfc3339(*text);
  if (means_none(*text, instant)) {
    return std::nullopt;
  }
  if (!instant) {
    throw Reject(std::string(key) + " is not RFC 3339");
  }
  return instant;
}

/// An int64; written with a point or an exponent only when exactly integral and at most 2^53.
std::int64_t integer(const Json& value, const char* key) {
  constexpr double two_to_53 = 9007199254740992.0;
  if (value.is_number_unsigned()) {
    const auto bits = value.get<std::uint64_t>();
    if (bits <= static_cast<std::uint64_t>(INT64_MAX)) {
      return static_cast<std::int64_t>(bits);
    }
  } else if (value.is_number_integer()) {
    return value.get<std::int64_t>();
  } else if (value.is_number_float()) {
    const double number = value.get<double>();
    if (std::floor(number) == number && std::fabs(number) <= two_to_53) {
      return static_cast<std::int64_t>(number);
    }
  }
  throw Reject(std::string(key) + " is not an int64");
}

/// "`1`, `1.0`, `"1"` are the same deployment".
std::optional<std::string> deployment_field(const Json& process) {
  if (!process.contains("deploymentId")) {
    return std::nullopt;
  }
  const Json& value = process["deploymentId"];
  if (value.is_string()) {
    return value.get<std::string>();
  }
  return std::to_string(integer(value, "deploymentId"));
}

/// The fields that are kept besides those of Record; everything else is an extra field.
constexpr std::array kOtherFields = {"draining",
                                     "roomsPerProcess",
                                     "roomsAllocated",
                                     "exposedPort",
                                     "additionalExposedPorts",
                                     "idleSince",
                                     "activeConnections",
                                     "activeConnectionsUpdatedAt",
                                     "roomsAllocatedUpdatedAt",
                                     "host",
                                     "port",
                                     "roomSlotsAvailable",
                                     "rooms",
                                     "totalRooms",
                                     "roomSlotsAvailableUpdatedAt",
                                     "status",
                                     "hosting",
                                     "summaryExitReason",
                                     "fleetId",
                                     "scheduledAt",
                                     "bootedAt"};

bool is_time(const std::string& key) {
  return key.ends_with("At") || key == "idleSince";
}

/// One value of the content text: times as instants, so that their spelling does not matter.
Json canonical(const std::string& key, const Json& value) {
  if (value.is_array()) {
    Json out = Json::array();
    for (const Json& item : value) {
      out.push_back(canonical("", item));
    }
    return out;
  }
  if (value.is_object()) {
    Json out = Json::object();
    for (const auto& [name, item] : value.items()) {
      out[name] = canonical(name, item);
    }
    return out;
  }
  if (value.is_string() && is_time(key)) {
    const std::optional<Millis> instant = parse_rfc3339(value.get<std::string>());
    return means_none(value.get<std::string>(), instant) ? Json()
           : instant                                     ? Json(*instant)
                                                         : value;
  }
  if (value.is_number_float() && std::floor(value.get<double>()) == value.get<double>() &&
      std::fabs(value.get<double>()) < 9e15) {
    return Json(static_cast<std::int64_t>(value.get<double>()));
  }
  return value;
}

Json optional_json(const auto& field) {
  return field ? Json(*field) : Json();
}

std::string content_of(const Record& record, const Json& process) {
  Json out = {{"app", optional_json(record.app_id)},
              {"deployment", optional_json(record.deployment_id)},
              {"region", optional_json(record.region)},
              {"starting", optional_json(record.starting_at_ms)},
              {"started", optional_json(record.started_at_ms)},
              {"stopping", optional_json(record.stopping_at_ms)},
              {"terminated", optional_json(record.terminated_at_ms)},
              {"bytes", optional_json(record.egressed_bytes)}};
  for (const char* key : kOtherFields) {
    if (process.contains(key) && process[key] != Json("")) {
      out[key] = canonical(key, process[key]);
    }
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Record decode(const Json& raw) {
  if (!raw.is_object()) {
    throw Reject("not an object");
  }
  const Json process = with_vendor_keys(raw);
  Record record;
  record.process_id = text_field(process, "processId").value_or("");
  if (record.process_id.empty()) {
    throw Reject("no processId");
  }
  record.app_id = text_field(process, "appId");
  record.deployment_id = deployment_field(process);
  record.region = text_field(process, "region");
  record.starting_at_ms = time_field(process, "startingAt");
  if (!record.starting_at_ms) {
    record.starting_at_ms = time_field(process, "createdAt");
  }
  record.started_at_ms = time_field(process, "startedAt");
  record.stopping_at_ms = time_field(process, "stoppingAt");
  record.terminated_at_ms = time_field(process, "terminatedAt");
  if (process.contains("egressedBytes")) {
    record.egressed_bytes = integer(process["egressedBytes"], "egressedBytes");
    // Rule 1: "Below that [−2^31]: the record is rejected."
    if (*record.egressed_bytes < -2147483648LL) {
      throw Reject("egressedBytes is below -2^31");
    }
  }
  record.content = content_of(record, process);
  return record;
}

}  // namespace fleetmeter::reference
