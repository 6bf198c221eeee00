#include "decode/document_finder.hpp"

#include "decode/json_bytes.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// White space, the commas of a list without brackets, and the separator of RFC 7464 (jq --seq).
bool is_between_documents(char c) {
  return is_space(c) || c == ',' || c == kRecordSeparator;
}

}  // namespace

bool DocumentFinder::skip_space() {
  while (buffer_.more()) {
    while (buffer_.is_at(kByteOrderMark.front()) &&
           buffer_.ahead().size() < kByteOrderMark.size() && buffer_.read_more()) {
    }
    if (buffer_.ahead().starts_with(kByteOrderMark)) {
      buffer_.advance(kByteOrderMark.size());  // at the beginning, or where files were joined
    } else if (is_between_documents(buffer_.current())) {
      lines_.newline_before = lines_.newline_before || buffer_.is_at('\n');
      buffer_.advance(1);
    } else {
      lines_.follows_line = lines_.newline_before && !lines_.has_several;
      return true;
    }
  }
  return false;
}

std::string_view DocumentFinder::peek_line() {
  if (!buffer_.is_at_bracket() || buffer_.offset() < shown_to_) {
    return {};
  }
  const auto line = buffer_.line_ahead(limits_.record_bytes);
  shown_to_ = line ? buffer_.offset() + line->size() : buffer_.end_offset();
  const bool may_be_whole = line && (line->ends_with('}') || line->ends_with(']'));
  return may_be_whole ? *line : std::string_view();
}

/// Whether a document can begin right here. A list does not begin like [INFO] or [2024-11-01].
bool DocumentFinder::is_at_document() {
  if (!buffer_.is_at('[')) {
    return buffer_.is_at('{');
  }
  for (std::size_t next = 1;; ++next) {
    if (next == buffer_.ahead().size() && !buffer_.read_more()) {
      return true;
    }
    const char c = buffer_.ahead()[next];
    if (!is_space(c) || c == '\n') {
      return std::string_view("{[]\n").find(c) != std::string_view::npos;
    }
  }
}

bool DocumentFinder::skip_prefix() {
  if (lines_.newline_before) {
    prefix_.clear();  // it holds for every document on its line
  }
  if (is_at_document()) {
    return false;
  }
  const auto line = buffer_.line_ahead(limits_.record_bytes);
  const std::size_t at = line ? find_value_at_end(*line) : std::string_view::npos;
  if (at == std::string_view::npos) {
    return false;
  }
  prefix_ = line->substr(0, at);
  buffer_.advance(at);
  return true;
}

}  // namespace fleetmeter::decode
