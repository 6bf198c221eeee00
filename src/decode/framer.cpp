#include "decode/framer.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"
#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kChunk = 256 * 1024;
constexpr std::size_t kPadding = 64;  // the decoder may read this far past a value
constexpr std::size_t kHeadKept = 64 * 1024;

}  // namespace

Framer::Framer(ByteSource& source, Limits limits, std::vector<char> buffer)
    : source_(source), limits_(limits), buffer_(std::move(buffer)) {}

// ---- the buffer

bool Framer::more() {
  if (pos_ < end_) {
    return true;
  }
  return read_more();
}

bool Framer::read_more() {
  if (source_ended_) {
    return false;
  }
  make_room();
  std::size_t count = 0;
  try {
    count = source_.read(buffer_.data() + end_, kChunk);
  } catch (const SourceError& error) {
    // What was given before is whole: whoever looks ahead must not meet this too early.
    failure_ = error;
  }
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
  if (gone > 0) {
    std::memmove(buffer_.data(), buffer_.data() + gone, end_ - gone);
  }
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
    long_document_head_ = held(document_offset_).substr(0, head_kept());
    document_held_ = false;
  }
  if (value_held_ && here() - value_offset_ > limits_.record_bytes) {
    oversize_head_ = held(value_offset_).substr(0, head_kept());
    oversize_ = true;
    value_held_ = false;
  }
}

void Framer::digest_to(std::size_t at) {
  digest_.update({buffer_.data() + digested_, at - digested_});
  digested_ = at;
}

std::size_t Framer::head_kept() const {
  return std::min(kHeadKept, limits_.record_bytes);
}

std::string_view Framer::held(std::uint64_t from) const {
  const auto begin = static_cast<std::size_t>(from - base_);
  return {buffer_.data() + begin, pos_ - begin};
}

// ---- documents

Framer::Shape Framer::begin_document() {
  document_held_ = false;
  if (!skip_space_between()) {
    if (failure_) {
      throw SourceError(*failure_);
    }
    return Shape::none;
  }
  if (newline_met_) {
    prefix_.clear();  // it holds for every document on its line
  }
  const bool is_prefixed = !at_json() && skip_prefix();
  start_document();
  line_mode_ = line_mode_ || is_prefixed;
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
  newline_met_ = false;
  digested_ = pos_;
  is_indented_ = multi_line_ = cut_by_line_ = in_envelope_ = value_held_ = oversize_ = too_deep_ =
      false;
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
      if (!check_envelope()) {
        break;
      }
      in_envelope_ = true;
      list_pointer_ = "/processes";
      list_depth_ = 2;
      envelope_ = held(value_offset_);
      envelope_head_ = envelope_.size();
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

/// Goes to the beginning of the list's next element. False when there is none: then the document
/// has ended, well or badly.
bool Framer::open_element() {
  value_held_ = false;
  const auto failed = [&] {
    recover();
    end_document();
    return false;
  };
  if (!skip_space()) {
    return failed();
  }
  if (buffer_[pos_] == ']') {
    ++pos_;
    end_list();
    return false;
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
  return true;
}

std::optional<RawValue> Framer::next_in_list() {
  if (!element_open_ && !open_element()) {
    return std::nullopt;
  }
  element_open_ = false;
  if (!scan_value()) {
    recover();
    end_document();
    return std::nullopt;
  }
  return take_value();
}

/// Whether the fields around a list, just scanned, can be looked into.
bool Framer::check_envelope() {
  if (too_deep_) {
    return fail("nested deeper than 64 levels");
  }
  if (!value_held_ || here() - value_offset_ > limits_.record_bytes) {
    return fail("the fields around the list are over the record limit");
  }
  return true;
}

std::uint64_t Framer::envelope_offset(std::size_t at) const {
  return at < envelope_head_ ? document_offset_ + at
                             : envelope_tail_offset_ + (at - envelope_head_);
}

void Framer::end_list() {
  if (in_envelope_) {
    begin_value();
    list_depth_ = 1;
    if (scan_members(true, false) == Members::object_end && check_envelope()) {
      envelope_tail_offset_ = value_offset_ - 1;
      envelope_ += ']';
      envelope_ += held(value_offset_);
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
  if (broken_off_) {
    throw SourceError(*failure_);
  }
  document_length_ = here() - document_offset_;
  const bool is_digested =
      document_length_ == expected_length_ && base_ + digested_ == document_offset_;
  if (is_digested) {
    sha256_ = expected_digest_;
  } else {
    digest_to(pos_);
    sha256_ = digest_.finish();
  }
  expected_length_ = 0;
  problem_offset_ = std::min(problem_offset_, here());
  in_document_ = value_held_ = false;
  state_ = State::between;
}

std::string_view Framer::document_bytes() const {
  if (!document_held_) {
    return long_document_head_;
  }
  const std::string_view bytes = held(document_offset_);
  return bytes.size() > limits_.record_bytes ? bytes.substr(0, head_kept()) : bytes;
}

bool Framer::fail(const std::string& why) {
  if (problem_.empty()) {
    problem_ = why;
    problem_offset_ = here();
    broken_off_ = failure_ && pos_ == end_;
  }
  return false;
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
  value.bytes = oversize_        ? std::string_view(oversize_head_)
                : value.oversize ? held(value_offset_).substr(0, head_kept())
                                 : held(value_offset_);
  return value;
}

}  // namespace fleetmeter::decode
