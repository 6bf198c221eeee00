// The part of the ValueReader that reads numbers, times and booleans.

#include <algorithm>

#include "base/said_time.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "decode/json_bytes.hpp"
#include "decode/number.hpp"
#include "decode/value_reader.hpp"

namespace fleetmeter::decode {

namespace {

/// What stands in quotes; as it is where that is not JSON, so that it is neither number nor time.
std::string in_quotes(std::string_view token) {
  const bool is_escaped = token.find('\\') != std::string_view::npos;
  return is_escaped && escapes_are_json(token) ? unescaped(token)
                                               : std::string(token.substr(1, token.size() - 2));
}

}  // namespace

void ValueReader::read_deployment_id(JsonValue& value, const std::string& name, model::Text& out) {
  std::string_view token = token_of(value);
  if (!token.empty() && token.front() == '"') {
    read(value, name, kLongestId, out);
    return;
  }
  model::Integer number;
  read(value, name, number);
  if (number) {
    out = texts_->keep(std::to_string(*number));
  }
}

/// What stands in an object of one member, as MongoDB's extended JSON wraps numbers and times:
/// {"$numberLong": "435"} for `$number`. Nothing when it is another object.
std::optional<std::string_view> ValueReader::unwrapped(JsonValue& value, const char* member) {
  JsonObject object;
  if (value.get_object().get(object) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  std::optional<std::string_view> found;
  std::size_t members = 0;
  for (auto one : object) {
    std::string_view key;
    JsonValue inner;
    if (one.unescaped_key().get(key) != simdjson::SUCCESS ||
        one.value().get(inner) != simdjson::SUCCESS) {
      return std::nullopt;
    }
    const std::string_view token = trimmed(token_of(inner));
    if (++members > 1 || !key.starts_with(member)) {
      return std::nullopt;
    }
    if (token.starts_with('{')) {
      return unwrapped(inner, "$number");
    }
    const bool is_quoted = token.size() >= 2 && token.front() == '"' && token.back() == '"';
    unwrapped_ = is_quoted ? in_quotes(token) : std::string(token);
    found = unwrapped_;
  }
  return found;
}

/// The number at `value`, bare, in quotes (protobuf writes int64 so) or wrapped; nothing when it is
/// null or not a number (then a problem is noted).
std::optional<std::string_view> ValueReader::number_token(JsonValue& value, const std::string& name,
                                                          std::string_view& token) {
  token = token_of(value);
  std::string_view number = trimmed(token);
  if (number == "null") {
    return std::nullopt;
  }
  const char first = number.empty() ? '\0' : number.front();
  if (first == '{') {
    const auto inner = unwrapped(value, "$number");
    number = inner && is_json_number(*inner) ? *inner : std::string_view();
    if (number.empty()) {
      expected(token, name, "a number");
      return std::nullopt;
    }
    return number;
  }
  if (first == '"' && number.size() > 2) {
    unwrapped_ = in_quotes(number);
    if (is_json_number(unwrapped_)) {
      return unwrapped_;
    }
  }
  if (first != '-' && (first < '0' || first > '9')) {
    expected(token, name, "a number");
    walk_over(value);
    return std::nullopt;
  }
  return number;
}

void ValueReader::read(JsonValue& value, const std::string& name, model::Integer& out) {
  std::string_view token;
  const auto number = number_token(value, name, token);
  if (!number) {
    return;
  }
  const ParsedInteger parsed = parse_integer(*number);
  if (!parsed.value && !is_json_number(*number)) {
    break_at(token, "not a JSON number: " + base::printable(*number, 40));
  } else if (!parsed.value) {
    problem(token, name, std::string(parsed.problem) + " (" + base::printable(*number, 60) + ")");
  }
  out = parsed.value;
}

void ValueReader::note_time(const base::SaidTime& said, std::string_view token,
                            const std::string& name, std::string_view text, model::Instant& out) {
  out = said.ms;
  placeholder_times_ += said.is_placeholder ? 1 : 0;
  if (said.problem != nullptr) {
    problem(token, name, std::string(said.problem) + " (" + base::printable(text, 60) + ")");
  }
}

void ValueReader::read_time(JsonValue& value, const std::string& name, model::Instant& out) {
  const std::string_view token = token_of(value);
  if (token.starts_with('{')) {
    const auto inner = unwrapped(value, "$date");
    const model::Integer ms = inner ? parse_integer(*inner).value : std::nullopt;
    if (!inner) {
      expected(token, name, "a time");
    } else if (!ms) {
      note_time(base::read_said_time(*inner), token, name, *inner, out);
    } else {
      const bool is_placeholder = base::means_no_time(*ms);
      note_time({is_placeholder ? std::nullopt : ms, is_placeholder, nullptr}, token, name, *inner,
                out);
    }
    return;
  }
  if (const auto text = read_text(value, name, token)) {
    note_time(base::read_said_time(*text), token, name, *text, out);
  }
}

void ValueReader::read_own_time(JsonValue& value, int place, OwnTime& out) {
  std::string_view token = trimmed(token_of(value));
  if (token == "null" || token == "\"\"") {
    return;
  }
  std::string text;
  if (token.starts_with('"')) {
    text = unescaped(token);  // some write the + of a zone as \u002B
    token = text;
  }
  const model::Instant said_ms = base::parse_time(token).ms;
  const model::Instant ms = said_ms ? said_ms : base::parse_unix_time(token);
  if (ms && (!out.ms || place < out.place)) {
    out.ms = ms;
    out.place = place;
  }
  out.is_unread = !out.ms;
}

void ValueReader::read_observed_at(JsonValue& value, const std::string& name, model::Instant& out) {
  const std::string_view token = token_of(value);
  const bool is_number = !token.empty() && token.front() >= '0' && token.front() <= '9';
  std::optional<std::string_view> text;
  if (token.starts_with('{')) {
    text = unwrapped(value, "$date");
    if (!text) {
      expected(token, name, "a time");
    }
  } else if (is_number) {
    text = trimmed(token);
  } else {
    text = read_text(value, name, token);
  }
  if (!text) {
    return;
  }
  const model::Integer ms = is_number                ? base::parse_unix_time(*text)
                            : token.starts_with('{') ? parse_integer(*text).value
                                                     : std::nullopt;
  const base::ParsedTime parsed = ms ? base::ParsedTime{ms, nullptr} : base::parse_time(*text);
  out = parsed.ms;
  if (!parsed.ms) {
    const bool is_unset = base::read_said_time(*text).is_placeholder;
    problem(token, name,
            std::string(is_unset ? "a time of a clock that was never set" : parsed.problem) + " (" +
                base::printable(*text, 60) + ")");
  }
}

void ValueReader::read(JsonValue& value, const std::string& name, model::LooseNumber& out) {
  std::string_view token;
  const auto number = number_token(value, name, token);
  if (!number) {
    return;
  }
  if (!is_json_number(*number)) {
    break_at(token, "not a JSON number: " + base::printable(*number, 40));
    return;
  }
  if (number->size() > kLongestLabel) {
    problem(token, name, "is a number of over 1,000 characters");
    return;
  }
  out = parse_loose(*number);
  if (out.kind == model::LooseNumber::Kind::text) {
    out.text = texts_->keep(out.text);
  }
}

void ValueReader::read(JsonValue& value, const std::string& name, std::optional<bool>& out) {
  const std::string_view token = token_of(value);
  const std::string_view word = trimmed(token);
  if (word == "true" || word == "false") {
    out = word == "true";
  } else if (word != "null") {
    expected(token, name, "true or false");
    walk_over(value);
  }
}

}  // namespace fleetmeter::decode
