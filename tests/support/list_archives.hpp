#pragma once

// Small archives of lists that try to break what absence proves.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace fleetmeter::test {

/// One document on its way into a store, with all that is said of it beside its own words.
struct ListDocument {
  std::string text;
  std::int64_t observed_at_ms = 0;
  bool tells_its_time = false;  ///< in its envelope; otherwise its path does

  std::string flag_list;  ///< --list, and so on; "": not given
  std::string flag_app;
  std::string flag_region;
  std::string path_list;  ///< what the path says, read by kListPattern; "": it does not match
  std::string path_app;
  std::string path_region;
  bool ignores_absence = false;

  /// Whether two documents can be read in one run.
  [[nodiscard]] bool is_asked_like(const ListDocument& other) const;
  /// Below the folder of the archive.
  [[nodiscard]] std::string path(std::size_t place) const;
};

inline constexpr const char* kListPattern = "{app}/{region}/{list}={time}.json";

/// A fleet of at most three apps and regions, and what was saved of it within some hours: lists
/// cut, lost, merged and contradicted, in no order, some of them more than once. The same from the
/// same seed.
[[nodiscard]] std::vector<ListDocument> list_archive(std::uint64_t seed);

/// Those of several seeds in one: all have apps and processes of their own, and all have the same
/// regions.
[[nodiscard]] std::vector<ListDocument> list_archives(std::uint64_t seed, std::uint64_t count);

/// Puts those beside each other that can be read in one run.
void put_together(std::vector<ListDocument>& documents, std::uint64_t seed);

/// Leaves out what comes again with nothing said beside it after it came with something.
void drop_bare_repeats(std::vector<ListDocument>& documents);

/// The archive without all documents and elements that do not matter to `has_fault`.
[[nodiscard]] std::vector<ListDocument> least_archive(
    std::vector<ListDocument> documents,
    const std::function<bool(const std::vector<ListDocument>&)>& has_fault);

}  // namespace fleetmeter::test
