#pragma once

#include <cstdint>
#include <string_view>

#include "model/record.hpp"

namespace fleetmeter::decode {

/// The time that a log line or a wrapper says of itself, for a document inside it.
struct OwnTime {
  model::Instant ms;
  int place = 0;  ///< of the member that said it, among those that can: the first one counts
  /// A time stands there and cannot be read. No other time may take its place.
  bool is_unread = false;
};

/// Whether a record that is a document of its own may say when it was observed.
[[nodiscard]] bool says_a_time(std::string_view record);

/// Whether a document says itself, in the usual spelling, that it was observed in this second. The
/// same bytes are another document when their time came from what stood around them.
[[nodiscard]] bool says_observed_at(std::string_view document, std::int64_t at_ms);

/// The time in the words before a document on its line. What looks like a time and is not
/// understood is told by `is_unread`: it must not be taken for nothing.
[[nodiscard]] OwnTime time_in(std::string_view prefix);

}  // namespace fleetmeter::decode
