#include "decode/document_reader.hpp"

namespace fleetmeter::decode {

namespace {

// A document up to this many bytes of records is handed over in one piece.
constexpr std::size_t kPartBytes = 4 * 1024 * 1024;
constexpr const char* kTimeComesLate =
    "observedAt must come before the list in a document of this length";

}  // namespace

DocumentReader::DocumentReader(ByteSource& source, FallbackTime fallback, Limits limits)
    : framer_(source, limits), fallback_(fallback) {}

bool DocumentReader::next(model::DocumentPart& part) {
  part.clear_records();
  part.first = !inside_;
  part.malformed = false;
  if (!inside_) {
    const Framer::Shape shape = framer_.begin_document();
    if (shape == Framer::Shape::none) {
      return false;
    }
    start(shape, part);
  }
  part.head = head_;
  read_values(part);
  head_ = part.head;
  head_.list_kind.reset();  // it points into the part
  return true;
}

void DocumentReader::start(Framer::Shape shape, model::DocumentPart& part) {
  inside_ = true;
  spoiled_ = false;
  problem_.clear();
  index_ = 0;
  promised_at_ms_.reset();
  head_ = {};
  head_.byte_offset = framer_.document_offset();
  head_.is_list = shape == Framer::Shape::list;
  part.head = head_;
}

void DocumentReader::read_values(model::DocumentPart& part) {
  while (const auto value = framer_.next_value()) {
    const std::string pointer =
        part.head.is_list ? framer_.list_pointer() + '/' + std::to_string(index_) : "";
    ++index_;
    SyntaxProblem syntax;
    if (!spoiled_ && !decoder_.decode(*value, pointer, part, syntax)) {
      spoil(part, syntax.offset, (pointer.empty() ? "" : pointer + ": ") + syntax.what);
    }
    part.bytes += value->bytes.size();
    if (part.bytes < kPartBytes || spoiled_) {
      continue;
    }
    if (!promised_at_ms_) {
      if (!read_time(part, framer_.envelope() + (framer_.envelope().empty() ? "" : "]}"))) {
        continue;
      }
      promised_at_ms_ = part.head.observed_at_ms;
      if (!promised_at_ms_ && !framer_.envelope().empty()) {
        spoil(part, part.head.byte_offset, kTimeComesLate);
        continue;
      }
    }
    part.last = false;
    return;
  }
  finish(part);
}

void DocumentReader::finish(model::DocumentPart& part) {
  inside_ = false;
  part.last = true;
  part.head.byte_length = framer_.document_length();
  part.head.sha256 = framer_.sha256();
  part.head.record_count = index_;
  if (!framer_.problem().empty()) {
    spoil(part, framer_.problem_offset(), framer_.problem());
  }
  if (!spoiled_ && read_time(part, framer_.envelope()) && promised_at_ms_ &&
      promised_at_ms_ != part.head.observed_at_ms) {
    spoil(part, part.head.byte_offset, kTimeComesLate);
  }
  part.malformed = spoiled_;
  if (spoiled_) {
    part.rejects.push_back({part.head.byte_offset, part.head.byte_length, problem_offset_, "",
                            problem_, std::string(framer_.document_bytes())});
  }
}

/// Puts the document's time into its head. False when the envelope is not what it must be.
bool DocumentReader::read_time(model::DocumentPart& part, const std::string& envelope) {
  part.head.observed_at_ms.reset();
  part.head.capped.reset();
  part.head.list_kind.reset();
  SyntaxProblem syntax;
  if (!envelope.empty() && !decoder_.decode_envelope(envelope, part, syntax)) {
    spoil(part, framer_.envelope_offset(static_cast<std::size_t>(syntax.offset)), syntax.what);
    return false;
  }
  part.head.observed_at_origin = model::TimeOrigin::envelope;
  if (!part.head.observed_at_ms) {
    part.head.observed_at_ms = fallback_.at_ms;
    part.head.observed_at_origin = fallback_.origin;
  }
  return true;
}

void DocumentReader::spoil(model::DocumentPart& part, std::uint64_t offset,
                           const std::string& reason) {
  if (!spoiled_) {
    problem_ = reason;
    problem_offset_ = offset;
  }
  spoiled_ = true;
  part.clear_records();
}

}  // namespace fleetmeter::decode
