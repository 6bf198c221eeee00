// The part of the Framer that finds the next document behind one that is broken.

#include <array>
#include <cstring>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "decode/framer.hpp"
#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

struct KnownGarbage {
  std::string_view begins;
  const char* is;
};

/// What a user can be told how to unpack.
constexpr std::array<KnownGarbage, 6> kKnownGarbage{
    {{"\xFD"
      "7zXZ",
      "xz data; xz -dc FILE | fleetmeter ingest - reads it"},
     {"BZh", "bzip2 data; bzip2 -dc FILE | fleetmeter ingest - reads it"},
     {"PK\x03\x04", "a zip file; unzip -p FILE | fleetmeter ingest - reads it"},
     {"\x1F\x8B", "gzip data inside packed data; gzip -dc FILE | fleetmeter ingest - reads it"},
     {"\x28\xB5\x2F\xFD",
      "zstd data inside packed data; zstd -dc FILE | fleetmeter ingest - reads it"},
     {"<", "an HTML or XML page"}}};

std::string what_garbage_is(std::string_view head) {
  for (const KnownGarbage& known : kKnownGarbage) {
    if (head.starts_with(known.begins)) {
      return std::string("not JSON: ") + known.is;
    }
  }
  if (head.size() > 1 && (head[1] == '\0' || head[0] == '\0')) {
    return "not JSON: UTF-16 without its mark, perhaps; iconv -f UTF-16LE -t UTF-8 FILE makes it "
           "text that is read";
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
    if (c == '\n' && more() && begins_here(last)) {
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

/// Whether the line that begins here begins another document, `before` being the last byte before
/// it that is no white space. What stands inside a document that is indented never begins a line.
bool Framer::begins_here(char before) {
  const char first = buffer_[pos_];
  if (first == '{' || first == '[') {
    return is_indented_ || begins_document(before, first);
  }
  const bool may_be_prefix = is_indented_ && !is_space(first) && first != '}' && first != ']';
  return begins_document(before, first) ||
         (may_be_prefix && find_value_at_end(line_ahead()) != std::string_view::npos);
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
  bool is_inside = false;  // an indented line stands inside something that has lost its beginning
  do {
    skip_line();
    while (more() && is_space(buffer_[pos_])) {
      is_inside = buffer_[pos_] != '\n' && buffer_[pos_] != '\r';
      ++pos_;
    }
  } while (more() && (is_inside || (buffer_[pos_] != '{' && buffer_[pos_] != '[' &&
                                    find_value_at_end(line_ahead()) == std::string_view::npos)));
  problem_ = what_garbage_is(document_bytes());
}

}  // namespace fleetmeter::decode
