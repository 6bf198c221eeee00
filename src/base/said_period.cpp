#include "base/said_period.hpp"

namespace fleetmeter::base {

namespace {

std::optional<std::int64_t> instant_in(const std::string& text, CivilUnit unit, const Zone& zone) {
  if (const auto date =
          parse_date(unit == CivilUnit::month && text.size() == 7 ? text + "-01" : text)) {
    return zone.start_of(*date);
  }
  if (const auto said = parse_rfc3339(text).ms) {
    return said;
  }
  const auto local = parse_rfc3339(text + 'Z').ms;
  return local ? zone.instant_of_local(*local) : std::nullopt;
}

}  // namespace

std::optional<Period> said_period(CivilUnit unit, const std::string& text, const Zone& zone) {
  const auto at_ms = instant_in(text, unit, zone);
  if (!at_ms) {
    return std::nullopt;
  }
  const std::vector<Period> periods = zone.periods(unit, *at_ms, *at_ms + 1);
  return !periods.empty() && periods.front().start_ms == *at_ms ? std::optional(periods.front())
                                                                : std::nullopt;
}

}  // namespace fleetmeter::base
