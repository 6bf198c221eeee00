#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/int128.hpp"

namespace fleetmeter::report {

/// A line of the list of all reports.
struct Listed {
  std::string label;  ///< also the name of its folder
  bool is_month = false;
  bool is_readable = true;  ///< otherwise nothing below is known
  std::string tz;
  Bounded<Int128> billable_ms;
  Bounded<Int128> egress_bytes;
  bool is_open = false;        ///< nothing bounds the egress from above
  std::vector<Int128> course;  ///< billable time of each hour or day that is known
  std::size_t slots = 0;       ///< how many hours or days the period has
  std::string change;          ///< against the period before; "" when it is not compared
  std::string coverage;
  std::string known;    ///< `3 of 30 days known`; "" when it is over
  std::string remarks;  ///< that it is sealed, and what it restated
};

/// The page over all periods, newest first: the last twelve months as bars, then all months, then
/// all days, month by month.
[[nodiscard]] std::string index_page(const std::vector<Listed>& reports);

}  // namespace fleetmeter::report
