#pragma once

#include <memory>
#include <string>
#include <vector>

#include "decode/byte_source.hpp"
#include "decode/carried.hpp"
#include "decode/framer.hpp"
#include "decode/raw_memory.hpp"
#include "decode/record_decoder.hpp"
#include "decode/record_memory.hpp"
#include "model/document.hpp"
#include "model/known_documents.hpp"
#include "model/rejected_places.hpp"

namespace fleetmeter::decode {

/// The time that documents get when they say none themselves, and which times can be true.
struct FallbackTime {
  model::Instant at_ms;
  model::TimeOrigin origin = model::TimeOrigin::flag;
  /// A document of an earlier or later time is rejected, because the clock that it was written by
  /// was never set. Where one of the two is absent, there is no bound on that side.
  model::Instant earliest_ms = {};
  model::Instant latest_ms = {};
  /// Which list a document holds, and of what, when it does not say so itself.
  model::ListClaim list = {};
  bool scope_unread = false;  ///< it was asked for something that is no text
  bool is_unread = false;     ///< a time stands around the documents and cannot be read

  /// What stands around a document knows its time better than a file's name or a clock does. When
  /// a time stands there and cannot be read, only the user can still say it.
  void prefer(const OwnTime& around) {
    if (around.ms) {
      at_ms = around.ms;
      origin = model::TimeOrigin::envelope;
      is_unread = false;
    } else if (around.is_unread) {
      is_unread = true;
    }
  }
};

/// What one source leaves for the next one, when all are read within the same limits: the decoder,
/// the records that are known, and memory.
struct Workspace {
  RecordDecoder decoder;
  RecordMemory memory{decoder};
  RawMemory buffer;
  std::size_t expected_processes = 0;  ///< how many the document before had
  /// Whether records that repeat are recognised. Decoding all of them comes to the same.
  bool recognises = true;
};

/// Reads one source from its beginning to its end and makes documents of its bytes. A document that
/// is too long to be held at once comes in parts.
///
///     while (reader.next(part)) { store(part); }
class DocumentReader {
 public:
  /// `workspace` may be shared by readers that follow one another; by default each has its own.
  /// Documents that `known` knows, unless it is null, are digested and not decoded.
  DocumentReader(ByteSource& source, FallbackTime fallback, Limits limits,
                 std::shared_ptr<Workspace> workspace = std::make_shared<Workspace>(),
                 model::KnownDocuments* known = nullptr,
                 const model::RejectedPlaces* rejected = nullptr);
  ~DocumentReader();
  DocumentReader(const DocumentReader&) = delete;
  DocumentReader& operator=(const DocumentReader&) = delete;

  /// Fills `part` with the next document, or with the next part of a long one. False at the end.
  [[nodiscard]] bool next(model::DocumentPart& part);

 private:
  class Inner;

  /// Reads what stands inside `depth` other documents.
  DocumentReader(ByteSource& source, FallbackTime fallback, Limits limits,
                 std::shared_ptr<Workspace> workspace, unsigned depth);
  [[nodiscard]] bool next_inner(model::DocumentPart& part);
  void go_inside(Carried carried, const RawValue& value, const std::string& pointer,
                 model::DocumentPart& part);
  [[nodiscard]] bool belongs_here(RecordDecoder::Outcome outcome, const RawValue& value,
                                  const std::string& pointer, model::DocumentPart& part);
  void take_outcome(RecordDecoder::Outcome outcome, const RawValue& value,
                    const std::string& pointer, model::DocumentPart& part);
  void cap_rejects(model::DocumentPart& part);
  void start(Framer::Shape shape, model::DocumentPart& part);
  void read_values(model::DocumentPart& part);
  [[nodiscard]] bool is_known(model::DocumentPart& part);
  [[nodiscard]] bool read_value(model::DocumentPart& part);
  [[nodiscard]] bool recognise(model::DocumentPart& part);
  void finish(model::DocumentPart& part);
  /// Keeps what an envelope holds of rooms beside its list of processes.
  void set_rooms_aside(model::DocumentPart& part) const;
  /// Keeps the rooms that stand beside the document that an object carries.
  static void set_rooms_beside(const Carried& carried, const RawValue& value,
                               model::DocumentPart& part);
  [[nodiscard]] bool read_time(model::DocumentPart& part, const std::string& envelope);
  [[nodiscard]] bool is_of_a_set_clock(model::DocumentPart& part);
  void spoil(model::DocumentPart& part, std::uint64_t offset, const std::string& reason);

  std::shared_ptr<Workspace> workspace_;
  Limits limits_;
  Framer framer_;
  FallbackTime fallback_;
  model::KnownDocuments* known_;
  const model::RejectedPlaces* rejected_;  ///< of this source; null for none
  unsigned depth_ = 0;                     ///< how many documents this one stands inside of
  std::unique_ptr<Inner> inner_;
  bool carries_ = false;        ///< this document only holds others: it is no snapshot itself
  bool inside_ = false;         ///< this document has begun and not ended
  bool is_handed_out_ = false;  ///< a part of this document was handed out
  /// The document, when it is an envelope without a list; else ""
  struct BareEnvelope {
    std::string text;
    std::uint64_t offset = 0;  ///< in the source
  } bare_envelope_;
  bool is_record_ = false;  ///< the bare envelope is a record that says its own observedAt
  /// Of a document that carries, while an inner one is read.
  std::vector<model::Reject> rejects_;
  std::vector<model::SetAside> set_aside_;
  std::int64_t rejects_told_ = 0;    ///< of this document, in the parts handed out
  std::int64_t rejects_untold_ = 0;  ///< records whose rejects are over the limit and only counted
  bool spoiled_ = false;             ///< the document is not JSON; its rest is only passed over
  std::uint64_t problem_offset_ = 0;
  std::string problem_;
  std::uint64_t index_ = 0;  ///< of the next element of the list
  model::DocumentHead head_;
  model::Instant promised_at_ms_;  ///< the time under which earlier parts were handed out
};

}  // namespace fleetmeter::decode
