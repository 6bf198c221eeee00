#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.hpp"

namespace fleetmeter::base {

/// What a file's name says about when the file was true.
struct NameTime {
  enum class Kind {
    none,       ///< nothing that looks like a time
    instant,    ///< `ms` says it
    no_zone,    ///< a time of day whose zone is not told
    two_times,  ///< two times that differ: nobody says which is meant
    twice,      ///< a local time that the zone's clocks show twice, or never
  };

  Kind kind = Kind::none;
  std::optional<std::int64_t> ms;  ///< unix milliseconds, UTC
  std::string text;                ///< what was found, to be shown; "" for none
};

/// Reads the time out of a path's last component, in one of these forms, which stands there once
/// and is not part of a longer number:
///
///   2024-11-01T08-30-00Z, 20241101T083000.123Z, 2024-11-05_10-15+0200   date, time, zone
///   1730453400, 1730453400123                                          unix seconds, milliseconds
///   2024-11-01/09-30-00Z, dt=2024-11-01/0930Z, 2024/11/01/09-30-00Z    the folders say the date
///
/// A zone is Z or an offset that some place has: +hhmm, +hh-mm, +hh:mm, -hh:mm. -hhmm is none, for
/// it may be a running number. A time without a zone is none, unless `zone` says in which it is.
[[nodiscard]] NameTime find_time_in_name(std::string_view path, const Zone* zone = nullptr);

/// The time with a zone that stands in a text: in what a log line says before a document, say.
[[nodiscard]] std::optional<std::int64_t> find_time_in_text(std::string_view text);

}  // namespace fleetmeter::base
