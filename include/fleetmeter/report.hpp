#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/money.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// Which reports to make, and where. Exactly one of day, month and catch_up is set.
struct ReportRequest {
  std::string folder;                ///< made when it is not there; holds one folder per period
  std::optional<std::string> day;    ///< 2024-11-03
  std::optional<std::string> month;  ///< 2024-11
  bool workbook = false;             ///< also report.xlsx: a summary, and a sheet per CSV
  bool csv_safe = false;             ///< as in FormatOptions, in its CSV files
  /// Asks for every day and month that is over and holds something, and whose report is missing or
  /// outdated.
  bool catch_up = false;
  /// With catch_up: also the day and the month that are not over. Their pages say how much of them
  /// is known, and they are made again as more becomes known.
  bool current = false;
  /// At which prices; absent: reports say nothing of money. The zone of the question is that of
  /// billing months, too.
  std::optional<Pricing> pricing = {};
  /// Compared in the report of their month. They need prices.
  std::vector<std::string> invoice_ids = {};
  /// Called with a sentence about what catch_up leaves out because nothing is known of it. It may
  /// be empty.
  std::function<void(const std::string&)> tell = {};
  /// Called with a sentence about reports that catch_up cannot make, because observations were
  /// pruned that they would take. It may be empty.
  std::function<void(const std::string&)> warn = {};
};

/// What became of the report of one period.
struct ReportOutcome {
  enum class Status {
    made,       ///< it was not there
    unchanged,  ///< it is there and says what is known
    /// It was there, and gives the same answers from other knowledge or with other files; or its
    /// period was not over then.
    remade,
    restated,  ///< it was there and gave other answers; restated.md tells which
  };
  std::string label;  ///< `2024-11-03`, `2024-11`: the name of its folder
  Status status = Status::made;
  std::size_t anomalies = 0;     ///< flags raised
  std::size_t gaps = 0;          ///< as `coverage --gaps` lists them
  std::int64_t rejects = 0;      ///< things wrong in the period's documents
  std::int64_t unpolled_ms = 0;  ///< time far from any poll, whatever ran

  static const std::vector<Column<ReportOutcome>>& columns();
};

}  // namespace fleetmeter
