#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "decode/document_reader.hpp"
#include "fleetmeter/ingest.hpp"
#include "ingest/name_pattern.hpp"

namespace fleetmeter::ingest {

/// What of a folder that the user named was not read.
struct PassedOver {
  std::string folder;
  std::int64_t count = 0;
  std::string example;
};

/// The sources behind what the user named.
struct Expansion {
  std::vector<std::string> sources;
  std::vector<PassedOver> passed_over;  ///< of each folder of which something was
};

/// Finds the sources behind the paths that the user named. A file, or "-", is a source itself. Of a
/// folder, every archive in it is one, recursively, in the order of names, and every file that a
/// glob in `include` names. A path that does not exist, cannot be looked at, or is a folder without
/// archives stays, and is reported when it is opened.
[[nodiscard]] Expansion expand(const std::vector<std::string>& paths,
                               const std::vector<std::string>& include);

/// The documents of a source that nothing gives a time to.
struct Untimed {
  std::int64_t count = 0;
  std::uint64_t first_offset = 0;
  bool is_unread = false;  ///< around the first a time stands that cannot be read
};

/// Tells when the documents of a source were true, for those that do not say it themselves.
class SourceTimes {
 public:
  /// Throws Error(usage) on an unknown zone or a pattern that cannot be read. `now_ms` is the wall
  /// clock: it bounds what a clock that was set can say.
  SourceTimes(const IngestOptions& options, std::int64_t now_ms);

  [[nodiscard]] decode::FallbackTime of(const std::string& path) const;

  /// What to tell a user of a source of which some documents have no time, or the only one.
  [[nodiscard]] std::string no_time_message(const std::string& path, const Untimed& untimed,
                                            bool is_only) const;

  /// Whether --name-pattern was given and the path does not match it.
  [[nodiscard]] bool misses_pattern(const std::string& path) const;

 private:
  [[nodiscard]] PathSays path_says(const std::string& path) const;

  ObservedAt observed_at_;
  std::optional<base::Zone> zone_;
  std::optional<NamePattern> pattern_;
  model::ListClaim list_;
  bool any_time_;
  std::int64_t now_ms_;
};

/// The time of the wall clock: for provenance, for `--observed-at now`, and to tell times that
/// cannot be.
[[nodiscard]] std::int64_t wall_clock_ms();

}  // namespace fleetmeter::ingest
