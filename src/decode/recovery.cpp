#include "decode/recovery.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"
#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

struct KnownGarbage {
  std::size_t at;
  std::string_view bytes;
  const char* is;
};

using namespace std::string_view_literals;

/// What a user can be told what it is, and how to take out what is in it. The first that fits
/// counts.
constexpr auto kKnownGarbage = std::to_array<KnownGarbage>(
    {{0, "\xFD\x37zXZ", "xz data; xz -dc FILE | fleetmeter ingest - reads it"},
     {0, "BZh", "bzip2 data; bzip2 -dc FILE | fleetmeter ingest - reads it"},
     {0, "\x04\x22\x4D\x18", "lz4 data; lz4 -dc FILE | fleetmeter ingest - reads it"},
     {30, "[Content_Types].xml", "a workbook or another document of an office program"},
     {0, "PK\x03\x04", "a zip file; unzip -p FILE | fleetmeter ingest - reads it"},
     {0, "7z\xBC\xAF\x27\x1C", "a 7z file; 7z x -so FILE | fleetmeter ingest - reads it"},
     {257, "ustar",
      "a tar archive; tar -xf FILE -C FOLDER takes its files out, and fleetmeter ingest FOLDER "
      "reads "
      "them"},
     {0, "\x1F\x8B", "gzip data inside packed data; gzip -dc FILE | fleetmeter ingest - reads it"},
     {0, "\x1F\x9D", "packed by compress; gzip -dc FILE | fleetmeter ingest - reads it"},
     {0, "\x28\xB5\x2F\xFD",
      "zstd data inside packed data; zstd -dc FILE | fleetmeter ingest - reads it"},
     {0, "SQLite format 3\0"sv, "an SQLite database; if it is a store, --db NAME asks it"},
     {0, "PAR1", "a Parquet file"},
     {0, "%PDF-", "a PDF document"},
     {0, "<", "an HTML or XML page"},
     {0, "\0\0"sv, "zero bytes"}});

std::string what_garbage_is(std::string_view head) {
  for (const KnownGarbage& known : kKnownGarbage) {
    if (head.size() >= known.at && head.substr(known.at).starts_with(known.bytes)) {
      return std::string("not JSON: ") + known.is;
    }
  }
  return "not JSON: it begins with " + base::printable(head.substr(0, 40));
}

}  // namespace

void Recovery::skip_rest() {
  document_.value().end();
  if (!lines_.has_several) {
    skip_line();
    return;
  }
  // What looked like the inside of a broken document may be whole documents on lines of their own.
  if (!back_to_next_line() && !back_to_a_whole_line() && !lines_.is_cut_by_line) {
    skip_to_next_document();
  }
}

/// Goes on to a line that can only begin another document.
void Recovery::skip_to_next_document() {
  char last = buffer_.before();
  while (buffer_.more()) {
    const char c = buffer_.current();
    buffer_.advance(1);
    if (c == '\n' && buffer_.more() && begins_document_here(last)) {
      return;
    }
    last = is_space(c) ? last : c;
  }
}

/// Where documents fill a line each, the one that is broken was cut off at the end of its own.
bool Recovery::back_to_next_line() {
  const std::uint64_t begin = document_.document().offset();
  if (!lines_.next_line || buffer_.offset() - begin > limits_.record_bytes) {
    return false;
  }
  lines_.in_vain += buffer_.offset() - *lines_.next_line;
  buffer_.go_to(*lines_.next_line - 1);  // at the newline before
  lines_.has_several = false;
  return true;
}

/// Goes back to the end of the first line behind which a whole document fills a line. It looks no
/// further than the record limit from the document's beginning, so that what is found does not
/// depend on how the bytes came in.
bool Recovery::back_to_a_whole_line() {
  const std::uint64_t begin = document_.document().offset();
  const std::uint64_t failed_at = buffer_.offset();
  if (failed_at - begin > limits_.record_bytes) {
    return false;
  }
  while (buffer_.end_offset() < begin + limits_.record_bytes && buffer_.read_more()) {
  }
  const std::string_view window = buffer_.window_from(begin);
  const std::string_view text = window.substr(0, limits_.record_bytes);
  const bool has_all = buffer_.source_ended() && window.size() <= text.size();
  for (std::size_t newline = text.find('\n');
       newline != std::string_view::npos && begin + newline < failed_at;
       newline = text.find('\n', newline + 1)) {
    const std::string_view rest = text.substr(newline + 1);
    const std::size_t end = rest.find('\n');
    const bool is_complete = end != std::string_view::npos || has_all;
    if ((rest.starts_with('{') || rest.starts_with('[')) && is_complete &&
        is_whole_value(rest.substr(0, end))) {
      buffer_.go_to(begin + newline);
      lines_.has_several = false;
      return true;
    }
  }
  return false;
}

/// Whether the line that begins here begins another document, `before` being the last byte before
/// it that is no white space. What stands inside a document that is indented never begins a line.
bool Recovery::begins_document_here(char before) {
  const char first = buffer_.current();
  if (first == '{' || first == '[') {
    return lines_.is_indented || begins_document(before, first);
  }
  const bool may_be_prefix = lines_.is_indented && !is_space(first) && first != '}' && first != ']';
  return begins_document(before, first) || (may_be_prefix && is_prefix_ahead());
}

/// Whether words begin here that a document follows, to the end of the line.
bool Recovery::is_prefix_ahead() {
  const auto line = buffer_.line_ahead(limits_.record_bytes);
  return line && find_value_at_end(*line) != std::string_view::npos;
}

/// Goes to the end of the line.
void Recovery::skip_line() {
  while (buffer_.more()) {
    const std::size_t size = buffer_.ahead().find('\n');
    buffer_.advance(std::min(size, buffer_.ahead().size()));
    if (size != std::string_view::npos) {
      return;
    }
  }
}

std::string Recovery::skip_garbage() {
  bool is_inside = false;  // an indented line stands inside something that has lost its beginning
  do {
    skip_line();
    while (buffer_.more() && is_space(buffer_.current())) {
      is_inside = !buffer_.is_at('\n') && !buffer_.is_at('\r');
      buffer_.advance(1);
    }
  } while (buffer_.more() && (is_inside || (!buffer_.is_at_bracket() && !is_prefix_ahead())));
  return what_garbage_is(document_.document().shown(buffer_));
}

}  // namespace fleetmeter::decode
