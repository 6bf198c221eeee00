#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::embed {

/// Options as they come through C: pairs of texts, with NULL at the end; NULL alone means none.
using GivenOptions = const char* const*;

/// Everything that a question can be told. Names are those of the command's options.
struct Asked {
  Question question;
  WindowText window;
  std::optional<std::string> as_of;
  std::optional<std::string> known_at;
  bool has_zone = false;  ///< tz was given
  Pricing pricing;
  std::vector<Flag> flags;                        ///< of anomalies
  std::int64_t gap_ms = 0;                        ///< of coverage
  std::map<std::string, std::string> parameters;  ///< of a named query: `:name`
};

/// Each throws Error(usage) on an option that it does not know, and on a value that cannot be.
[[nodiscard]] Asked read_question(GivenOptions given);
[[nodiscard]] IngestOptions read_ingest(GivenOptions given);
[[nodiscard]] SqlLimits read_limits(GivenOptions given);
[[nodiscard]] MoneyGiven read_money(GivenOptions given);

/// Makes the window of a question to a store definite, in the question's zone or else in `zone`.
void settle_window(Asked& asked, const Store& store, const std::string& zone = "UTC");

}  // namespace fleetmeter::embed
