#pragma once

#include <cstdint>
#include <string>

#include "decode/document_bytes.hpp"
#include "decode/document_lines.hpp"
#include "decode/limits.hpp"
#include "decode/source_buffer.hpp"

namespace fleetmeter::decode {

/// Finds where the JSON values of a document end, by matching brackets and quotes. The rest of JSON
/// is left to the decoder.
///
/// Each step moves the buffer's place of reading on. A step is false when the document is broken
/// there; problem() then says why.
class JsonScanner {
 public:
  JsonScanner(SourceBuffer& buffer, DocumentBytes& document, DocumentLines& lines,
              const Limits& limits)
      : buffer_(buffer), document_(document), lines_(lines), limits_(limits) {}

  /// A document begins: what was wrong with the one before is forgotten.
  void begin_document();
  /// A value begins: is_too_deep() is about this one.
  void begin_value() { is_too_deep_ = false; }

  /// Goes to the next byte that is no white space.
  [[nodiscard]] bool skip_space();
  /// Goes behind the value that begins here, which stands in `outside` brackets.
  [[nodiscard]] bool skip_value(unsigned outside);

  enum class Members { list_found, object_end, failed };
  /// Goes over the members of the document's outermost object and behind its end; or only behind
  /// the bracket that opens the list of processes, when `look_for_list` and there is one.
  [[nodiscard]] Members skip_members(bool after_a_member, bool look_for_list);

  /// Whether some bracket since begin_value() is nested deeper than the limit.
  [[nodiscard]] bool is_too_deep() const { return is_too_deep_; }

  /// Notes why the document is broken, if it was not before. Always false.
  bool fail(const std::string& why);
  /// The document is no JSON from its beginning on.
  void note_garbage(std::uint64_t offset, const std::string& what);
  /// Why the document is broken; "" when it is not.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] std::uint64_t problem_offset() const { return problem_offset_; }
  /// Whether the document is broken only because the source failed before the document's end.
  [[nodiscard]] bool is_broken_off() const { return is_broken_off_; }

 private:
  [[nodiscard]] bool pass_newline();
  [[nodiscard]] bool begins_another_document() const;
  [[nodiscard]] bool skip_name(bool& names_list, bool& look_for_list);
  [[nodiscard]] bool skip_string();
  [[nodiscard]] bool skip_container(unsigned outside);
  [[nodiscard]] bool skip_scalar();

  SourceBuffer& buffer_;
  DocumentBytes& document_;
  DocumentLines& lines_;
  Limits limits_;
  bool is_too_deep_ = false;
  bool is_broken_off_ = false;
  std::string problem_;
  std::uint64_t problem_offset_ = 0;
};

}  // namespace fleetmeter::decode
