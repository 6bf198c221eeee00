#include "decode/value_reader.hpp"

#include <algorithm>

#include "base/said_time.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "decode/json_bytes.hpp"
#include "decode/number.hpp"

namespace fleetmeter::decode {

namespace {

const char* kind_of(std::string_view token) {
  switch (token.empty() ? '\0' : token.front()) {
    case '"':
      return "a string";
    case '{':
      return "an object";
    case '[':
      return "an array";
    case 't':
    case 'f':
      return "a boolean";
    case 'n':
      return "null";
    default:
      return "a number";
  }
}

/// U+0000 to U+001F, U+007F to U+009F.
bool has_control(std::string_view text) {
  bool is_behind_c2 = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (is_behind_c2 && byte < 0xA0)) {
      return true;
    }
    is_behind_c2 = byte == 0xC2;
  }
  return false;
}

/// A member's name as a token of a JSON pointer (RFC 6901).
std::string pointer_token(std::string_view name) {
  std::string token;
  for (const char c : base::printable(name, 60)) {
    token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return token;
}

}  // namespace

std::string_view trimmed(std::string_view token) {
  const std::size_t last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::string_view token_of(JsonValue& value) {
  return value.raw_json_token();
}

void ValueReader::start(std::string_view bytes, std::uint64_t offset, std::string pointer,
                        model::TextArena& texts) {
  bytes_ = bytes;
  offset_ = offset;
  path_ = std::move(pointer);
  texts_ = &texts;
  problems_.clear();
  problem_count_ = confined_ = 0;
  placeholder_times_ = 0;
  faults_ = nullptr;
  unknown_.clear();
  broken_ = saw_members_ = false;
}

std::uint64_t ValueReader::offset_of(std::string_view at) const {
  const bool inside = at.data() >= bytes_.data() && at.data() <= bytes_.data() + bytes_.size();
  return offset_ + (inside ? static_cast<std::uint64_t>(at.data() - bytes_.data()) : 0);
}

void ValueReader::problem(std::string_view at, const std::string& name, const std::string& reason) {
  if (++problem_count_ <= kMostProblems) {
    problems_.push_back({name.empty() ? path_ : path_ + '/' + name, offset_of(at), reason});
  }
}

/// Tells of a byte that no text may hold, if there is one in `token`.
bool ValueReader::refuse_fault(std::string_view token, const std::string& name) {
  if (faults_ == nullptr) {
    return false;
  }
  const auto begin = static_cast<std::size_t>(token.data() - bytes_.data());
  const auto found = std::lower_bound(
      faults_->begin(), faults_->end(), begin,
      [](const MendedText::Fault& fault, std::size_t offset) { return fault.offset < offset; });
  if (found == faults_->end() || found->offset >= begin + token.size()) {
    return false;
  }
  problem(std::string_view(bytes_.data() + found->offset, 1), name, found->reason);
  return true;
}

void ValueReader::break_at(std::string_view at, const std::string& what) {
  if (!broken_) {
    broken_ = true;
    breakage_ = {path_, offset_of(at), what};
  }
}

void ValueReader::locate_breakage(const char* at) {
  if (breakage_.offset == offset_) {
    breakage_.offset = offset_of(std::string_view(at, 0));
  }
}

bool ValueReader::check(simdjson::error_code error, std::string_view at) {
  if (error != simdjson::SUCCESS) {
    break_at(at, "not valid JSON");
  }
  return error == simdjson::SUCCESS;
}

void ValueReader::expected(std::string_view token, const std::string& name, const char* what) {
  const std::string_view shown = trimmed(token);
  problem(token, name,
          std::string("expected ") + what + ", found " + kind_of(token) +
              (shown.empty() || shown.front() == '{' || shown.front() == '['
                   ? ""
                   : " (" + base::printable(shown.substr(0, 60)) + ")"));
}

/// The string at `value`; nothing when it is null or not a string (then a problem is noted).
std::optional<std::string_view> ValueReader::read_text(JsonValue& value, const std::string& name,
                                                       std::string_view token) {
  if (trimmed(token) == "null") {
    return std::nullopt;
  }
  if (token.empty() || token.front() != '"') {
    expected(token, name, "a string");
    walk_over(value);
    return std::nullopt;
  }
  if (refuse_fault(trimmed(token), name)) {
    return std::nullopt;
  }
  std::string_view text;
  if (value.get_string().get(text) == simdjson::SUCCESS) {
    return text;
  }
  if (escapes_are_json(token)) {
    problem(token, name, "a lone surrogate in a string: it stands for no character");
  } else {
    break_at(token, "an escape that JSON does not know");
  }
  return std::nullopt;
}

void ValueReader::read(JsonValue& value, const std::string& name, std::size_t longest,
                       model::Text& out) {
  const std::string_view token = token_of(value);
  const auto text = read_text(value, name, token);
  if (!text) {
    return;
  }
  if (text->size() > longest) {
    problem(token, name,
            "is " + std::to_string(text->size()) + " bytes long; at most " +
                std::to_string(longest) + " are allowed");
  } else if (has_control(*text)) {
    problem(token, name, "holds a control character (" + base::printable(*text, 60) + ")");
  } else {
    out = texts_->keep(*text);
  }
}

void ValueReader::read_room_config(JsonValue& value, const std::string& name, model::Text& out) {
  const std::string_view token = token_of(value);
  const auto text = read_text(value, name, token);
  if (!text) {
    return;
  }
  if (text->size() > kLongestRoomConfig && base::count_characters(*text) > kLongestRoomConfig) {
    problem(token, name, "is over 10,000 characters long");
  } else {
    out = texts_->keep(*text);
  }
}

bool ValueReader::read_object(JsonValue& value, const std::string& name, JsonObject& out) {
  const std::string_view token = token_of(value);
  if (!token.empty() && token.front() == '{') {
    return check(value.get_object().get(out), token);
  }
  if (trimmed(token) != "null" && trimmed(token) != "\"\"") {
    expected(token, name, "an object");
    walk_over(value);
  }
  return false;
}

bool ValueReader::read_array(JsonValue& value, const std::string& name,
                             simdjson::ondemand::array& out) {
  const std::string_view token = token_of(value);
  if (!token.empty() && token.front() == '[') {
    return check(value.get_array().get(out), token);
  }
  if (trimmed(token) != "null") {
    expected(token, name, "an array");
    walk_over(value);
  }
  return false;
}

/// Reads a value only to see that it is JSON.
void ValueReader::walk_over(JsonValue& value) {
  const std::string_view token = token_of(value);
  const std::string_view word = trimmed(token);
  const char first = word.empty() ? '\0' : word.front();
  if (first == '{') {
    JsonObject object;
    if (!check(value.get_object().get(object), token)) {
      return;
    }
    for (auto member : object) {
      std::string_view key;
      JsonValue inner;
      simdjson::ondemand::field field;
      if (!check(std::move(member).get(field), token)) {
        return;
      }
      const char* const raw_key = field.key().raw();
      if (!check(field.unescaped_key().get(key), token)) {
        return;
      }
      const std::size_t before = problem_count_;
      if (refuse_fault({raw_key, key.size()}, "")) {
        confine(before);
      }
      inner = field.value();
      walk_over(inner);
      if (broken_) {
        return;
      }
    }
  } else if (first == '[') {
    simdjson::ondemand::array array;
    if (!check(value.get_array().get(array), token)) {
      return;
    }
    for (auto element : array) {
      JsonValue inner;
      if (!check(element.get(inner), token)) {
        return;
      }
      walk_over(inner);
      if (broken_) {
        return;
      }
    }
  } else if (first == '"') {
    const std::size_t before = problem_count_;
    if (refuse_fault(word, "")) {
      confine(before);  // nobody reads this text
      return;
    }
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS && !escapes_are_json(token)) {
      break_at(token, "an escape that JSON does not know");
    }
  } else if (word != "true" && word != "false" && word != "null" && !is_json_number(word)) {
    break_at(token, "not a JSON value: " + base::printable(word, 40));
  }
}

/// A name that cannot be read: a lone surrogate in it costs the record, anything else the document.
void ValueReader::refuse_name(const char* key) {
  const std::string_view token(key - 1, static_cast<std::size_t>(bytes_.end() - key) + 1);
  if (escapes_are_json(token)) {
    problem(token, "", "a lone surrogate in a member's name: it stands for no character");
  } else {
    break_at(token, "an escape that JSON does not know");
  }
}

/// Of the members noted since `known_before`, those of one object. Sorting keeps an object with a
/// million names from costing their square.
void ValueReader::refuse_repeated_names(std::size_t known_before) {
  const std::size_t count = unknown_.size() - known_before;
  if (count < 2) {
    return;
  }
  std::vector<Unknown> sorted(unknown_.begin() + static_cast<std::ptrdiff_t>(known_before),
                              unknown_.end());
  std::sort(sorted.begin(), sorted.end(), [](const Unknown& a, const Unknown& b) {
    return a.name != b.name ? a.name < b.name : a.at.data() < b.at.data();
  });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].name == sorted[i - 1].name) {
      problem(sorted[i].at, pointer_token(sorted[i].name), "the name comes twice in one object");
    }
  }
}

bool ValueReader::has_unknown(std::string_view name) const {
  return std::any_of(unknown_.begin(), unknown_.end(),
                     [&](const Unknown& one) { return one.name == name; });
}

}  // namespace fleetmeter::decode
