#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <sstream>

#include <nlohmann/json.hpp>

#include "reference.hpp"

namespace fleetmeter::reference {
namespace {

using Json = nlohmann::json;

/// The reason why a record cannot be stored.
class Reject : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// "egressed_bytes" and "EgressedBytes" are both "egressedBytes".
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

/// The same value with camelCase keys and without what is null ("null and absent alike").
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

/// The process objects of a document and its own time, if it is a snapshot at all.
struct Document {
  std::optional<Millis> observed_at_ms;
  std::vector<Json> processes;
};

std::optional<Document> open_document(const Json& root) {
  if (root.is_array()) {
    return Document{std::nullopt, root.get<std::vector<Json>>()};
  }
  if (!root.is_object()) {
    return std::nullopt;
  }
  Document document;
  bool is_snapshot = false;
  for (const auto& [key, value] : root.items()) {
    const std::string name = camel_case(key);
    if (name == "processes" && value.is_array()) {
      document.processes = value.get<std::vector<Json>>();
      is_snapshot = true;
    } else if (name == "processId") {
      return Document{std::nullopt, {root}};
    } else if (name == "observedAt" && value.is_string()) {
      document.observed_at_ms = parse_rfc3339(value.get<std::string>());
    }
  }
  return is_snapshot ? std::optional(document) : std::nullopt;
}

}  // namespace

/// "Of one process at one observed_at: identical content is a duplicate (ignored); different
/// content is kept beside it and both count, as two observations of one instant."
void Archive::add_record(Record record, Millis observed_at_ms, std::size_t index) {
  for (const Observation& known : observations_) {
    if (known.observed_at_ms == observed_at_ms && known.record.process_id == record.process_id &&
        known.record.content == record.content) {
      ++duplicates_;
      return;
    }
  }
  observations_.push_back({std::move(record), observed_at_ms, instants_.size(), index});
}

void Archive::add_document(std::string_view json,
                           std::optional<Millis> observed_at_ms_if_no_envelope) {
  const Json root = Json::parse(json, nullptr, false);
  const std::optional<Document> document = open_document(root);
  if (!document) {
    ++rejected_;
    return;
  }
  const std::optional<Millis> instant =
      document->observed_at_ms ? document->observed_at_ms : observed_at_ms_if_no_envelope;
  if (!instant) {
    throw Error("a document without a time: " + std::string(json.substr(0, 60)));
  }
  instants_.push_back(*instant);
  for (std::size_t index = 0; index < document->processes.size(); ++index) {
    try {
      add_record(decode(document->processes[index]), *instant, index);
    } catch (const Reject&) {
      ++rejected_;
    }
  }
}

void Archive::add_text(std::string_view text, std::optional<Millis> observed_at_ms_if_no_envelope) {
  std::istringstream in{std::string(text)};
  while (in >> std::ws && in.peek() != std::istringstream::traits_type::eof()) {
    const std::streamoff begin = in.tellg();
    Json root;
    try {
      in >> root;
    } catch (const Json::parse_error&) {
      // Not JSON: given up to the end of the line on which it began.
      ++rejected_;
      in.clear();
      in.seekg(begin);
      std::string line;
      std::getline(in, line);
      continue;
    }
    in.clear();
    const std::streamoff end = in.tellg();
    add_document(
        text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)),
        observed_at_ms_if_no_envelope);
  }
}

}  // namespace fleetmeter::reference
