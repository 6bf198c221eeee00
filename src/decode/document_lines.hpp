#pragma once

namespace fleetmeter::decode {

/// What newlines tell about where a document ends: whether documents stand on a line each, and
/// whether the lines of this one are indented.
struct DocumentLines {
  /// There was a newline between the document before and this one.
  bool newline_before = false;
  /// The document must end with its line, because the one before filled exactly one line, or
  /// because words stand before this one on its line.
  bool ends_with_line = false;
  /// There was a newline inside this document.
  bool has_several = false;
  /// Of its lines, those that begin with a bracket are indented.
  bool is_indented = false;
  /// The document is broken because the next line begins another one.
  bool is_cut_by_line = false;

  /// A document begins. `has_prefix`: words stand before it on its line.
  void begin_document(bool has_prefix) {
    ends_with_line = ends_with_line || has_prefix;
    newline_before = has_several = is_indented = is_cut_by_line = false;
  }
};

}  // namespace fleetmeter::decode
