#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace fleetmeter {

/// Which reports to make, and where. One of day, month and catch_up.
struct ReportRequest {
  std::string folder;                ///< made when it is not there; holds one folder per period
  std::optional<std::string> day;    ///< 2024-11-03
  std::optional<std::string> month;  ///< 2024-11
  bool workbook = false;             ///< also report.xlsx: one sheet per CSV
  bool csv_safe = false;             ///< as in FormatOptions, in its CSV files
  bool catch_up = false;             ///< every day and month that is over and missing or outdated
};

/// What became of the report of one period.
struct ReportOutcome {
  enum class Status {
    made,       ///< it was not there
    unchanged,  ///< it is there and says what is known
    remade,  ///< it was there, and gives the same answers from other knowledge or with other files
    restated,  ///< it was there and gave other answers; restated.md tells which
  };
  std::string label;  ///< `2024-11-03`, `2024-11`: the name of its folder
  Status status = Status::made;
  std::size_t anomalies = 0;  ///< flags raised
  std::size_t gaps = 0;       ///< of coverage
  std::int64_t rejects = 0;   ///< things wrong in the period's documents
};

}  // namespace fleetmeter
