// The part of the Framer that shows what comes next to callers who can tell where it ends. The rest
// is in framer.cpp and framer_scan.cpp.

#include <cstring>

#include "decode/framer.hpp"
#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

std::string_view Framer::peek_line() {
  document_held_ = false;
  if (!skip_space_between() || (buffer_[pos_] != '{' && buffer_[pos_] != '[') ||
      here() < shown_to_) {
    return {};
  }
  const std::string_view line = line_ahead();
  shown_to_ = here() + line.size();
  const bool may_be_whole = line.size() <= limits_.record_bytes && !line.empty() &&
                            (line.back() == '}' || line.back() == ']');
  return may_be_whole ? line : std::string_view();
}

/// The rest of the line, without white space at its end; its beginning when it is over the limit.
std::string_view Framer::line_ahead() {
  std::size_t looked = 0;
  const void* newline = nullptr;
  for (;;) {
    const std::size_t at_hand = end_ - pos_;
    newline = std::memchr(buffer_.data() + pos_ + looked, '\n', at_hand - looked);
    looked = at_hand;
    if (newline != nullptr || looked > limits_.record_bytes || !read_more()) {
      break;
    }
  }
  const char* const begin = buffer_.data() + pos_;
  const std::string_view line(
      begin, newline == nullptr
                 ? end_ - pos_
                 : static_cast<std::size_t>(static_cast<const char*>(newline) - begin));
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

/// Whether a document can begin right here. A list does not begin like [INFO] or [2024-11-01].
bool Framer::at_json() {
  if (buffer_[pos_] != '[') {
    return buffer_[pos_] == '{';
  }
  std::size_t next = pos_ + 1;
  for (;; ++next) {
    if (next == end_) {
      next -= pos_;
      if (!read_more()) {
        return true;
      }
      next += pos_;
    }
    if (!is_space(buffer_[next]) || buffer_[next] == '\n') {
      return std::string_view("{[]\n").find(buffer_[next]) != std::string_view::npos;
    }
  }
}

/// Goes to the document that ends this line, if there is one.
bool Framer::skip_prefix() {
  const std::string_view line = line_ahead();
  const std::size_t at = find_value_at_end(line);
  if (at == std::string_view::npos) {
    return false;
  }
  prefix_ = line.substr(0, at);
  pos_ += at;
  return true;
}

void Framer::pass_document(std::size_t length, const base::Sha256& digest) {
  start_document();
  pos_ += length;
  document_length_ = length;
  sha256_ = digest;
  in_document_ = false;
}

void Framer::expect_digest(std::size_t length, const base::Sha256& digest) {
  expected_length_ = length;
  expected_digest_ = digest;
}

std::string_view Framer::peek() {
  if (state_ != State::in_list || (!element_open_ && !open_element())) {
    return {};
  }
  element_open_ = true;
  return {buffer_.data() + pos_, end_ - pos_};
}

void Framer::pass(std::size_t length) {
  pos_ += length;
  element_open_ = false;
}

}  // namespace fleetmeter::decode
