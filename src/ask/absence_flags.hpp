#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/evidence.hpp"
#include "model/life.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

// What running lists show of one process, with the list that shows it.

/// The list that proves a process gone; nothing when none does.
[[nodiscard]] std::optional<store::ProvingList> list_without(const model::ProcessFacts& facts,
                                                             store::Reader& reader);

/// The first list that ought to have held a process and did not, though it was seen before and
/// after that list, and had not been told to stop: lists flicker. `instants` are those at which the
/// process was observed, in time order.
[[nodiscard]] std::optional<store::ProvingList> first_flicker(
    const model::ProcessFacts& facts, const std::vector<std::int64_t>& instants,
    store::Reader& reader);

/// The same of a process whose instants are not at hand. Nearly always each of its lists holds it,
/// which the numbers of the snapshots tell already: when they were observed is read only if not.
[[nodiscard]] std::optional<store::ProvingList> first_flicker(const model::ProcessFacts& facts,
                                                              store::Reader& reader);

/// Where the document of a snapshot stands.
[[nodiscard]] Provenance provenance_of(std::int64_t snapshot_seq, store::Reader& reader);

/// The same in a sentence, for the flag.
[[nodiscard]] std::string gone_text(const model::Life& life, const store::ProvingList& list);
[[nodiscard]] std::string flicker_text(const store::ProvingList& list);

}  // namespace fleetmeter::ask
