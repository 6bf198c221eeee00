#include "decode/inner_document.hpp"

#include <utility>

namespace fleetmeter::decode {

DocumentReader::Inner::Inner(Carried carried, const RawValue& value, std::string pointer,
                             const FallbackTime& outer, Limits limits,
                             const std::shared_ptr<Workspace>& workspace, unsigned depth)
    : carried_(std::move(carried)),
      pointer_(std::move(pointer) + carried_.pointer),
      offset_(value.offset),
      length_(value.length),
      source_(carried_.bytes),
      reader_(source_, time_of(carried_, outer), limits, workspace, depth) {
  if (carried_.is_text) {
    sha256_ = base::sha256(value.bytes);
  }
}

FallbackTime DocumentReader::Inner::time_of(const Carried& carried, FallbackTime time) {
  if (carried.at_ms) {
    time.at_ms = carried.at_ms;
    time.origin = model::TimeOrigin::envelope;
  }
  time.list_kind = carried.list_kind.value_or(time.list_kind);
  return time;
}

bool DocumentReader::Inner::next(model::DocumentPart& part) {
  while (reader_.next(part)) {
    const bool is_second = carried_.is_text && !is_first_ && part.first;
    is_first_ = false;
    if (is_second) {
      refuse_second(part);
    }
    if (!part.head.capped) {
      part.head.capped = carried_.capped;
    }
    carried_.is_text ? place_text(part) : place_slice(part);
    if (!is_second || part.last) {
      return true;
    }
  }
  return false;
}

/// A text has one digest, so that it can be one document only.
void DocumentReader::Inner::refuse_second(model::DocumentPart& part) const {
  part.clear_records();
  part.malformed = true;
  part.rejects.push_back(
      {offset_, length_, offset_, "", "more than one document in one text", carried_.bytes});
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
  part.head.sha256 = sha256_;
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
