// The half of the Framer that looks at JSON: values, members of objects, white space. The other
// half, framer.cpp, keeps the buffer and knows where documents begin and end.

#include <cstring>

#include "base/text.hpp"
#include "decode/framer.hpp"
#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Whether this member shows that its object is a process or a room: what it may have beside is not
/// a document's list.
bool names_an_object(std::string_view key) {
  return key == "\"processId\"" || key == "\"process_id\"" || key == "\"ProcessId\"" ||
         key == "\"roomId\"" || key == "\"room_id\"" || key == "\"RoomId\"";
}

/// White space, the commas of a list without brackets, and the separator of RFC 7464 (jq --seq).
bool is_between_documents(char c) {
  return is_space(c) || c == ',' || c == kRecordSeparator;
}

}  // namespace

bool Framer::skip_space() {
  while (more()) {
    const char c = buffer_[pos_];
    if (!is_space(c)) {
      return true;
    }
    ++pos_;
    if (c == '\n' && !on_newline()) {
      return false;
    }
  }
  return fail("the document ends too early (truncated?)");
}

bool Framer::skip_space_between() {
  while (more()) {
    while (buffer_[pos_] == kByteOrderMark.front() && end_ - pos_ < kByteOrderMark.size() &&
           read_more()) {
    }
    const std::string_view ahead(buffer_.data() + pos_, end_ - pos_);
    if (ahead.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
      pos_ += kByteOrderMark.size();  // at the beginning, or where files were joined
    } else if (is_between_documents(buffer_[pos_])) {
      newline_met_ = newline_met_ || buffer_[pos_] == '\n';
      ++pos_;
    } else {
      line_mode_ = newline_met_ && !multi_line_;
      return true;
    }
  }
  return false;
}

/// Called behind a newline inside a document. The next line may prove that this document was cut
/// off: a `{` or `[` can follow only a comma, a colon or a `[`.
bool Framer::on_newline() {
  if (!multi_line_) {
    multi_line_ = true;
    is_indented_ = more() && (buffer_[pos_] == ' ' || buffer_[pos_] == '\t');
  }
  const bool at_hand = here() - document_offset_ <= limits_.record_bytes;
  if (!more() ||
      (buffer_[pos_] != '{' && buffer_[pos_] != '[' && buffer_[pos_] != kRecordSeparator)) {
    return true;
  }
  bool cut = line_mode_;
  if (!cut && at_hand) {
    const std::string_view before = held(document_offset_);
    const std::size_t last = before.find_last_not_of(" \n\r\t");
    const char byte = last == std::string_view::npos ? '[' : before[last];
    // Behind a comma a bracket may go on with a list, unless the list's elements were indented.
    cut = begins_document(byte, buffer_[pos_]) || (is_indented_ && byte == ',');
  }
  if (cut) {
    cut_by_line_ = true;
    return fail("the line ends inside the document (truncated?)");
  }
  is_indented_ = false;
  return true;
}

Framer::Members Framer::scan_members(bool after_a_member, bool look_for_list) {
  for (;; after_a_member = true) {
    if (!skip_space()) {
      return Members::failed;
    }
    if (buffer_[pos_] == '}') {
      ++pos_;
      return Members::object_end;
    }
    if (after_a_member) {
      if (buffer_[pos_] != ',') {
        fail("between two members of an object comes a comma");
        return Members::failed;
      }
      ++pos_;
      if (!skip_space()) {
        return Members::failed;
      }
    }
    const std::uint64_t key_offset = here();
    if (buffer_[pos_] != '"') {
      fail("a member of an object begins with its name in quotes");
      return Members::failed;
    }
    if (!scan_string()) {
      return Members::failed;
    }
    const bool readable = value_held_ && here() - value_offset_ <= limits_.record_bytes;
    const std::string_view key = readable ? held(key_offset) : std::string_view();
    const bool names_list = look_for_list && (key == "\"processes\"" || key == "\"Processes\"");
    look_for_list = look_for_list && !names_an_object(key);
    if (!skip_space()) {
      return Members::failed;
    }
    if (buffer_[pos_] != ':') {
      fail("after a member's name comes a colon");
      return Members::failed;
    }
    ++pos_;
    if (!skip_space()) {
      return Members::failed;
    }
    if (names_list && buffer_[pos_] == '[') {
      ++pos_;
      return Members::list_found;
    }
    if (!scan_value()) {
      return Members::failed;
    }
  }
}

bool Framer::scan_value() {
  const ByteClass c = class_of(buffer_[pos_]);
  return c == ByteClass::quote  ? scan_string()
         : c == ByteClass::open ? scan_container()
                                : scan_scalar();
}

bool Framer::scan_string() {
  ++pos_;
  while (more()) {
    const char* stop = skip_string_run(buffer_.data() + pos_, buffer_.data() + end_);
    pos_ = static_cast<std::size_t>(stop - buffer_.data());
    if (pos_ == end_) {
      continue;
    }
    if (buffer_[pos_] == '"') {
      ++pos_;
      return true;
    }
    if (buffer_[pos_] == '\n' || buffer_[pos_] == '\r') {
      return fail("the line ends inside a string (a quote is missing, or truncated?)");
    }
    if (buffer_[pos_] != '\\') {
      ++pos_;  // a raw control character: the decoder tells in which text it stands
      continue;
    }
    ++pos_;
    if (more() && buffer_[pos_] != '\n' && buffer_[pos_] != '\r') {
      ++pos_;  // what is escaped; a line that was cut off behind a backslash ends here all the same
    }
  }
  return fail("the document ends inside a string (truncated?)");
}

bool Framer::scan_container() {
  const unsigned outside = list_depth_;
  unsigned depth = 0;
  std::uint64_t objects = 0;  // bit d: the bracket at depth d is a '{'
  while (more()) {
    const char c = buffer_[pos_];
    const ByteClass kind = class_of(c);
    if (kind == ByteClass::plain) {
      ++pos_;
      continue;
    }
    if (kind == ByteClass::quote) {
      if (!scan_string()) {
        return false;
      }
      continue;
    }
    if (kind == ByteClass::open) {
      objects = c == '{' && depth < 64 ? objects | (1ULL << depth)
                : depth < 64           ? objects & ~(1ULL << depth)
                                       : objects;
      ++depth;
      too_deep_ = too_deep_ || depth + outside > limits_.depth;
    } else if (kind == ByteClass::close) {
      --depth;
      if (depth < 64 && ((objects >> depth & 1U) != 0) != (c == '}')) {
        return fail(std::string("a bracket does not match: ") + c);
      }
    } else if (kind == ByteClass::control) {
      return fail("a control character between values");
    }
    ++pos_;
    if (kind == ByteClass::newline && !on_newline()) {
      return false;
    }
    if (depth == 0) {
      return true;
    }
  }
  return fail("the document ends inside a value (truncated?)");
}

bool Framer::scan_scalar() {
  const std::uint64_t from = here();
  std::string token;
  while (more() && !is_space(buffer_[pos_]) && std::strchr(",:]}[{\"", buffer_[pos_]) == nullptr) {
    if (token.size() <= 400) {
      token += buffer_[pos_];
    }
    ++pos_;
  }
  if (!is_scalar(token) || here() - from > 400) {
    return fail(token.empty() ? "a value is missing"
                              : "not a JSON value: " + base::printable(token.substr(0, 40)));
  }
  return true;
}

}  // namespace fleetmeter::decode
