#pragma once

#include <memory>
#include <string>
#include <vector>

#include "decode/byte_source.hpp"
#include "decode/framer.hpp"
#include "decode/record_decoder.hpp"
#include "decode/record_memory.hpp"
#include "model/document.hpp"
#include "model/known_documents.hpp"

namespace fleetmeter::decode {

/// The time of documents that do not say it themselves.
struct FallbackTime {
  model::Instant at_ms;
  model::TimeOrigin origin = model::TimeOrigin::flag;
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
                 model::KnownDocuments* known = nullptr);
  ~DocumentReader();
  DocumentReader(const DocumentReader&) = delete;
  DocumentReader& operator=(const DocumentReader&) = delete;

  /// Fills `part` with the next document, or with the next part of a long one. False at the end.
  [[nodiscard]] bool next(model::DocumentPart& part);

 private:
  void start(Framer::Shape shape, model::DocumentPart& part);
  void read_values(model::DocumentPart& part);
  [[nodiscard]] bool is_known(model::DocumentPart& part);
  [[nodiscard]] bool read_value(model::DocumentPart& part);
  [[nodiscard]] bool recognise(model::DocumentPart& part);
  void finish(model::DocumentPart& part);
  [[nodiscard]] bool read_time(model::DocumentPart& part, const std::string& envelope);
  void spoil(model::DocumentPart& part, std::uint64_t offset, const std::string& reason);

  std::shared_ptr<Workspace> workspace_;
  Limits limits_;
  Framer framer_;
  FallbackTime fallback_;
  model::KnownDocuments* known_;
  bool inside_ = false;
  bool spoiled_ = false;  ///< the document is not JSON; its rest is only passed over
  std::uint64_t problem_offset_ = 0;
  std::string problem_;
  std::uint64_t index_ = 0;
  model::DocumentHead head_;
  model::Instant promised_at_ms_;  ///< the time under which earlier parts were handed out
};

}  // namespace fleetmeter::decode
