#include "decode/record_memory.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/invariant.hpp"
#include "decode/process_fields.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kClearedFrom = 3 * 1024 * 1024;  // bytes, from which the finished leave
constexpr std::size_t kCrowdedFrom = 6 * 1024 * 1024;  // from here on, the stopped leave soon
constexpr std::size_t kMostBytes = 48 * 1024 * 1024;   // beyond, nothing new is taken in
constexpr std::uint64_t kDocumentsKept = 256;          // a process not met for so long has finished
constexpr std::uint64_t kDocumentsKeptWhenStopped = 32;
constexpr std::size_t kMostForms = 8;  // versions of the API that are polled in turn
constexpr std::size_t kIdSoughtWithin = 4096;

bool fits(std::string_view bytes) {
  return bytes.size() <= kLongestKnownRecord && bytes.find('\n') == std::string::npos;
}

}  // namespace

RecordMemory::RecordMemory(RecordDecoder& decoder)
    : decoder_(decoder), fields_(kProcessFieldNames) {}
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
  std::optional<Difference> difference;
  const auto is_like = [&](KnownRecord& known) {
    if (known.outside >= outside) {
      difference = compare(known, ahead, decoder_, deepest, places_);
    }
    return difference.has_value();
  };
  // Lists keep their order: most often the record that followed last time follows again.
  KnownRecord* candidate = previous_ == nullptr ? nullptr : previous_->next;
  if (candidate == nullptr || !is_like(*candidate)) {
    const auto [begin, end] = find_by_id(ahead);
    const auto found = std::find_if(begin, end, [&](const auto& entry) {
      return entry.second.get() != candidate && is_like(*entry.second);
    });
    candidate = found == end ? nullptr : found->second.get();
  }
  if (candidate == nullptr || !difference || difference->length > limits.record_bytes) {
    return std::nullopt;
  }
  base::check(difference->length <= ahead.size(), "a record that is recognised is at hand, whole");
  Recognised out{difference->length,
                 difference->changed != nullptr,
                 {candidate->observation.record, difference->egressed_bytes},
                 candidate->placeholder_times};
  if (difference->changed) {
    out.observation.record = std::move(difference->changed);
    out.placeholder_times = model::placeholder_times(*out.observation.record);
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
  if (!fits(bytes)) {
    previous_ = nullptr;
    return;
  }
  base::check(observation.record != nullptr && observation->attributes != nullptr,
              "an observation has a record, and the record has attributes");
  auto record = std::make_unique<KnownRecord>();
  record->id = observation->attributes->process_id;
  record->index(bytes, fields_);
  KnownRecord* const form = form_of(*record);
  if (form != nullptr) {
    form->replace(*record);
    keep(*form, outside, observation);
  } else if (has_room()) {
    KnownRecord& added = *record;
    known_.emplace(added.id, std::move(record));
    keep(added, outside, observation);
  } else {
    previous_ = nullptr;
  }
}

/// The known record of this process that has the same members, or that has to make room for one of
/// other members; null when there is none.
KnownRecord* RecordMemory::form_of(KnownRecord& record) const {
  KnownRecord* oldest = nullptr;
  std::size_t forms = 0;
  const auto [begin, end] = known_.equal_range(record.id);
  for (auto at = begin; at != end; ++at, ++forms) {
    KnownRecord& known = *at->second;
    if (known.has_members_of(record)) {
      return &known;
    }
    if (oldest == nullptr || known.used_in_document < oldest->used_in_document) {
      oldest = &known;
    }
  }
  return forms < kMostForms ? nullptr : oldest;
}

void RecordMemory::keep(KnownRecord& record, unsigned outside,
                        const model::Observation& observation) {
  record.outside = outside;
  record.observation = observation;
  record.placeholder_times = model::placeholder_times(*observation.record);
  bytes_ += record.memory() - record.counted_bytes;
  record.counted_bytes = record.memory();
  if (const std::string_view begins = record.id_begins(); begins != id_begins_) {
    id_begins_ = begins;
  }
  follow(record);
}

void RecordMemory::follow(KnownRecord& record) {
  if (previous_ != nullptr) {
    previous_->next = &record;
  }
  previous_ = &record;
  record.used_in_document = document_;
}

/// The known records whose process the next record seems to be of: a guess that costs nothing when
/// it is wrong, for every byte is compared.
RecordMemory::Forms RecordMemory::find_by_id(std::string_view ahead) const {
  const std::string_view near = ahead.substr(0, kIdSoughtWithin);
  const void* at = id_begins_.empty()
                       ? nullptr
                       : memmem(near.data(), near.size(), id_begins_.data(), id_begins_.size());
  if (at == nullptr) {
    return {known_.end(), known_.end()};
  }
  const auto begin = static_cast<std::size_t>(static_cast<const char*>(at) - near.data());
  const std::string_view rest = near.substr(begin + id_begins_.size());
  return known_.equal_range(rest.substr(0, rest.find('"')));
}

/// Whether there is room for one more; finished processes make it.
bool RecordMemory::has_room() {
  const bool is_crowded = bytes_ > kCrowdedFrom;
  const std::uint64_t pause = (is_crowded ? kDocumentsKeptWhenStopped : kDocumentsKept) / 4;
  if (bytes_ <= kClearedFrom || document_ < cleared_in_ + pause) {
    return bytes_ <= kMostBytes;
  }
  cleared_in_ = document_;
  previous_ = nullptr;
  for (auto at = known_.begin(); at != known_.end();) {
    KnownRecord& known = *at->second;
    known.next = nullptr;
    const bool has_stopped = known.observation->attributes->terminated_at_ms.has_value();
    const std::uint64_t kept =
        is_crowded && has_stopped ? kDocumentsKeptWhenStopped : kDocumentsKept;
    if (known.used_in_document + kept < document_) {
      base::check(known.counted_bytes <= bytes_, "the memory of a known record was counted");
      bytes_ -= known.counted_bytes;
      at = known_.erase(at);
    } else {
      ++at;
    }
  }
  return bytes_ <= kMostBytes;
}

}  // namespace fleetmeter::decode
