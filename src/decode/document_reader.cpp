#include "decode/document_reader.hpp"

namespace fleetmeter::decode {

namespace {

// A document up to this many bytes of records may say its time at the end.
constexpr std::size_t kTimeWithinBytes = 4 * 1024 * 1024;
// One that holds as much memory is handed over in pieces.
constexpr std::size_t kPartHeld = 8 * 1024 * 1024;
constexpr std::size_t kBufferKept = 8 * 1024 * 1024;
constexpr std::size_t kHeldByRecord = 1536;  // bytes, besides those of its JSON
constexpr std::size_t kHeldByChange = 768;
constexpr const char* kTimeComesLate =
    "observedAt must come before the list in a document of this length";

}  // namespace

DocumentReader::DocumentReader(ByteSource& source, FallbackTime fallback, Limits limits,
                               std::shared_ptr<Workspace> workspace, model::KnownDocuments* known)
    : workspace_(std::move(workspace)),
      limits_(limits),
      framer_(source, limits, std::move(workspace_->buffer)),
      fallback_(fallback),
      known_(known) {}

DocumentReader::~DocumentReader() {
  workspace_->buffer = framer_.take_buffer();
  if (workspace_->buffer.size() > kBufferKept) {
    workspace_->buffer = {};
  }
}

bool DocumentReader::next(model::DocumentPart& part) {
  part.clear_records();
  if (part.processes.capacity() > 2 * workspace_->expected_processes) {
    part.processes = {};  // it was used for a longer document
  }
  part.processes.reserve(workspace_->expected_processes);
  part.first = !inside_;
  part.malformed = false;
  if (!inside_ && is_known(part)) {
    return true;
  }
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

/// Passes over the next document if it fills a line and is stored already. Equal bytes were framed
/// before: a digest that is known tells where the document ends, too.
bool DocumentReader::is_known(model::DocumentPart& part) {
  const std::string_view line = known_ == nullptr ? std::string_view() : framer_.peek_line();
  if (line.empty()) {
    return false;
  }
  const base::Sha256 digest = base::sha256(line);
  const auto processes = known_->processes_of(digest, fallback_.at_ms);
  if (!processes) {
    framer_.expect_digest(line.size(), digest);
    return false;
  }
  framer_.pass_document(line.size(), digest);
  part.head = {};
  part.head.byte_offset = framer_.document_offset();
  part.head.byte_length = framer_.document_length();
  part.head.sha256 = framer_.sha256();
  part.last = true;
  part.known_processes = processes;
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
  workspace_->memory.begin_document();
}

void DocumentReader::read_values(model::DocumentPart& part) {
  while (recognise(part) || read_value(part)) {
    if (part.bytes < kTimeWithinBytes || spoiled_) {
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
    if (part.held_bytes >= kPartHeld) {
      part.last = false;
      return;
    }
  }
  finish(part);
}

/// Takes the next record if it is known but for what was read anew.
bool DocumentReader::recognise(model::DocumentPart& part) {
  if (spoiled_ || !workspace_->recognises) {
    return false;
  }
  const std::string_view ahead = framer_.peek();
  if (ahead.empty()) {
    return false;
  }
  auto known = workspace_->memory.recognise(ahead, framer_.list_depth(), limits_);
  if (!known) {
    return false;
  }
  framer_.pass(known->length);
  part.processes.push_back(std::move(known->observation));
  part.bytes += known->length;
  part.held_bytes += sizeof(model::Observation) + (known->is_new ? kHeldByChange : 0);
  ++index_;
  return true;
}

/// Decodes the next value. False at the end of the document.
bool DocumentReader::read_value(model::DocumentPart& part) {
  const auto value = framer_.next_value();
  if (!value) {
    return false;
  }
  const std::string pointer =
      part.head.is_list ? framer_.list_pointer() + '/' + std::to_string(index_) : "";
  ++index_;
  SyntaxProblem syntax;
  const std::size_t processes = part.processes.size();
  const std::size_t rejects = part.rejects.size();
  if (!spoiled_ && !workspace_->decoder.decode(*value, pointer, part, syntax)) {
    spoil(part, syntax.offset, (pointer.empty() ? "" : pointer + ": ") + syntax.what);
  }
  const bool is_good = part.processes.size() > processes && part.rejects.size() == rejects;
  if (is_good && part.head.is_list && workspace_->recognises) {
    workspace_->memory.learn(value->bytes, framer_.list_depth(), part.processes.back());
  }
  part.bytes += value->bytes.size();
  part.held_bytes += value->bytes.size() + kHeldByRecord;
  return true;
}

void DocumentReader::finish(model::DocumentPart& part) {
  inside_ = false;
  part.last = true;
  part.head.byte_length = framer_.document_length();
  part.head.sha256 = framer_.sha256();
  part.head.record_count = index_;
  workspace_->expected_processes = part.processes.size();
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
    part.held_bytes += part.rejects.back().raw.size();
  }
}

/// Puts the document's time into its head. False when the envelope is not what it must be.
bool DocumentReader::read_time(model::DocumentPart& part, const std::string& envelope) {
  part.head.observed_at_ms.reset();
  part.head.capped.reset();
  part.head.list_kind.reset();
  SyntaxProblem syntax;
  if (!envelope.empty() && !workspace_->decoder.decode_envelope(envelope, part, syntax)) {
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
