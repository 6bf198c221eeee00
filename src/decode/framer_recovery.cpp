// The part of the Framer that finds the next document behind one that is broken.

#include <cstring>

#include "base/text.hpp"
#include "decode/framer.hpp"
#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

std::string what_garbage_is(std::string_view head) {
  if (head.front() == '<') {
    return "not JSON: an HTML or XML page";
  }
  return "not JSON: it begins with " + base::printable(head.substr(0, 40));
}

}  // namespace

void Framer::recover() {
  value_held_ = false;
  if (!multi_line_) {
    skip_line();
    return;
  }
  // What looked like the inside of a broken document may be whole documents on lines of their own.
  if (!back_to_a_whole_line() && !cut_by_line_) {
    skip_to_next_document();
  }
}

/// Goes on to a line that can only begin another document.
void Framer::skip_to_next_document() {
  char last = pos_ > 0 ? buffer_[pos_ - 1] : ' ';
  while (more()) {
    const char c = buffer_[pos_++];
    if (c == '\n' && more() && begins_document(last, buffer_[pos_])) {
      return;
    }
    last = is_space(c) ? last : c;
  }
}

/// Goes back to the end of the first line behind which a whole document fills a line. It looks no
/// further than the record limit from the document's beginning, so that what is found does not
/// depend on how the bytes came in.
bool Framer::back_to_a_whole_line() {
  const std::uint64_t failed_at = here();
  if (failed_at - document_offset_ > limits_.record_bytes) {
    return false;
  }
  while (base_ + end_ < document_offset_ + limits_.record_bytes && read_more()) {
  }
  const auto begin = static_cast<std::size_t>(document_offset_ - base_);
  const std::string_view text =
      std::string_view(buffer_.data() + begin, end_ - begin).substr(0, limits_.record_bytes);
  for (std::size_t newline = text.find('\n'); newline != std::string_view::npos;
       newline = text.find('\n', newline + 1)) {
    if (document_offset_ + newline >= failed_at) {
      break;
    }
    const std::string_view rest = text.substr(newline + 1);
    const std::size_t end = rest.find('\n');
    const bool is_complete =
        end != std::string_view::npos || (source_ended_ && end_ - begin <= text.size());
    if (!rest.empty() && (rest.front() == '{' || rest.front() == '[') && is_complete &&
        is_whole_value(rest.substr(0, end))) {
      pos_ = begin + newline;
      multi_line_ = false;
      return true;
    }
  }
  return false;
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

/// Passes over lines in which no document stands.
void Framer::skip_garbage() {
  problem_offset_ = here();
  do {
    skip_line();
    while (more() && is_space(buffer_[pos_])) {
      ++pos_;
    }
  } while (more() && buffer_[pos_] != '{' && buffer_[pos_] != '[' &&
           find_value_at_end(line_ahead()) == std::string_view::npos);
  problem_ = what_garbage_is(document_bytes());
}

}  // namespace fleetmeter::decode
