#pragma once

#include <memory>
#include <string>
#include <vector>

#include "decode/byte_source.hpp"
#include "decode/carried.hpp"
#include "decode/framer.hpp"
#include "decode/record_decoder.hpp"
#include "decode/record_memory.hpp"
#include "model/document.hpp"
#include "model/known_documents.hpp"
#include "model/rejected_places.hpp"

namespace fleetmeter::decode {

/// The time of documents that do not say it themselves, and which times can be true.
struct FallbackTime {
  model::Instant at_ms;
  model::TimeOrigin origin = model::TimeOrigin::flag;
  /// A document of another time is rejected: its clock was never set. Absent: any time is taken.
  model::Instant earliest_ms = {};
  model::Instant latest_ms = {};
  /// Of documents that do not say it themselves; "" when the path does not either.
  std::string list_kind = {};

  /// What stands around a document says its time before a file's name or a clock does; also when
  /// it cannot be read: then nothing but the user says it.
  void prefer(const OwnTime& around) {
    if (around.ms) {
      at_ms = around.ms;
      origin = model::TimeOrigin::envelope;
    } else if (around.is_unread && origin != model::TimeOrigin::flag) {
      at_ms.reset();
    }
  }
};

/// What is worth keeping from one source to the next, when all are read within the same limits: the
/// decoder, the records known, and memory.
struct Workspace {
  RecordDecoder decoder;
  RecordMemory memory{decoder};
  std::vector<char> buffer;
  std::size_t expected_processes = 0;  ///< as many as the document before had
  bool recognises = true;              ///< false: every record is decoded, which comes to the same
};

/// Bytes → documents: reads one source from its beginning to its end, in parts of bounded size.
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

  /// For what stands inside another document, `depth` deep.
  DocumentReader(ByteSource& source, FallbackTime fallback, Limits limits,
                 std::shared_ptr<Workspace> workspace, unsigned depth);
  [[nodiscard]] bool next_inner(model::DocumentPart& part);
  void go_inside(Carried carried, const RawValue& value, const std::string& pointer);
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
  bool carries_ = false;  ///< this document only holds others: it is no snapshot itself
  bool inside_ = false;
  bool is_handed_out_ = false;          ///< a part of this document was
  bool is_record_ = false;              ///< that envelope is a record that says its own observedAt
  std::string bare_envelope_;           ///< an envelope without a list; "" for none
  std::vector<model::Reject> rejects_;  ///< of a document that carries, while an inner one is read
  std::int64_t rejects_told_ = 0;
  std::int64_t rejects_untold_ = 0;
  bool spoiled_ = false;  ///< the document is not JSON; its rest is only passed over
  std::uint64_t problem_offset_ = 0;
  std::string problem_;
  std::uint64_t index_ = 0;
  model::DocumentHead head_;
  model::Instant promised_at_ms_;  ///< the time under which earlier parts were handed out
};

}  // namespace fleetmeter::decode
