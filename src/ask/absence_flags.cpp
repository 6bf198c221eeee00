#include "ask/absence_flags.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "base/time_text.hpp"

namespace fleetmeter::ask {

std::optional<store::ProvingList> list_without(const model::ProcessFacts& facts,
                                               store::Reader& reader) {
  return facts.life.gone_ms ? reader.first_without(facts.life, reader.places_of(facts.process_key))
                            : std::nullopt;
}

namespace {

/// The first list that ought to hold a process while it is seen, and of which `holds` is false.
template <class Holds>
std::optional<store::ProvingList> first_that_lacks(const model::ProcessFacts& facts,
                                                   store::Reader& reader, const Holds& holds) {
  const model::Life& life = facts.life;
  std::optional<store::ProvingList> found;
  if (!life.started_at_ms || !reader.has_lists()) {
    return found;
  }
  const std::int64_t from_ms = std::max(life.first_seen_ms + 1, *life.started_at_ms);
  std::int64_t to_ms = std::min(life.last_seen_ms, life.stopping_at_ms.value_or(life.last_seen_ms));
  to_ms = std::min(to_ms, life.terminated_at_ms.value_or(to_ms));
  reader.lists().each_for(life, reader.places_of(facts.process_key), from_ms, to_ms,
                          [&](const store::ProvingList& list) {
                            if (!holds(list)) {
                              found = list;
                            }
                            return found.has_value();
                          });
  return found;
}

}  // namespace

std::optional<store::ProvingList> first_flicker(const model::ProcessFacts& facts,
                                                const std::vector<std::int64_t>& instants,
                                                store::Reader& reader) {
  return first_that_lacks(facts, reader, [&](const store::ProvingList& list) {
    return std::binary_search(instants.begin(), instants.end(), list.observed_at_ms);
  });
}

std::optional<store::ProvingList> first_flicker(const model::ProcessFacts& facts,
                                                store::Reader& reader) {
  if (!facts.life.started_at_ms || !reader.has_lists()) {
    return std::nullopt;
  }
  const std::vector<std::int64_t> snapshots = reader.snapshots_of(facts.process_key);
  const auto suspect = first_that_lacks(facts, reader, [&](const store::ProvingList& list) {
    return std::binary_search(snapshots.begin(), snapshots.end(), list.snapshot_seq);
  });
  return suspect ? first_flicker(facts, reader.instants_of(facts.process_key), reader)
                 : std::nullopt;
}

Provenance provenance_of(std::int64_t snapshot_seq, store::Reader& reader) {
  const auto source = reader.source_of(snapshot_seq);
  return {.snapshot_seq = snapshot_seq,
          .source = source.source,
          .byte_offset = source.byte_offset,
          .byte_length = source.byte_length,
          .sha256 = base::to_hex(source.sha256)};
}

std::string gone_text(const model::Life& life, const store::ProvingList& list) {
  return "no end is known; last seen " + base::format_utc(life.last_seen_ms) +
         ", and the running list of " + base::format_utc(list.observed_at_ms) +
         " ought to hold it and does not";
}

std::string flicker_text(const store::ProvingList& list) {
  return "seen before and after the running list of " + base::format_utc(list.observed_at_ms) +
         ", which ought to hold it and does not";
}

}  // namespace fleetmeter::ask
