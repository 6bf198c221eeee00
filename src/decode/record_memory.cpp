#include "decode/record_memory.hpp"

#include <cstring>
#include <utility>

#include "decode/process_fields.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kClearedFrom = 3 * 1024 * 1024;   // bytes, from which the finished leave
constexpr std::size_t kCrowdedFrom = 12 * 1024 * 1024;  // from here on, soon
constexpr std::size_t kMostBytes = 48 * 1024 * 1024;    // beyond, nothing new is taken in
constexpr std::uint64_t kDocumentsKept = 256;  // a process not met for so long has finished
constexpr std::uint64_t kDocumentsKeptWhenCrowded = 32;
constexpr std::size_t kIdSoughtWithin = 4096;

bool fits(std::string_view bytes) {
  return bytes.size() <= kLongestKnownRecord && bytes.find('\n') == std::string::npos;
}

}  // namespace

RecordMemory::RecordMemory(RecordDecoder& decoder)
    : decoder_(decoder), fields_(process_field_names()) {}
RecordMemory::~RecordMemory() = default;

void RecordMemory::begin_document() {
  ++document_;
  previous_ = nullptr;
}

std::optional<RecordMemory::Recognised> RecordMemory::recognise(std::string_view ahead,
                                                                unsigned outside,
                                                                const Limits& limits) {
  if (limits.depth <= outside + 1) {
    return std::nullopt;
  }
  const unsigned deepest = limits.depth - outside - 1;
  // Lists keep their order: most often the record that followed last time follows again.
  KnownRecord* candidate = previous_ == nullptr ? nullptr : previous_->next;
  std::optional<Difference> difference;
  if (candidate != nullptr && candidate->outside >= outside) {
    difference = compare(*candidate, ahead, decoder_, deepest, places_);
  }
  if (!difference) {
    KnownRecord* const named = find_by_id(ahead);
    if (named == nullptr || named == candidate || named->outside < outside) {
      return std::nullopt;
    }
    candidate = named;
    difference = compare(*candidate, ahead, decoder_, deepest, places_);
  }
  if (!difference || difference->length > limits.record_bytes) {
    return std::nullopt;
  }
  Recognised out{difference->length,
                 difference->changed != nullptr,
                 {candidate->observation.record, difference->egressed_bytes}};
  if (difference->changed) {
    out.observation.record = std::move(difference->changed);
    const std::string_view bytes = ahead.substr(0, out.length);
    if (fits(bytes)) {
      candidate->take(bytes, places_);
      keep(*candidate, outside, out.observation);
    } else {
      previous_ = nullptr;
    }
  } else {
    follow(*candidate);
  }
  return out;
}

void RecordMemory::learn(std::string_view bytes, unsigned outside,
                         const model::Observation& observation) {
  const std::string_view id = observation->attributes->process_id;
  const auto found = known_.find(id);
  if (!fits(bytes) || (found == known_.end() && !has_room())) {
    previous_ = nullptr;
    return;
  }
  KnownRecord& record = found == known_.end() ? add(id) : *found->second;
  record.index(bytes, fields_);
  keep(record, outside, observation);
}

void RecordMemory::keep(KnownRecord& record, unsigned outside,
                        const model::Observation& observation) {
  record.outside = outside;
  record.observation = observation;
  bytes_ += record.memory() - record.counted_bytes;
  record.counted_bytes = record.memory();
  if (const std::string_view begins = record.id_begins(); begins != id_begins_) {
    id_begins_ = begins;
  }
  follow(record);
}

KnownRecord& RecordMemory::add(std::string_view process_id) {
  auto record = std::make_unique<KnownRecord>();
  record->id = process_id;
  const std::string_view id = record->id;
  return *known_.emplace(id, std::move(record)).first->second;
}

void RecordMemory::follow(KnownRecord& record) {
  if (previous_ != nullptr) {
    previous_->next = &record;
  }
  previous_ = &record;
  record.used_in_document = document_;
}

/// The known record whose process the next record seems to be of: a guess that costs nothing when
/// it is wrong, for every byte is compared.
KnownRecord* RecordMemory::find_by_id(std::string_view ahead) const {
  if (id_begins_.empty()) {
    return nullptr;
  }
  const std::string_view near = ahead.substr(0, kIdSoughtWithin);
  const void* at = memmem(near.data(), near.size(), id_begins_.data(), id_begins_.size());
  if (at == nullptr) {
    return nullptr;
  }
  const auto begin = static_cast<std::size_t>(static_cast<const char*>(at) - near.data());
  const std::string_view rest = near.substr(begin + id_begins_.size());
  const auto found = known_.find(rest.substr(0, rest.find('"')));
  return found == known_.end() ? nullptr : found->second.get();
}

/// Whether there is room for one more; finished processes make it.
bool RecordMemory::has_room() {
  const std::uint64_t kept = bytes_ > kCrowdedFrom ? kDocumentsKeptWhenCrowded : kDocumentsKept;
  if (bytes_ <= kClearedFrom || document_ < cleared_in_ + kept / 4) {
    return bytes_ <= kMostBytes;
  }
  cleared_in_ = document_;
  previous_ = nullptr;
  for (auto at = known_.begin(); at != known_.end();) {
    at->second->next = nullptr;
    if (at->second->used_in_document + kept < document_) {
      bytes_ -= at->second->counted_bytes;
      at = known_.erase(at);
    } else {
      ++at;
    }
  }
  return bytes_ <= kMostBytes;
}

}  // namespace fleetmeter::decode
