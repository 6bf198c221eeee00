#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "decode/carried.hpp"
#include "decode/raw_value.hpp"
#include "model/document.hpp"

namespace fleetmeter::decode {

/// Why the bytes of a record are not JSON, and where.
struct SyntaxProblem {
  std::uint64_t offset = 0;
  std::string what;
};

/// Turns the bytes of one record into a process, a room, something set aside, or rejects.
///
/// A record that breaks a rule is rejected, or only the port or room that breaks it. Broken syntax
/// is told apart, because it costs the document.
class RecordDecoder {
 public:
  RecordDecoder();
  ~RecordDecoder();
  RecordDecoder(const RecordDecoder&) = delete;
  RecordDecoder& operator=(const RecordDecoder&) = delete;

  /// What became of one value.
  enum class Outcome {
    told,      ///< `part` has what it says, or why it is rejected
    broken,    ///< it is not JSON: `syntax` says why
    envelope,  ///< it is an envelope, with or without a list
    carrier,   ///< it holds a document: take_carried() gives it
  };

  /// Adds what `value` says to `part`. `pointer` is the record's JSON pointer. Behind the bytes,
  /// SourceBuffer::kPadding more must be readable.
  [[nodiscard]] Outcome decode(const RawValue& value, const std::string& pointer,
                               model::DocumentPart& part, SyntaxProblem& syntax);
  /// The document inside the value that was a carrier.
  [[nodiscard]] Carried take_carried();

  /// The list of rooms that `bytes` say, which are an array whose brackets match. Null when a user
  /// must be told anything about it. Padding is needed as for decode().
  [[nodiscard]] std::shared_ptr<const model::RoomList> decode_rooms(std::string_view bytes);

  /// Reads the members around a list (observedAt, capped, list) into `part.head`; the list itself
  /// may be empty in `text`. False when they are not what they must be: then `syntax` says why,
  /// with an offset in `text`. `is_record`: the text is a record that says its own observedAt.
  [[nodiscard]] bool decode_envelope(std::string_view text, bool is_record,
                                     model::DocumentPart& part, SyntaxProblem& syntax);

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
};

}  // namespace fleetmeter::decode
