#include "decode/document_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"
#include "base/time_text.hpp"
#include "decode/inner_document.hpp"
#include "decode/own_time.hpp"

namespace fleetmeter::decode {

namespace {

// A document up to this many bytes of records may say its time at the end.
constexpr std::size_t kTimeWithinBytes = 4 * 1024 * 1024;
// One that holds as much memory is handed over in pieces.
constexpr std::size_t kPartHeld = 8 * 1024 * 1024;
constexpr std::size_t kBufferKept = 8 * 1024 * 1024;
constexpr std::size_t kHeldByRecord = 1536;  // bytes, besides those of its JSON
constexpr std::size_t kHeldByChange = 768;
constexpr std::int64_t kMostRejects = 1000;  // of a document, told one by one
constexpr unsigned kMostDepth = 3;           // of documents inside one another
constexpr const char* kTimeComesLate =
    "observedAt must come before the list in a document of this length";

}  // namespace

DocumentReader::DocumentReader(ByteSource& source, FallbackTime fallback, Limits limits,
                               std::shared_ptr<Workspace> workspace, model::KnownDocuments* known,
                               const model::RejectedPlaces* rejected)
    : workspace_(std::move(workspace)),
      limits_(limits),
      framer_(source, limits, std::move(workspace_->buffer)),
      fallback_(std::move(fallback)),
      known_(known),
      rejected_(rejected) {}

DocumentReader::DocumentReader(ByteSource& source, FallbackTime fallback, Limits limits,
                               std::shared_ptr<Workspace> workspace, unsigned depth)
    : DocumentReader(source, std::move(fallback), limits, std::move(workspace), nullptr) {
  base::check(depth <= kMostDepth, "documents stand inside one another to a known depth");
  depth_ = depth;
}

DocumentReader::~DocumentReader() {
  workspace_->buffer = framer_.take_memory();
  if (workspace_->buffer.size() > kBufferKept) {
    workspace_->buffer = {};
  }
}

bool DocumentReader::next(model::DocumentPart& part) {
  for (;;) {
    if (next_inner(part)) {
      return true;
    }
    part.clear_records();
    if (part.processes.capacity() > 2 * workspace_->expected_processes) {
      part.processes = {};  // it was used for a longer document
    }
    part.processes.reserve(workspace_->expected_processes);
    part.malformed = part.continues_reject = false;
    part.first = true;
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
    part.first = !is_handed_out_;
    part.head = head_;
    part.rejects = std::exchange(rejects_, {});
    part.set_aside = std::exchange(set_aside_, {});
    read_values(part);
    head_ = part.head;
    head_.list_kind.reset();  // these point into the part
    head_.list_app.reset();
    head_.list_region.reset();
    if (inner_) {
      rejects_ = std::move(part.rejects);
      set_aside_ = std::move(part.set_aside);
      continue;
    }
    if (carries_ && part.last && part.rejects.empty() && part.set_aside.empty()) {
      continue;
    }
    is_handed_out_ = true;
    return true;
  }
}

/// The next document inside the one that is being read.
bool DocumentReader::next_inner(model::DocumentPart& part) {
  if (inner_ && inner_->next(part)) {
    return true;
  }
  inner_.reset();
  return false;
}

/// Passes over the next document if it fills a line and is stored already. Equal bytes were framed
/// before: a digest that is known tells where the document ends, too.
bool DocumentReader::is_known(model::DocumentPart& part) {
  const std::string_view line = known_ == nullptr ? std::string_view() : framer_.peek_line();
  if (line.empty()) {
    return false;
  }
  const base::Sha256 digest = base::sha256(line);
  const auto known = known_->find(digest, fallback_.at_ms, fallback_.list);
  const bool is_same = known && (known->observed_at_ms == fallback_.at_ms ||
                                 says_observed_at(line, known->observed_at_ms));
  if (!is_same) {
    framer_.expect_digest(line.size(), digest);
    return false;
  }
  const bool continues = model::continues_reject(rejected_, framer_.offset(), line);
  framer_.pass_document(line.size(), digest);
  part.head = {};
  part.head.byte_offset = framer_.document_offset();
  part.head.byte_length = framer_.document_length();
  part.head.sha256 = framer_.sha256();
  part.last = true;
  part.known_processes = known->processes;
  part.continues_reject = continues;
  return true;
}

void DocumentReader::start(Framer::Shape shape, model::DocumentPart& part) {
  inside_ = true;
  is_handed_out_ = carries_ = is_record_ = false;
  bare_envelope_ = {};
  rejects_told_ = rejects_untold_ = 0;
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
    if (inner_) {
      return;
    }
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
      rejects_told_ += static_cast<std::int64_t>(part.rejects.size());
      return;
    }
  }
  finish(part);
}

/// Takes the next record if it is known but for what was read anew.
bool DocumentReader::recognise(model::DocumentPart& part) {
  if (spoiled_ || carries_ || !workspace_->recognises) {
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
  part.placeholder_times += known->placeholder_times;
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
  if (!spoiled_) {
    const auto outcome = workspace_->decoder.decode(*value, pointer, part, syntax);
    if (outcome == RecordDecoder::Outcome::broken) {
      spoil(part, syntax.offset, (pointer.empty() ? "" : pointer + ": ") + syntax.what);
    } else {
      take_outcome(outcome, *value, pointer, part);
    }
  }
  const bool is_good = part.processes.size() > processes && part.rejects.size() == rejects;
  const bool is_single = !part.head.is_list && (!part.processes.empty() || !part.rooms.empty());
  if (is_single && says_a_time(value->bytes)) {
    bare_envelope_ = {std::string(value->bytes), value->offset};
    is_record_ = true;
  }
  if (is_good && part.head.is_list && workspace_->recognises) {
    workspace_->memory.learn(value->bytes, framer_.list_depth(), part.processes.back());
  }
  cap_rejects(part);
  part.bytes += value->bytes.size();
  part.held_bytes += value->bytes.size() + kHeldByRecord;
  return true;
}

/// What is no record of this document: another document inside it, or the document's own envelope.
void DocumentReader::take_outcome(RecordDecoder::Outcome outcome, const RawValue& value,
                                  const std::string& pointer, model::DocumentPart& part) {
  if (!belongs_here(outcome, value, pointer, part)) {
    return;
  }
  if (outcome == RecordDecoder::Outcome::carrier) {
    go_inside(workspace_->decoder.take_carried(), value, pointer, part);
  } else if (outcome == RecordDecoder::Outcome::envelope && part.head.is_list) {
    Carried whole;
    whole.bytes = value.bytes;
    whole.end = value.bytes.size();
    go_inside(std::move(whole), value, pointer, part);
  } else if (outcome == RecordDecoder::Outcome::envelope) {
    bare_envelope_ = {std::string(value.bytes), value.offset};
    part.head.is_list = part.head.is_null_list = true;
    index_ = 0;
  }
}

/// Whether a value may stand where it does. A list holds records or documents, but not both: else
/// nobody could tell which was observed when.
bool DocumentReader::belongs_here(RecordDecoder::Outcome outcome, const RawValue& value,
                                  const std::string& pointer, model::DocumentPart& part) {
  const bool is_inner = outcome == RecordDecoder::Outcome::carrier ||
                        (outcome == RecordDecoder::Outcome::envelope && part.head.is_list);
  const bool has_records = !part.processes.empty() || !part.rooms.empty();
  const char* why = nullptr;
  if (is_inner && (has_records || is_handed_out_)) {
    why = "a document among the records of a list";
  } else if (is_inner && depth_ + 1 > kMostDepth) {
    why = "a document inside more than three others";
  } else if (carries_ && has_records) {
    why = "a record among the documents of a list";
    part.processes.clear();
    part.rooms.clear();
  }
  if (why != nullptr) {
    part.rejects.push_back(
        {value.offset, value.length, value.offset, pointer, why, std::string(value.bytes)});
  }
  return why == nullptr;
}

/// Of a document with very many rejects, the first are told one by one and the others as a number.
void DocumentReader::cap_rejects(model::DocumentPart& part) {
  const auto kept =
      static_cast<std::size_t>(std::max<std::int64_t>(0, kMostRejects - rejects_told_));
  if (part.rejects.size() <= kept) {
    return;
  }
  for (std::size_t i = kept; i < part.rejects.size(); ++i) {
    rejects_untold_ += part.rejects[i].stands_for;
  }
  part.rejects.resize(kept);
}

void DocumentReader::finish(model::DocumentPart& part) {
  base::check(part.head.byte_offset == framer_.document_offset(),
              "what is handed out is of the document that was framed last");
  inside_ = false;
  part.last = true;
  part.head.byte_length = framer_.document_length();
  part.head.sha256 = framer_.sha256();
  part.head.record_count = index_;
  workspace_->expected_processes = part.processes.size();
  if (!framer_.problem().empty()) {
    // What was found wrong stands in another document if this one ends before it.
    spoiled_ = spoiled_ && problem_offset_ <= part.head.byte_offset + part.head.byte_length;
    spoil(part, framer_.problem_offset(), framer_.problem());
  }
  if (rejects_untold_ > 0 && !spoiled_) {
    part.rejects.push_back({part.head.byte_offset, part.head.byte_length, part.head.byte_offset, "",
                            "and " + std::to_string(rejects_untold_) +
                                " more records of this document, which are not kept",
                            "", rejects_untold_});
  }
  const std::string& envelope =
      bare_envelope_.text.empty() ? framer_.envelope() : bare_envelope_.text;
  if (!spoiled_ && !carries_ && read_time(part, envelope) && promised_at_ms_ &&
      promised_at_ms_ != part.head.observed_at_ms) {
    spoil(part, part.head.byte_offset, kTimeComesLate);
  }
  part.malformed = spoiled_;
  part.continues_reject = !spoiled_ && model::continues_reject(rejected_, part.head.byte_offset,
                                                               framer_.document_bytes());
  if (spoiled_) {
    part.rejects.push_back({part.head.byte_offset, part.head.byte_length, problem_offset_, "",
                            problem_, std::string(framer_.document_bytes())});
    part.held_bytes += part.rejects.back().raw.size();
  }
}

/// Puts the document's time into its head. False when the envelope is not what it must be.
bool DocumentReader::read_time(model::DocumentPart& part, const std::string& envelope) {
  part.head.observed_at_ms.reset();
  part.head.own_time_ms.reset();
  part.head.own_time_unread = false;
  part.head.capped.reset();
  part.head.list_kind = part.head.list_app = part.head.list_region = std::nullopt;
  part.head.list_is_given = false;
  part.head.scope_unread = fallback_.scope_unread;
  SyntaxProblem syntax;
  if (!envelope.empty() &&
      !workspace_->decoder.decode_envelope(envelope, is_record_, part, syntax)) {
    const auto at = static_cast<std::size_t>(syntax.offset);
    const bool is_bare = !bare_envelope_.text.empty();
    spoil(part, is_bare ? bare_envelope_.offset + at : framer_.envelope_offset(at), syntax.what);
    return false;
  }
  set_rooms_aside(part);
  part.head.observed_at_origin = model::TimeOrigin::envelope;
  if (!part.head.observed_at_ms) {
    part.head.observed_at_ms = part.head.own_time_ms;
  }
  bool& is_unread = part.head.own_time_unread;
  is_unread = is_unread || fallback_.is_unread;
  if (!part.head.observed_at_ms && !framer_.prefix().empty()) {
    const OwnTime in_prefix = time_in(framer_.prefix());
    part.head.observed_at_ms = in_prefix.ms;
    is_unread = in_prefix.is_unread || fallback_.is_unread;
  }
  const bool may_fall_back = !is_unread || fallback_.origin == model::TimeOrigin::flag;
  if (!part.head.observed_at_ms && may_fall_back) {
    part.head.observed_at_ms = fallback_.at_ms;
    part.head.observed_at_origin = fallback_.origin;
  }
  const auto fill = [&](model::Text& said, const std::string& otherwise) {
    if (!said && !otherwise.empty()) {
      said = part.texts.keep(otherwise);
      part.head.list_is_given = true;
    }
  };
  fill(part.head.list_kind, fallback_.list.kind);
  fill(part.head.list_app, fallback_.list.app);
  fill(part.head.list_region, fallback_.list.region);
  return is_of_a_set_clock(part);
}

/// Whether a document can have been true when it says. What only carries rejects needs no time.
bool DocumentReader::is_of_a_set_clock(model::DocumentPart& part) {
  const model::Instant at_ms = part.head.observed_at_ms;
  const bool is_early = at_ms && fallback_.earliest_ms && *at_ms < *fallback_.earliest_ms;
  const bool is_late = at_ms && fallback_.latest_ms && *at_ms > *fallback_.latest_ms;
  if (is_early || is_late) {
    spoil(part, part.head.byte_offset,
          "observed at " + base::format_utc(*at_ms) + ", " +
              (is_early ? "before 2000" : "more than a day ahead of this computer's clock") +
              ": a clock that was never set (--any-time stores it all the same)");
  }
  return !is_early && !is_late;
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
