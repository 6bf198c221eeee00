#include "decode/framer.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kChunk = 1024 * 1024;
constexpr std::size_t kPadding = 64;  // the decoder may read this far past a value
constexpr std::size_t kHeadKept = 64 * 1024;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// What a byte outside strings means for matching brackets.
enum Class : unsigned char { plain, quote, open, close, newline, control };

constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> classes{};
  for (std::size_t c = 0; c < 0x20; ++c) {
    classes[c] = control;
  }
  classes['\t'] = classes['\r'] = plain;
  classes['\n'] = newline;
  classes['"'] = quote;
  classes['{'] = classes['['] = open;
  classes['}'] = classes[']'] = close;
  return classes;
}();

Class class_of(char c) {
  return kClasses[static_cast<unsigned char>(c)];
}

/// Whether any of eight bytes ends a run inside a string: a quote, a backslash or a control.
bool has_special(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHigh = 0x8080808080808080U;
  const auto has_zero = [](std::uint64_t x) { return (x - kOnes) & ~x & kHigh; };
  const std::uint64_t below_space = (eight - kOnes * 0x20U) & ~eight & kHigh;
  return (has_zero(eight ^ (kOnes * '"')) | has_zero(eight ^ (kOnes * '\\')) | below_space) != 0;
}

const char* skip_string_run(const char* at, const char* end) {
  std::uint64_t eight = 0;
  while (end - at >= 8) {
    std::memcpy(&eight, at, 8);
    if (has_special(eight)) {
      break;
    }
    at += 8;
  }
  while (at < end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) {
    ++at;
  }
  return at;
}

bool is_scalar(std::string_view token) {
  if (token == "true" || token == "false" || token == "null") {
    return true;
  }
  return !token.empty() && token.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
}

std::string what_garbage_is(std::string_view head) {
  if (head.front() == '<') {
    return "not JSON: an HTML or XML page";
  }
  return "not JSON: it begins with " + base::printable(head.substr(0, 40));
}

}  // namespace

Framer::Framer(ByteSource& source, Limits limits) : source_(source), limits_(limits) {}

// ---- the buffer

bool Framer::more() {
  if (pos_ < end_) {
    return true;
  }
  if (source_ended_) {
    return false;
  }
  make_room();
  const std::size_t count = source_.read(buffer_.data() + end_, kChunk);
  end_ += count;
  source_ended_ = count == 0;
  return count > 0;
}

void Framer::make_room() {
  release_what_is_over_the_limit();
  std::uint64_t keep = here();
  if (value_held_) {
    keep = std::min(keep, value_offset_);
  }
  if (document_held_) {
    keep = std::min(keep, document_offset_);
  }
  const auto gone = static_cast<std::size_t>(keep - base_);
  if (in_document_) {
    digest_to(std::max(gone, digested_));
  }
  std::memmove(buffer_.data(), buffer_.data() + gone, end_ - gone);
  pos_ -= gone;
  end_ -= gone;
  digested_ -= std::min(gone, digested_);
  base_ = keep;
  if (buffer_.size() < end_ + kChunk + kPadding) {
    buffer_.resize(std::max(end_ + kChunk + kPadding, buffer_.size() * 2));
  }
}

void Framer::release_what_is_over_the_limit() {
  if (document_held_ && here() - document_offset_ > limits_.record_bytes) {
    long_document_head_ = held(document_offset_).substr(0, kHeadKept);
    document_held_ = false;
  }
  if (value_held_ && here() - value_offset_ > limits_.record_bytes) {
    oversize_head_ = held(value_offset_).substr(0, kHeadKept);
    oversize_ = true;
    value_held_ = false;
  }
}

void Framer::digest_to(std::size_t at) {
  digest_.update({buffer_.data() + digested_, at - digested_});
  digested_ = at;
}

std::string_view Framer::held(std::uint64_t from) const {
  const auto begin = static_cast<std::size_t>(from - base_);
  return {buffer_.data() + begin, pos_ - begin};
}

// ---- documents

Framer::Shape Framer::begin_document() {
  document_held_ = false;
  if (!skip_space_between()) {
    return Shape::none;
  }
  start_document();
  if (buffer_[pos_] == '[') {
    ++pos_;
    list_depth_ = 1;
    state_ = State::in_list;
    return Shape::list;
  }
  if (buffer_[pos_] == '{') {
    return start_object();
  }
  skip_garbage();
  state_ = State::garbage;
  return Shape::garbage;
}

void Framer::start_document() {
  document_offset_ = here();
  document_held_ = in_document_ = true;
  digested_ = pos_;
  multi_line_ = cut_by_line_ = in_envelope_ = value_held_ = oversize_ = too_deep_ = false;
  first_element_ = true;
  problem_.clear();
  envelope_.clear();
  list_pointer_.clear();
  long_document_head_.clear();
}

Framer::Shape Framer::start_object() {
  begin_value();
  list_depth_ = 1;
  ++pos_;
  switch (scan_members(false, true)) {
    case Members::object_end:
      state_ = State::single;
      return Shape::single;
    case Members::list_found:
      in_envelope_ = true;
      list_pointer_ = "/processes";
      list_depth_ = 2;
      envelope_ = held(value_offset_);
      value_held_ = false;
      state_ = State::in_list;
      return Shape::list;
    case Members::failed:
      break;
  }
  recover();
  state_ = State::done;
  return Shape::list;
}

std::optional<RawValue> Framer::next_value() {
  switch (state_) {
    case State::in_list:
      return next_in_list();
    case State::single: {
      const RawValue value = take_value();
      state_ = State::done;
      return value;
    }
    case State::garbage:
    case State::done:
    case State::between:
      break;
  }
  end_document();
  return std::nullopt;
}

std::optional<RawValue> Framer::next_in_list() {
  value_held_ = false;
  const auto failed = [&] {
    recover();
    end_document();
    return std::nullopt;
  };
  if (!skip_space()) {
    return failed();
  }
  if (buffer_[pos_] == ']') {
    ++pos_;
    end_list();
    return std::nullopt;
  }
  if (!first_element_) {
    if (buffer_[pos_] != ',') {
      fail("between two elements of a list comes a comma");
      return failed();
    }
    ++pos_;
    if (!skip_space()) {
      return failed();
    }
  }
  first_element_ = false;
  begin_value();
  if (!scan_value()) {
    return failed();
  }
  return take_value();
}

void Framer::end_list() {
  if (in_envelope_) {
    begin_value();
    const Members ended = scan_members(true, false);
    if (ended == Members::object_end && !oversize_) {
      envelope_ += ']';
      envelope_ += held(value_offset_);
    } else if (ended == Members::object_end) {
      fail("the fields around the list are over the record limit");
    }
    if (!problem_.empty()) {
      recover();
    }
  }
  end_document();
}

void Framer::end_document() {
  if (!in_document_) {
    return;
  }
  digest_to(pos_);
  sha256_ = digest_.finish();
  document_length_ = here() - document_offset_;
  in_document_ = value_held_ = false;
  state_ = State::between;
}

std::string_view Framer::document_bytes() const {
  return document_held_ ? held(document_offset_) : std::string_view(long_document_head_);
}

bool Framer::fail(const std::string& why) {
  if (problem_.empty()) {
    problem_ = why;
    problem_offset_ = here();
  }
  return false;
}

void Framer::recover() {
  value_held_ = false;
  if (cut_by_line_) {
    return;  // the next line is a document of its own
  }
  if (!multi_line_) {
    skip_line();
    return;
  }
  while (more()) {
    pos_ = end_;
  }
}

void Framer::skip_line() {
  while (more()) {
    const void* found = std::memchr(buffer_.data() + pos_, '\n', end_ - pos_);
    if (found != nullptr) {
      pos_ = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
      return;
    }
    pos_ = end_;
  }
}

void Framer::skip_garbage() {
  const std::uint64_t at = here();
  problem_ = what_garbage_is({buffer_.data() + pos_, end_ - pos_});
  problem_offset_ = at;
  for (;;) {
    skip_line();
    while (more() && is_space(buffer_[pos_])) {
      ++pos_;
    }
    if (!more() || buffer_[pos_] == '{' || buffer_[pos_] == '[') {
      return;
    }
  }
}

// ---- values

void Framer::begin_value() {
  value_offset_ = here();
  value_held_ = true;
  oversize_ = too_deep_ = false;
}

RawValue Framer::take_value() {
  RawValue value;
  value.offset = value_offset_;
  value.length = here() - value_offset_;
  value.too_deep = too_deep_;
  value.oversize = oversize_ || value.length > limits_.record_bytes;
  value.bytes = oversize_ ? std::string_view(oversize_head_) : held(value_offset_);
  return value;
}

bool Framer::skip_space_between() {
  bool newline = false;
  if (here() == 0 && more() && end_ - pos_ >= 3 &&
      std::memcmp(buffer_.data(), "\xEF\xBB\xBF", 3) == 0) {
    pos_ += 3;
  }
  while (more()) {
    if (!is_space(buffer_[pos_])) {
      line_mode_ = newline && !multi_line_;
      return true;
    }
    newline = newline || buffer_[pos_] == '\n';
    ++pos_;
  }
  return false;
}

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

/// Called behind a newline inside a document. The next line may prove that this document was cut
/// off: a `{` or `[` can follow only a comma, a colon or a `[`.
bool Framer::on_newline() {
  multi_line_ = true;
  if (!more() || (buffer_[pos_] != '{' && buffer_[pos_] != '[')) {
    return true;
  }
  bool cut = line_mode_;
  if (!cut && document_held_) {
    const std::string_view before = held(document_offset_);
    const std::size_t last = before.find_last_not_of(" \n\r\t");
    cut = last != std::string_view::npos && before[last] != ',' && before[last] != ':' &&
          before[last] != '[';
  }
  if (cut) {
    cut_by_line_ = true;
    return fail("the line ends inside the document (truncated?)");
  }
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
    const std::string_view key = value_held_ ? held(key_offset) : std::string_view();
    const bool names_list = look_for_list && (key == "\"processes\"" || key == "\"Processes\"");
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
  const Class c = class_of(buffer_[pos_]);
  return c == quote ? scan_string() : c == open ? scan_container() : scan_scalar();
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
    if (buffer_[pos_] != '\\') {
      const bool at_line_end = buffer_[pos_] == '\n' || buffer_[pos_] == '\r';
      return fail(at_line_end ? "the line ends inside a string (a quote is missing, or truncated?)"
                              : "a raw control character inside a string");
    }
    ++pos_;
    if (more()) {
      ++pos_;
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
    const Class kind = class_of(c);
    if (kind == plain) {
      ++pos_;
      continue;
    }
    if (kind == quote) {
      if (!scan_string()) {
        return false;
      }
      continue;
    }
    if (kind == open) {
      objects = c == '{' && depth < 64 ? objects | (1ULL << depth)
                : depth < 64           ? objects & ~(1ULL << depth)
                                       : objects;
      ++depth;
      too_deep_ = too_deep_ || depth + outside > limits_.depth;
    } else if (kind == close) {
      --depth;
      if (depth < 64 && ((objects >> depth & 1U) != 0) != (c == '}')) {
        return fail(std::string("a bracket does not match: ") + c);
      }
    } else if (kind == control) {
      return fail("a control character between values");
    }
    ++pos_;
    if (kind == newline && !on_newline()) {
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
