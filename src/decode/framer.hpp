#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.hpp"
#include "decode/byte_source.hpp"
#include "decode/document_bytes.hpp"
#include "decode/document_finder.hpp"
#include "decode/document_lines.hpp"
#include "decode/json_scanner.hpp"
#include "decode/limits.hpp"
#include "decode/raw_memory.hpp"
#include "decode/raw_value.hpp"
#include "decode/recovery.hpp"
#include "decode/source_buffer.hpp"

namespace fleetmeter::decode {

/// Cuts a stream of JSON documents into documents and a list's elements, holding one element in
/// memory at a time. It matches brackets and strings and leaves the rest of JSON to the decoder.
///
///     while (framer.begin_document() != Framer::Shape::none) {
///       while (const auto value = framer.next_value()) { decode(*value); }
///       // problem(), sha256(), envelope() … are about the whole document now
///     }
class Framer {
 public:
  /// `memory` is memory to use; take_memory() gives it back, so that the next source need not ask
  /// for its own.
  Framer(ByteSource& source, Limits limits, RawMemory memory = {});
  [[nodiscard]] RawMemory take_memory() { return buffer_.take_memory(); }

  /// What a document is.
  enum class Shape {
    none,     ///< there is no further document
    list,     ///< it gives its elements, in an envelope or not
    single,   ///< it gives itself
    garbage,  ///< it is not JSON at all, and gives nothing: problem() says what it looks like
  };

  /// Goes to the next document. Throws what stopped the source (SourceError) when everything before
  /// it has been given.
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
  [[nodiscard]] unsigned list_depth() const { return envelope_.list_pointer.empty() ? 1 : 2; }

  /// Why the document is not JSON; empty when it is.
  [[nodiscard]] const std::string& problem() const { return scanner_.problem(); }
  [[nodiscard]] std::uint64_t problem_offset() const;

  /// What stood on the document's line before it (the beginning of a log line, say); else "".
  [[nodiscard]] const std::string& prefix() const { return finder_.prefix(); }

  /// Where the source is read.
  [[nodiscard]] std::uint64_t offset() const { return buffer_.offset(); }
  [[nodiscard]] std::uint64_t document_offset() const { return document_.document().offset(); }
  [[nodiscard]] std::uint64_t document_length() const { return length_; }
  [[nodiscard]] const base::Sha256& sha256() const { return sha256_; }

  /// The envelope around the list with the list itself left empty; "" for a bare array. Complete
  /// at the end of the document; what stood before the list is there from its first element on.
  [[nodiscard]] const std::string& envelope() const { return envelope_.text; }
  /// Where a byte of the envelope stands in the source.
  [[nodiscard]] std::uint64_t envelope_offset(std::size_t at) const;
  /// The envelope as it stands in the source: up to the list's first element, and from the list's
  /// closing bracket on.
  [[nodiscard]] std::array<RawValue, 2> envelope_pieces() const;
  /// The JSON pointer of the list: "" or "/processes".
  [[nodiscard]] const std::string& list_pointer() const { return envelope_.list_pointer; }

  /// The bytes of the document that just ended, until the next one begins; the beginning of them
  /// when it is over the record limit.
  [[nodiscard]] std::string_view document_bytes() const {
    return document_.document().shown(buffer_);
  }

 private:
  /// What next_value() has to do.
  enum class State : unsigned char {
    outside,         ///< no document is being read, or the document has no more values
    before_element,  ///< of a list: first the comma before the element, or the list's end
    at_element,      ///< of a list: peek() has gone to its beginning
    single,          ///< the document is read and is the value
  };

  /// The object around a list.
  struct Envelope {
    std::string text;
    std::size_t head_size = 0;      ///< how much of it stood before the list
    std::uint64_t tail_offset = 0;  ///< in the source, of the rest of it
    std::string list_pointer;       ///< "": there is no envelope
  };

  void start_document(bool has_prefix);
  [[nodiscard]] Shape start_object();
  void end_document();
  void end_list();
  [[nodiscard]] bool check_envelope();
  [[nodiscard]] bool open_element();
  [[nodiscard]] bool skip_comma();
  void break_document();
  void begin_value();
  [[nodiscard]] RawValue take_value();

  DocumentBytes document_;
  SourceBuffer buffer_;
  DocumentLines lines_;
  JsonScanner scanner_;
  DocumentFinder finder_;
  Recovery recovery_;
  State state_ = State::outside;
  bool is_first_element_ = true;
  Envelope envelope_;
  std::uint64_t length_ = 0;  ///< of the document that ended
  base::Sha256 sha256_{};     ///< of the document that ended
};

}  // namespace fleetmeter::decode
