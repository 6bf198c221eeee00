#pragma once

#include <string>

#include "decode/document_bytes.hpp"
#include "decode/document_lines.hpp"
#include "decode/limits.hpp"
#include "decode/source_buffer.hpp"

namespace fleetmeter::decode {

/// Finds where a broken document ends, so that it costs as little as possible of what follows.
///
/// A document that fills a line ends with the line. One of several lines goes back to the first
/// whole document among them, or on to a line that can only begin another document.
class Recovery {
 public:
  Recovery(SourceBuffer& buffer, DocumentBytes& document, DocumentLines& lines,
           const Limits& limits)
      : buffer_(buffer), document_(document), lines_(lines), limits_(limits) {}

  /// Goes from where the document is broken to its end.
  void skip_rest();

  /// Passes over lines in which no document stands. Returns what a user is told of them.
  [[nodiscard]] std::string skip_garbage();

 private:
  void skip_line();
  void skip_to_next_document();
  [[nodiscard]] bool back_to_next_line();
  [[nodiscard]] bool back_to_a_whole_line();
  [[nodiscard]] bool begins_document_here(char before);
  [[nodiscard]] bool is_prefix_ahead();

  SourceBuffer& buffer_;
  DocumentBytes& document_;
  DocumentLines& lines_;
  Limits limits_;
};

}  // namespace fleetmeter::decode
