#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "decode/document_lines.hpp"
#include "decode/limits.hpp"
#include "decode/source_buffer.hpp"

namespace fleetmeter::decode {

/// Finds where the next document begins when the one before has ended: behind white space, commas
/// and byte order marks, and behind words on its line.
///
/// In `2024-11-01 08:30:00 INFO [{"processId": "a"}]` the document is the list; the words before it
/// are its prefix.
class DocumentFinder {
 public:
  DocumentFinder(SourceBuffer& buffer, DocumentLines& lines, const Limits& limits)
      : buffer_(buffer), lines_(lines), limits_(limits) {}

  /// Goes to the next byte of a document, or of its prefix. False at the end of the source.
  [[nodiscard]] bool skip_space();

  /// The rest of the line, behind skip_space(), if a document may fill it; else "". Each line is
  /// shown once: of several documents on one line only the first is looked for.
  [[nodiscard]] std::string_view peek_line();

  /// Goes behind a prefix to the document. Whether there is a prefix.
  [[nodiscard]] bool skip_prefix();
  /// What stands on the document's line before it; else "".
  [[nodiscard]] const std::string& prefix() const { return prefix_; }

 private:
  [[nodiscard]] bool is_at_document();

  SourceBuffer& buffer_;
  DocumentLines& lines_;
  Limits limits_;
  std::string prefix_;
  std::uint64_t shown_to_ = 0;  ///< how far peek_line() has shown lines
};

}  // namespace fleetmeter::decode
