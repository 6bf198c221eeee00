#pragma once

#include <cstdint>
#include <optional>

namespace fleetmeter::decode {

/// What newlines tell about where a document ends: whether documents stand on a line each, and
/// whether the lines of this one are indented.
struct DocumentLines {
  /// There was a newline between the document before and this one.
  bool newline_before = false;
  /// The document ends with its line, because words stand before it there.
  bool ends_with_line = false;
  /// The document before filled exactly one line, so this one is likely to do so, too.
  bool follows_line = false;
  /// Then: where the first line inside this document begins that begins with a bracket. If the
  /// document turns out to be broken, the next one begins there.
  std::optional<std::uint64_t> next_line;
  /// How many bytes were read for nothing, because they stood behind such a line. While they are
  /// more than the bytes before it, the document ends there: so nothing is read more than thrice.
  std::uint64_t in_vain = 0;
  /// There was a newline inside this document.
  bool has_several = false;
  /// Of its lines, those that begin with a bracket are indented.
  bool is_indented = false;
  /// The document is broken because the next line begins another one.
  bool is_cut_by_line = false;

  /// A document begins. `has_prefix`: words stand before it on its line.
  void begin_document(bool has_prefix) {
    ends_with_line = has_prefix;
    newline_before = has_several = is_indented = is_cut_by_line = false;
    next_line.reset();
  }
};

}  // namespace fleetmeter::decode
