#pragma once

#include <cstdint>
#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

// How much of a period is over, and what stays open about the rest.

/// The end of what is known: the as-of, or the end of the period if that comes before.
[[nodiscard]] std::int64_t known_until(const Facts& facts);

/// How many slots are over, whatever was polled in them.
[[nodiscard]] std::int64_t known_slots(const Facts& facts);

/// `3 of 30 days known`; "" when the period is over.
[[nodiscard]] std::string known_text(std::int64_t known, std::int64_t all, bool is_month);
[[nodiscard]] std::string known_text(const Facts& facts);

/// Why the truth can lie anywhere between bounds: one thing that was not seen, what it is called
/// and what it does.
struct Reason {
  std::string name;  ///< `Ends unseen`
  std::string text;
};

/// Empty when the bounds meet everywhere.
[[nodiscard]] std::vector<Reason> reasons_of(const Facts& facts);

}  // namespace fleetmeter::report
