#include "decode/carrier_reader.hpp"

#include <algorithm>
#include <array>

#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

enum CarrierField : int {
  observed_at,
  processes,
  capped,
  list_kind,
  scope_app,
  scope_region,
  first_time,
  last_time = first_time + 4,
  first_list,
  last_list = first_list + 10,
  body,
  first_text,
  last_text = first_text + 7,
  first_error,
  last_error = first_error + 1,
};

// clang-format off: a line for each kind of member
constexpr auto kCarrierNames = std::to_array<std::string_view>(
    {"observedAt", "processes", "capped", "list", "appId", "region",
     // its own time
     "timestamp", "time", "@timestamp", "ts", "__REALTIME_TIMESTAMP",
     // a list of processes, or an envelope
     "value", "data", "items", "result", "results", "events", "logEvents", "records", "entries",
     "response", "jsonPayload",
     // either, or a text
     "body",
     // a text that is a document
     "message", "log", "msg", "line", "MESSAGE", "textPayload", "short_message", "full_message",
     // what saved errors have
     "error", "errors"});
// clang-format on
static_assert(kCarrierNames.size() == last_error + 1);
static_assert(kCarrierNames[first_time] == "timestamp" &&
              kCarrierNames[last_time] == "__REALTIME_TIMESTAMP" &&
              kCarrierNames[first_list] == "value" && kCarrierNames[last_list] == "jsonPayload" &&
              kCarrierNames[body] == "body" && kCarrierNames[first_text] == "message" &&
              kCarrierNames[last_text] == "full_message" && kCarrierNames[first_error] == "error");

std::string_view without_space(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// Whether the name of a process's id stands in one of two pieces of an object, in quotes.
bool holds_a_process(const std::array<std::string_view, 2>& pieces) {
  static constexpr std::array<std::string_view, 3> kNames{"\"processId", "\"process_id",
                                                          "\"ProcessId"};
  return std::any_of(pieces.begin(), pieces.end(), [](std::string_view piece) {
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
      return piece.find(name) != std::string_view::npos;
    });
  });
}

bool is_empty_list(std::string_view slice) {
  return slice.starts_with('[') && without_space(slice.substr(1)) == "]";
}

}  // namespace

CarrierReader::CarrierReader(ValueReader& values) : in_(values), table_(kCarrierNames) {}

CarrierFinding CarrierReader::read(JsonObject& object, std::string_view bytes) {
  candidates_.clear();
  observed_at_ms_.reset();
  own_time_ = words_time_ = {};
  capped_.reset();
  list_kind_ = list_app_ = list_region_ = std::nullopt;
  scope_unread_ = has_observed_at_ = has_list_ = has_null_list_ = list_holds_processes_ =
      tells_an_error_ = false;
  in_.walk(object, table_, [&](int field, const std::string& name, JsonValue& value) {
    look_at(field, name, value, bytes);
  });
  return finding(bytes);
}

void CarrierReader::look_at(int field, const std::string& name, JsonValue& value,
                            std::string_view bytes) {
  const std::string_view token = without_space(token_of(value));
  if (field == observed_at) {
    has_observed_at_ = token != "null";
    in_.read_observed_at(value, name, observed_at_ms_);
  } else if (field == processes) {
    has_list_ = token.starts_with('[');
    has_null_list_ = token == "null";
    look_at_list(name, value, bytes);
    if (has_list_) {
      list_holds_processes_ = mentions_processes(candidates_.back().slice);
      candidates_.pop_back();
    }
  } else if (field == capped) {
    in_.read(value, name, capped_);
  } else if (field == list_kind) {
    in_.read(value, name, kLongestLabel, list_kind_);
  } else if (field == scope_app) {
    look_at_scope(name, value, list_app_);
  } else if (field == scope_region) {
    look_at_scope(name, value, list_region_);
  } else if (field <= last_time) {
    in_.read_own_time(value, field, own_time_);
  } else if (field <= last_list || (field == body && !token.starts_with('"'))) {
    look_at_list(name, value, bytes);
  } else if (field <= last_text) {
    tells_an_error_ = tells_an_error_ || name == "message";
    look_at_text(name, value, bytes);
  } else {
    tells_an_error_ = tells_an_error_ || token != "null";
  }
}

/// What a list was asked for, if that is a text.
void CarrierReader::look_at_scope(const std::string& name, JsonValue& value, model::Text& out) {
  const std::string_view token = without_space(token_of(value));
  if (token.starts_with('"')) {
    in_.read(value, name, kLongestId, out);
  }
  scope_unread_ = scope_unread_ || !(token.starts_with('"') || token == "null");
}

/// Notes a list or an object, which may be an envelope or a wrapper again.
void CarrierReader::look_at_list(const std::string& name, JsonValue& value,
                                 std::string_view bytes) {
  const std::string_view token = token_of(value);
  if (!token.starts_with('[') && !token.starts_with('{')) {
    return;
  }
  const std::string_view rest =
      bytes.substr(static_cast<std::size_t>(token.data() - in_.bytes().data()));
  candidates_.push_back({name, rest.substr(0, container_length(rest)), "", false});
}

/// Notes a text that ends with an object or a list, or begins with one.
void CarrierReader::look_at_text(const std::string& name, JsonValue& value,
                                 std::string_view bytes) {
  const std::string_view token = token_of(value);
  if (!token.starts_with('"')) {
    return;
  }
  const std::string_view slice =
      bytes.substr(static_cast<std::size_t>(token.data() - in_.bytes().data()), token.size());
  const std::string all = unescaped(slice);
  const std::string_view text = without_space(all);
  const std::size_t at = begins_value(text) ? 0 : find_value_at_end(text);
  if (at != std::string_view::npos) {
    candidates_.push_back({name, slice, std::string(text.substr(at)), true});
    if (!own_time_.ms && !own_time_.is_unread) {
      words_time_ = time_in(text.substr(0, at));
    }
  }
}

/// Whether some candidate holds processes; of several, those that do are kept.
bool CarrierReader::keep_lists_of_processes() {
  const auto holds = [](const Candidate& one) {
    return mentions_processes(one.is_text ? std::string_view(one.text) : one.slice);
  };
  const bool any = std::any_of(candidates_.begin(), candidates_.end(), holds);
  if (any) {
    std::erase_if(candidates_, [&](const Candidate& one) { return !holds(one); });
  }
  return any;
}

CarrierFinding CarrierReader::finding(std::string_view bytes) {
  CarrierFinding out;
  out.holds_processes = keep_lists_of_processes() || list_holds_processes_;
  const auto beside = [&](std::string_view slice) {
    const auto begin = static_cast<std::size_t>(slice.data() - bytes.data());
    return std::array{bytes.substr(0, begin), bytes.substr(begin + slice.size())};
  };
  const bool is_error = tells_an_error_ && candidates_.size() <= 1 &&
                        (candidates_.empty() || is_empty_list(candidates_.front().slice));
  // An object with a time and no list is an empty list only when nothing else in it could be one.
  const bool says_no_list =
      has_null_list_ ||
      (has_observed_at_ && !in_.any_unknown([](std::string_view) { return true; }));
  const bool is_bare =
      says_no_list && candidates_.empty() && !is_error && !mentions_processes(bytes);
  if (has_list_ || is_bare) {
    out.kind = CarrierFinding::Kind::envelope;
  } else if (candidates_.size() > 1) {
    out.kind = CarrierFinding::Kind::ambiguous;
    for (const Candidate& one : candidates_) {
      out.names += (out.names.empty() ? "" : ", ") + one.name;
    }
  } else if (candidates_.size() == 1 && !is_error &&
             holds_a_process(beside(candidates_[0].slice))) {
    out.kind = CarrierFinding::Kind::ambiguous;
    out.names = candidates_[0].name + " and one that is not read";
  } else if (candidates_.size() == 1 && !is_error) {
    Candidate& one = candidates_.front();
    out.kind = CarrierFinding::Kind::carrier;
    out.carried.pointer = '/' + one.name;
    out.carried.bytes = one.is_text ? std::move(one.text) : std::string(one.slice);
    out.carried.begin = static_cast<std::size_t>(one.slice.data() - bytes.data());
    out.carried.end = out.carried.begin + one.slice.size();
    out.carried.is_text = one.is_text;
    const bool has_own = own_time_.ms || own_time_.is_unread;
    const OwnTime& around = has_own || !one.is_text ? own_time_ : words_time_;
    out.carried.at_ms = observed_at_ms_ ? observed_at_ms_ : around.ms;
    out.carried.is_time_unread = !observed_at_ms_ && around.is_unread;
    out.carried.capped = capped_;
    const auto owned = [](const model::Text& text) {
      return text && !text->empty() ? std::optional<std::string>(*text) : std::nullopt;
    };
    out.carried.list_kind = owned(list_kind_);
    out.carried.list_app = owned(list_app_);
    out.carried.list_region = owned(list_region_);
    out.carried.scope_unread = scope_unread_;
  }
  return out;
}

bool CarrierReader::may_hold(std::string_view name) const {
  const int field = table_.number_of(name);
  return field == processes || (field >= first_list && field <= last_text);
}

}  // namespace fleetmeter::decode
