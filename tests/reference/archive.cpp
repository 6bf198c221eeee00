#include <algorithm>
#include <cctype>
#include <sstream>

#include "record.hpp"
#include "reference.hpp"

namespace fleetmeter::reference {
namespace {

/// The process objects of a document and what it says of itself, if it is a snapshot at all.
struct Document {
  std::optional<Millis> observed_at_ms;
  std::vector<Json> processes;
  std::string list;
  RunningList as_list;  // used if it is one
};

/// A part of the stated scope. An empty text says nothing.
void read_scope(const Json& value, std::optional<std::string>& out, RunningList& list) {
  if (!value.is_string()) {
    list.scope_is_unreadable = list.scope_is_unreadable || !value.is_null();
  } else if (!value.get<std::string>().empty()) {
    out = value.get<std::string>();
  }
}

Document open_envelope(const Json& root) {
  Document document;
  RunningList& list = document.as_list;
  for (const auto& [key, value] : root.items()) {
    const std::string name = camel_case(key);
    if (name == "processes" && value.is_array()) {
      document.processes = value.get<std::vector<Json>>();
      list.is_array = true;
    } else if (name == "observedAt" && value.is_string()) {
      document.observed_at_ms = parse_rfc3339(value.get<std::string>());
    } else if (name == "list" && value.is_string()) {
      document.list = value.get<std::string>();
    } else if (name == "capped" && value.is_boolean()) {
      list.says_capped = value.get<bool>();
    } else if (name == "appId") {
      read_scope(value, list.said_app_id, list);
    } else if (name == "region") {
      read_scope(value, list.said_region, list);
    }
  }
  return document;
}

std::optional<Document> open_document(const Json& root) {
  Document document;
  if (root.is_array()) {
    document.processes = root.get<std::vector<Json>>();
    document.as_list.is_array = true;
    return document;
  }
  if (!root.is_object()) {
    return std::nullopt;
  }
  bool is_snapshot = false;
  for (const auto& [key, value] : root.items()) {
    const std::string name = camel_case(key);
    if (name == "processId") {
      document.processes = {root};
      return document;
    }
    is_snapshot = is_snapshot || (name == "processes" && (value.is_array() || value.is_null())) ||
                  (name == "observedAt" && !value.is_null());
  }
  return is_snapshot ? std::optional(open_envelope(root)) : std::nullopt;
}

bool is_running(std::string kind) {
  std::transform(kind.begin(), kind.end(), kind.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return kind == "running";
}

ListElement rejected_element() {
  ListElement element;
  element.is_rejected = true;
  return element;
}

ListElement element_of(const Json& raw, const Record& record) {
  const Json process = with_vendor_keys(raw);
  ListElement element;
  element.app_id = record.app_id;
  element.region = record.region;
  element.starting_at_ms = record.starting_at_ms;
  element.started_at_ms = record.started_at_ms;
  element.is_v1 = !process.contains("createdAt") && !process.contains("status");
  return element;
}

/// "Else `--list-app`, `--list-region`, else the name pattern."
void add_said(const SaidOfList& said, Document& document) {
  if (document.list.empty()) {
    document.list = said.list;
  }
  RunningList& list = document.as_list;
  if (!list.said_app_id && !said.app_id.empty()) {
    list.said_app_id = said.app_id;
  }
  if (!list.said_region && !said.region.empty()) {
    list.said_region = said.region;
  }
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
                           std::optional<Millis> observed_at_ms_if_no_envelope,
                           const SaidOfList& said) {
  const Json root = Json::parse(json, nullptr, false);
  std::optional<Document> document = open_document(root);
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
  add_said(said, *document);
  RunningList& list = document->as_list;
  list.observed_at_ms = *instant;
  for (std::size_t index = 0; index < document->processes.size(); ++index) {
    const Json& raw = document->processes[index];
    try {
      Record record = decode(raw);
      list.elements.push_back(element_of(raw, record));
      add_record(std::move(record), *instant, index);
    } catch (const Reject&) {
      list.elements.push_back(rejected_element());
      ++rejected_;
    }
  }
  if (is_running(document->list) && said.is_trusted) {
    lists_.push_back(std::move(list));
  }
}

void Archive::add_text(std::string_view text, std::optional<Millis> observed_at_ms_if_no_envelope,
                       const SaidOfList& said) {
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
        observed_at_ms_if_no_envelope, said);
  }
}

}  // namespace fleetmeter::reference
