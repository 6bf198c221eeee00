#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/evidence.hpp"
#include "meter/life.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// A lifecycle time that is later than the snapshot that says it. A process that was told to stop
/// in an hour has one. A time years ahead means that the archive names its files by another clock
/// than the vendor's.
struct Ahead {
  const char* field = "";  ///< as the vendor spells it
  std::int64_t at_ms = 0;
  const store::Evidence* said_by = nullptr;  ///< not null
};

/// The document that an observation stands in.
[[nodiscard]] Provenance provenance_of(const store::Evidence& evidence);

/// The first such time of a process: of its first snapshot that has one, the first in the order of
/// a life.
[[nodiscard]] std::optional<Ahead> first_ahead(const std::vector<store::Evidence>& evidence);
[[nodiscard]] std::string ahead_text(const Ahead& ahead);

/// An observation of a process that says something else than one before it.
struct Contradiction {
  const store::Evidence* said_by = nullptr;  ///< not null
  std::string text;                          ///< what it was, and what it became
};

/// Where the app, the deployment or the region of a process became another one, each for the first
/// time. An observation that leaves one out says nothing of it.
[[nodiscard]] std::vector<Contradiction> identity_changes(
    const std::vector<store::Evidence>& evidence, store::Reader& reader);
/// Where two snapshots say different things of the same instant.
[[nodiscard]] std::vector<Contradiction> restatements(const std::vector<store::Evidence>& evidence);

/// Whether the start and the stop of a process are known, and lie further apart than any process is
/// believed to live.
[[nodiscard]] bool is_long_life(const meter::Life& life, const meter::Belief& belief);
[[nodiscard]] std::string long_life_text(const meter::Life& life, const meter::Belief& belief);

}  // namespace fleetmeter::ask
