#pragma once

#include <string>

#include "decode/byte_source.hpp"
#include "decode/framer.hpp"
#include "decode/record_decoder.hpp"
#include "model/document.hpp"

namespace fleetmeter::decode {

/// The time of documents that do not say it themselves.
struct FallbackTime {
  model::Instant at_ms;
  model::TimeOrigin origin = model::TimeOrigin::flag;
};

/// Bytes → documents: reads one source from its beginning to its end, in parts of bounded size.
class DocumentReader {
 public:
  DocumentReader(ByteSource& source, FallbackTime fallback, Limits limits);

  /// Fills `part` with the next document, or with the next part of a long one. False at the end.
  [[nodiscard]] bool next(model::DocumentPart& part);

 private:
  void start(Framer::Shape shape, model::DocumentPart& part);
  void read_values(model::DocumentPart& part);
  void finish(model::DocumentPart& part);
  [[nodiscard]] bool read_time(model::DocumentPart& part, const std::string& envelope);
  void spoil(model::DocumentPart& part, std::uint64_t offset, const std::string& reason);

  Framer framer_;
  RecordDecoder decoder_;
  FallbackTime fallback_;
  bool inside_ = false;
  bool spoiled_ = false;  ///< the document is not JSON; its rest is only passed over
  std::uint64_t problem_offset_ = 0;
  std::string problem_;
  std::uint64_t index_ = 0;
  model::DocumentHead head_;
  model::Instant promised_at_ms_;  ///< the time under which earlier parts were handed out
};

}  // namespace fleetmeter::decode
