#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fleetmeter::sim {

/// One document of an adversarial archive.
struct AdversarialDocument {
  std::string text;
  std::int64_t observed_at_ms = 0;
  bool tells_its_time = false;  // an envelope; otherwise the file's name tells it
  std::string file_name;        // with its folder; documents with the same name share the file
};

/// A small archive of legal input that is as nasty to the rules as the seed allows: coinciding and
/// inverted instants, restated and repeated records, faulty counters, all versions and spellings.
/// In the order in which it is to be read, which is also the order of the file names.
[[nodiscard]] std::vector<AdversarialDocument> adversarial_archive(std::uint64_t seed);

/// Zones whose clock changes lie near the instants of the archive of that seed.
[[nodiscard]] std::string adversarial_zone(std::uint64_t seed);

void write_adversarial_archive(std::uint64_t seed, const std::string& folder);

}  // namespace fleetmeter::sim
