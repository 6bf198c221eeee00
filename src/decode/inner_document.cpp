#include "decode/inner_document.hpp"

#include <utility>

#include "base/invariant.hpp"
#include "decode/json_bytes.hpp"
#include "decode/own_time.hpp"

namespace fleetmeter::decode {

void DocumentReader::set_rooms_aside(model::DocumentPart& part) const {
  const RawValue bare{bare_envelope_.text, bare_envelope_.offset, bare_envelope_.text.size()};
  const auto [head, tail] = framer_.envelope_pieces();
  for (const RawValue& piece : {bare, head, tail}) {
    if (!is_record_ && mentions_rooms(piece.bytes)) {
      part.set_aside.push_back({piece.offset, "rooms", std::string(piece.bytes)});
      part.held_bytes += piece.length;
    }
  }
}

void DocumentReader::set_rooms_beside(const Carried& carried, const RawValue& value,
                                      model::DocumentPart& part) {
  const auto keep = [&](std::size_t begin, std::size_t end) {
    const std::string_view piece = value.bytes.substr(begin, end - begin);
    if (mentions_rooms(piece)) {
      part.set_aside.push_back({value.offset + begin, "rooms", std::string(piece)});
      part.held_bytes += piece.size();
    }
  };
  keep(0, carried.begin);
  keep(carried.end, value.bytes.size());
}

void DocumentReader::go_inside(Carried carried, const RawValue& value, const std::string& pointer,
                               model::DocumentPart& part) {
  set_rooms_beside(carried, value, part);
  carries_ = true;
  FallbackTime time = fallback_;
  time.prefer(time_in(framer_.prefix()));
  inner_ = std::make_unique<Inner>(std::move(carried), value, pointer, time, limits_, workspace_,
                                   depth_ + 1);
}

DocumentReader::Inner::Inner(Carried carried, const RawValue& value, std::string pointer,
                             const FallbackTime& outer, Limits limits,
                             const std::shared_ptr<Workspace>& workspace, unsigned depth)
    : carried_(std::move(carried)),
      pointer_(std::move(pointer) + carried_.pointer),
      offset_(value.offset),
      length_(value.length),
      source_(carried_.bytes),
      reader_(source_, time_of(carried_, outer), limits, workspace, depth) {
  base::check(carried_.is_text || carried_.begin + carried_.bytes.size() <= value.bytes.size(),
              "an inner document that is no text stands in its object");
  if (carried_.is_text) {
    sha256_ = base::sha256(value.bytes);
  }
}

FallbackTime DocumentReader::Inner::time_of(const Carried& carried, FallbackTime time) {
  time.prefer({.ms = carried.at_ms, .is_unread = carried.is_time_unread});
  time.list.kind = carried.list_kind.value_or(time.list.kind);
  if (!carried.is_text || carried.list_kind) {  // a log line may speak of a region of its own
    time.list.app = carried.list_app.value_or(time.list.app);
    time.list.region = carried.list_region.value_or(time.list.region);
    time.scope_unread = time.scope_unread || carried.scope_unread;
  }
  return time;
}

bool DocumentReader::Inner::next(model::DocumentPart& part) {
  if (!reader_.next(part)) {
    return false;
  }
  number_ += part.first ? 1 : 0;
  if (!part.head.capped) {
    part.head.capped = carried_.capped;
  }
  carried_.is_text ? place_text(part) : place_slice(part);
  return true;
}

/// A text has one digest, that of the object around it. A further document in it has that of this
/// digest and the document's number.
base::Sha256 DocumentReader::Inner::digest() const {
  return number_ == 1
             ? sha256_
             : base::sha256(std::string(base::as_bytes(sha256_)) + '#' + std::to_string(number_));
}

/// The bytes stand in the source as they are.
void DocumentReader::Inner::place_slice(model::DocumentPart& part) const {
  const std::uint64_t begin = offset_ + carried_.begin;
  part.head.byte_offset += begin;
  for (model::Reject& reject : part.rejects) {
    reject.record_offset += begin;
    reject.byte_offset += begin;
    reject.json_pointer.insert(0, pointer_);
  }
  for (model::SetAside& object : part.set_aside) {
    object.byte_offset += begin;
  }
}

/// The bytes are a text of an object: the object is what stands in the source.
void DocumentReader::Inner::place_text(model::DocumentPart& part) const {
  part.head.byte_offset = offset_;
  part.head.byte_length = length_;
  part.head.sha256 = digest();
  for (model::Reject& reject : part.rejects) {
    reject.record_offset = reject.byte_offset = offset_;
    reject.record_length = length_;
    reject.json_pointer.insert(0, pointer_);
  }
  for (model::SetAside& object : part.set_aside) {
    object.byte_offset = offset_;
  }
}

}  // namespace fleetmeter::decode
