#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_text.hpp"
#include "fleetmeter/spelling.hpp"

namespace date {
class time_zone;
}

namespace fleetmeter::base {

/// The civil units that windows are cut into.
enum class CivilUnit { month, day, hour };

/// One civil month, day or hour of a zone: a half-open window with the name people give it.
struct Period {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::string label;
};

/// Whether an instant is in one of the years 0 to 9999, or so near that it is in some zone. Nothing
/// that is worked out from two such instants is too large for 64 bits.
[[nodiscard]] bool is_in_calendar(std::int64_t ms);

/// One IANA zone: turns civil time into instants and back. Boundaries come from the system's zone
/// database alone.
class Zone {
 public:
  /// Throws Error(usage), with the nearest names, when the database has no such zone. `option` is
  /// what named it.
  explicit Zone(const std::string& name, const std::string& option = spelled(Term::time_zone));

  [[nodiscard]] const std::string& name() const { return name_; }

  /// The first instant of a civil date: midnight, the earlier of two midnights, or the instant of
  /// the transition that skipped midnight.
  [[nodiscard]] std::int64_t start_of(const CivilDate& date) const;

  /// The instant at which the zone's clocks show a local time, both in milliseconds as if UTC;
  /// nothing when they show it twice (clocks went back) or never (clocks went forward).
  [[nodiscard]] std::optional<std::int64_t> instant_of_local(std::int64_t local_ms) const;

  /// What the zone's clocks show: `2024-11-03T01:00:00.250-04:00`, or with `Z` in UTC. Throws
  /// Error(usage) outside the years 0 to 9999.
  [[nodiscard]] std::string local_time(std::int64_t ms) const;

  /// The periods that overlap [from_ms, to_ms), in time order and uncut: the first may begin
  /// before from_ms. An hour begins whenever the local clock reads hh:00:00 or the date and hour
  /// it shows change, so a repeated hour is two windows; a date the zone skipped is none.
  [[nodiscard]] std::vector<Period> periods(CivilUnit unit, std::int64_t from_ms,
                                            std::int64_t to_ms) const;

 private:
  /// A span of constant offset from UTC.
  struct Span {
    std::int64_t begin_s = 0;
    std::int64_t end_s = 0;
    std::int64_t offset_s = 0;
    bool is_utc = false;
  };
  struct Start {
    std::int64_t at_s = 0;
    std::string label;
  };

  [[nodiscard]] Span span_at(std::int64_t at_s) const;
  void add_starts(CivilUnit unit, const Span& span, std::int64_t from_s, std::int64_t to_s,
                  std::optional<std::int64_t>& newest, std::vector<Start>& out) const;

  std::string name_;
  const date::time_zone* zone_ = nullptr;
};

}  // namespace fleetmeter::base
