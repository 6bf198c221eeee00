#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/sha256.hpp"
#include "decode/byte_source.hpp"

namespace fleetmeter::decode {

/// Limits that keep memory flat whatever is fed in.
struct Limits {
  std::size_t record_bytes = 16 * 1024 * 1024;
  unsigned depth = 64;
};

/// One JSON value inside a document, as bytes.
struct RawValue {
  std::string_view bytes;  ///< valid until the next call; its beginning only, when oversize
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  bool oversize = false;
  bool too_deep = false;
};

/// Cuts a stream of JSON documents into documents and a list's elements, holding one element in
/// memory at a time. It matches brackets and strings and leaves the rest of JSON to the decoder.
///
/// Use: `while (begin_document()) { while (next_value()) …; }`, then read the document's fields.
class Framer {
 public:
  /// `buffer` is memory to use; take_buffer() gives it back, so that the next source need not ask
  /// for its own.
  Framer(ByteSource& source, Limits limits, std::vector<char> buffer = {});
  [[nodiscard]] std::vector<char> take_buffer() { return std::move(buffer_); }

  /// What the next document is. A `list` gives its elements, in an envelope or not; a `single`
  /// gives itself; `garbage` (not JSON at all) gives one value with what it said.
  enum class Shape { none, list, single, garbage };

  /// Throws what stopped the source (SourceError) when everything before it has been given.
  [[nodiscard]] Shape begin_document();

  /// Between documents: the rest of the line, without white space around it, if a document may fill
  /// it; else "". A caller who knows that these bytes are a document takes it with pass_document().
  /// Each line is shown once: of several documents on one line only the first is looked for.
  [[nodiscard]] std::string_view peek_line();
  void pass_document(std::size_t length, const base::Sha256& digest);
  /// Spares digesting the next document again if it turns out to have this length.
  void expect_digest(std::size_t length, const base::Sha256& digest);

  /// The next element. Nothing at the end of the document: then `problem()` says whether it ended
  /// well, and the accessors below are complete.
  [[nodiscard]] std::optional<RawValue> next_value();

  /// The bytes at hand from the list's next element on, perhaps of only a part of it; "" when there
  /// is none. A caller who can tell where the element ends takes it with pass(), else next_value().
  [[nodiscard]] std::string_view peek();
  /// Takes the element that peek() showed: a JSON value of this length, without a newline, not over
  /// the limits.
  void pass(std::size_t length);
  /// In how many brackets the elements of the list stand.
  [[nodiscard]] unsigned list_depth() const { return list_depth_; }

  /// Why the document is not JSON; empty when it is.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] std::uint64_t problem_offset() const { return problem_offset_; }

  /// What stood on the document's line before it (the beginning of a log line, say); else "".
  [[nodiscard]] const std::string& prefix() const { return prefix_; }

  /// Where the source is read.
  [[nodiscard]] std::uint64_t offset() const { return here(); }
  [[nodiscard]] std::uint64_t document_offset() const { return document_offset_; }
  [[nodiscard]] std::uint64_t document_length() const { return document_length_; }
  [[nodiscard]] const base::Sha256& sha256() const { return sha256_; }

  /// The envelope around the list with the list itself left empty; "" for a bare array. Complete
  /// at the end of the document; what stood before the list is there from its first element on.
  [[nodiscard]] const std::string& envelope() const { return envelope_; }
  /// Where a byte of the envelope stands in the source.
  [[nodiscard]] std::uint64_t envelope_offset(std::size_t at) const;
  /// The JSON pointer of the list: "" or "/processes".
  [[nodiscard]] const std::string& list_pointer() const { return list_pointer_; }

  /// The bytes of the document that just ended, until the next one begins; the beginning of them
  /// when it is over the record limit.
  [[nodiscard]] std::string_view document_bytes() const;

 private:
  enum class State { between, in_list, single, garbage, done };
  enum class Members { list_found, object_end, failed };

  [[nodiscard]] bool more();
  [[nodiscard]] bool read_more();
  void make_room();
  void release_what_is_over_the_limit();
  void digest_to(std::size_t at);
  [[nodiscard]] std::uint64_t here() const { return base_ + pos_; }
  /// How much of something over the limit is kept to show.
  [[nodiscard]] std::size_t head_kept() const;
  [[nodiscard]] std::string_view held(std::uint64_t from) const;

  void start_document();
  void end_document();
  [[nodiscard]] Shape start_object();
  bool fail(const std::string& why);
  void recover();
  [[nodiscard]] bool back_to_a_whole_line();
  void skip_line();
  void skip_to_next_document();
  [[nodiscard]] bool begins_here(char before);
  void skip_garbage();
  [[nodiscard]] std::string_view line_ahead();
  [[nodiscard]] bool at_json();
  [[nodiscard]] bool skip_prefix();

  void begin_value();
  [[nodiscard]] RawValue take_value();
  [[nodiscard]] bool open_element();
  [[nodiscard]] std::optional<RawValue> next_in_list();
  void end_list();
  [[nodiscard]] bool check_envelope();

  [[nodiscard]] bool skip_space_between();
  [[nodiscard]] bool skip_space();
  [[nodiscard]] bool on_newline();
  [[nodiscard]] Members scan_members(bool after_a_member, bool look_for_list);
  [[nodiscard]] bool scan_value();
  [[nodiscard]] bool scan_string();
  [[nodiscard]] bool scan_container();
  [[nodiscard]] bool scan_scalar();

  ByteSource& source_;
  Limits limits_;
  std::vector<char> buffer_;
  std::size_t pos_ = 0;     ///< the next byte to look at
  std::size_t end_ = 0;     ///< the end of what was read
  std::uint64_t base_ = 0;  ///< the source's offset of buffer_[0]
  bool source_ended_ = false;
  std::optional<SourceError> failure_;  ///< what ended the source before its end
  bool broken_off_ = false;             ///< the document needed bytes that the failure withheld
  std::uint64_t shown_to_ = 0;          ///< how far peek_line() has shown lines

  State state_ = State::between;
  base::Sha256Stream digest_;
  std::size_t digested_ = 0;
  std::uint64_t expected_length_ = 0;  ///< of the next document, 0 when nothing was digested yet
  base::Sha256 expected_digest_{};
  bool in_document_ = false;
  bool document_held_ = false;  ///< the buffer still has the document's first byte
  bool newline_met_ = false;    ///< between the document before and this one
  bool is_indented_ = false;    ///< of its lines, those that begin with a bracket are indented
  bool multi_line_ = false;     ///< a newline was met inside this document
  bool line_mode_ = false;      ///< the document before this one filled exactly one line
  bool cut_by_line_ = false;    ///< the problem is that the line ended

  bool in_envelope_ = false;
  bool first_element_ = true;
  bool element_open_ = false;  ///< peek() stands at the beginning of an element
  unsigned list_depth_ = 0;

  std::uint64_t value_offset_ = 0;
  bool value_held_ = false;
  bool oversize_ = false;
  bool too_deep_ = false;
  std::string oversize_head_;

  std::string prefix_;
  std::string problem_;
  std::uint64_t problem_offset_ = 0;
  std::uint64_t document_offset_ = 0;
  std::uint64_t document_length_ = 0;
  base::Sha256 sha256_{};
  std::string envelope_;
  std::size_t envelope_head_ = 0;  ///< how much of it stood before the list
  std::uint64_t envelope_tail_offset_ = 0;
  std::string list_pointer_;
  std::string long_document_head_;
};

}  // namespace fleetmeter::decode
