#include "decode/json_scanner.hpp"

#include <string_view>

#include "base/text.hpp"
#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kLongestScalar = 400;

/// Whether this member shows that its object is a process or a room: what it may have beside is not
/// a document's list.
bool names_an_object(std::string_view key) {
  return key == "\"processId\"" || key == "\"process_id\"" || key == "\"ProcessId\"" ||
         key == "\"roomId\"" || key == "\"room_id\"" || key == "\"RoomId\"";
}

bool ends_scalar(char c) {
  return is_space(c) || std::string_view(",:]}[{\"").find(c) != std::string_view::npos || c == '\0';
}

/// Behind the bytes that text begins with and that mean nothing for brackets.
const char* skip_plain_run(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end && class_of(*at) == ByteClass::plain) {
    ++at;
  }
  return at;
}

/// Matches each closing bracket with the one that it closes, to a depth of kMatched.
class OpenBrackets {
 public:
  static constexpr unsigned kMatched = 64;

  void open(char bracket) {
    if (depth_ < kMatched) {
      const std::uint64_t bit = std::uint64_t{1} << depth_;
      objects_ = bracket == '{' ? objects_ | bit : objects_ & ~bit;
    }
    ++depth_;
  }
  /// Whether the bracket closes the innermost one.
  [[nodiscard]] bool close(char bracket) {
    --depth_;
    return depth_ >= kMatched || ((objects_ >> depth_ & 1U) != 0) == (bracket == '}');
  }
  [[nodiscard]] unsigned depth() const { return depth_; }

 private:
  unsigned depth_ = 0;
  std::uint64_t objects_ = 0;  ///< bit d: the bracket at depth d is a '{'
};
static_assert(OpenBrackets::kMatched >= Limits{}.depth,
              "the decoder sees no value with brackets that were not matched");

}  // namespace

void JsonScanner::begin_document() {
  is_too_deep_ = false;
  problem_.clear();
}

bool JsonScanner::fail(const std::string& why) {
  if (problem_.empty()) {
    problem_ = why;
    problem_offset_ = buffer_.offset();
    is_broken_off_ = buffer_.failure() && buffer_.ahead().empty();
  }
  return false;
}

void JsonScanner::note_garbage(std::uint64_t offset, const std::string& what) {
  problem_ = what;
  problem_offset_ = offset;
}

bool JsonScanner::skip_space() {
  while (buffer_.more()) {
    const char c = buffer_.current();
    if (!is_space(c)) {
      return true;
    }
    buffer_.advance(1);
    if (c == '\n' && !pass_newline()) {
      return false;
    }
  }
  return fail("the document ends too early (truncated?)");
}

/// Called behind a newline inside a document. The next line may prove that the document broke off.
bool JsonScanner::pass_newline() {
  if (!lines_.has_several) {
    lines_.has_several = true;
    lines_.is_indented = buffer_.more() && (buffer_.is_at(' ') || buffer_.is_at('\t'));
  }
  const bool at_hand = document_.document().is_within_limit(buffer_);
  if (!buffer_.more() || (!buffer_.is_at_bracket() && !buffer_.is_at(kRecordSeparator))) {
    return true;
  }
  if (lines_.follows_line && !lines_.next_line) {
    lines_.next_line = buffer_.offset();
  }
  const bool is_too_costly = lines_.follows_line && lines_.in_vain > buffer_.offset();
  if (lines_.ends_with_line || is_too_costly || (at_hand && begins_another_document())) {
    lines_.is_cut_by_line = true;
    return fail("the line ends inside the document (truncated?)");
  }
  lines_.is_indented = false;
  return true;
}

/// Whether the bracket that begins this line cannot stand inside the document: a `{` or `[` follows
/// only a comma, a colon or a `[`.
bool JsonScanner::begins_another_document() const {
  const std::string_view before = document_.document().shown(buffer_);
  const std::size_t last = before.find_last_not_of(" \n\r\t");
  const char byte = last == std::string_view::npos ? '[' : before[last];
  // Behind a comma a bracket may go on with a list, unless the list's elements were indented.
  return begins_document(byte, buffer_.current()) || (lines_.is_indented && byte == ',');
}

JsonScanner::Members JsonScanner::skip_members(bool after_a_member, bool look_for_list) {
  for (;; after_a_member = true) {
    if (!skip_space()) {
      return Members::failed;
    }
    if (buffer_.is_at('}')) {
      buffer_.advance(1);
      return Members::object_end;
    }
    if (after_a_member) {
      if (!buffer_.is_at(',')) {
        fail("between two members of an object comes a comma");
        return Members::failed;
      }
      buffer_.advance(1);
      if (!skip_space()) {
        return Members::failed;
      }
    }
    bool names_list = false;
    if (!skip_name(names_list, look_for_list)) {
      return Members::failed;
    }
    if (names_list && buffer_.is_at('[')) {
      buffer_.advance(1);
      return Members::list_found;
    }
    if (!skip_value(1)) {
      return Members::failed;
    }
  }
}

/// Goes from a member's name to its value. What the object is may show in the name: then there is
/// no need to look for a list any more.
bool JsonScanner::skip_name(bool& names_list, bool& look_for_list) {
  const std::uint64_t key_offset = buffer_.offset();
  if (!buffer_.is_at('"')) {
    return fail("a member of an object begins with its name in quotes");
  }
  if (!skip_string()) {
    return false;
  }
  const bool is_readable = document_.value().is_within_limit(buffer_);
  const std::string_view key = is_readable ? buffer_.since(key_offset) : std::string_view();
  names_list = look_for_list && (key == "\"processes\"" || key == "\"Processes\"");
  look_for_list = look_for_list && !names_an_object(key);
  if (!skip_space()) {
    return false;
  }
  if (!buffer_.is_at(':')) {
    return fail("after a member's name comes a colon");
  }
  buffer_.advance(1);
  return skip_space();
}

bool JsonScanner::skip_value(unsigned outside) {
  switch (class_of(buffer_.current())) {
    case ByteClass::quote:
      return skip_string();
    case ByteClass::open:
      return skip_container(outside);
    default:
      return skip_scalar();
  }
}

bool JsonScanner::skip_string() {
  buffer_.advance(1);
  while (buffer_.more()) {
    const std::string_view ahead = buffer_.ahead();
    const char* const end = ahead.data() + ahead.size();
    const char* const stop = skip_string_run(ahead.data(), end);
    buffer_.advance_to(stop);
    if (stop == end) {
      continue;
    }
    if (*stop == '\n' || *stop == '\r') {
      return fail("the line ends inside a string (a quote is missing, or truncated?)");
    }
    buffer_.advance(1);
    if (*stop == '"') {
      return true;
    }
    // Else a raw control character: the decoder tells in which text it stands.
    if (*stop == '\\' && buffer_.more() && !buffer_.is_at('\n') && !buffer_.is_at('\r')) {
      buffer_.advance(1);  // what is escaped; a line that was cut off behind a backslash ends here
    }
  }
  return fail("the document ends inside a string (truncated?)");
}

bool JsonScanner::skip_container(unsigned outside) {
  OpenBrackets brackets;
  while (buffer_.more()) {
    const char c = buffer_.current();
    const ByteClass kind = class_of(c);
    switch (kind) {
      case ByteClass::plain:
        buffer_.advance_to(skip_plain_run(buffer_.ahead()));
        continue;
      case ByteClass::quote:
        if (!skip_string()) {
          return false;
        }
        continue;
      case ByteClass::open:
        brackets.open(c);
        is_too_deep_ = is_too_deep_ || brackets.depth() + outside > limits_.depth;
        break;
      case ByteClass::close:
        if (!brackets.close(c)) {
          return fail(std::string("a bracket does not match: ") + c);
        }
        break;
      case ByteClass::control:
        return fail("a control character between values");
      case ByteClass::newline:
        break;
    }
    buffer_.advance(1);
    if (kind == ByteClass::newline && !pass_newline()) {
      return false;
    }
    if (brackets.depth() == 0) {
      return true;
    }
  }
  return fail("the document ends inside a value (truncated?)");
}

bool JsonScanner::skip_scalar() {
  const std::uint64_t from = buffer_.offset();
  std::string token;
  while (buffer_.more() && !ends_scalar(buffer_.current())) {
    if (token.size() <= kLongestScalar) {
      token += buffer_.current();
    }
    buffer_.advance(1);
  }
  if (!is_scalar(token) || buffer_.offset() - from > kLongestScalar) {
    return fail(token.empty() ? "a value is missing"
                              : "not a JSON value: " + base::printable(token.substr(0, 40)));
  }
  return true;
}

}  // namespace fleetmeter::decode
