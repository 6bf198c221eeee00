#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"
#include "fleetmeter/question.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// One cell of somebody's own table beside what was metered.
struct ComparedCell {
  enum class Status {
    inside,    ///< within the bounds, as far as its digits tell
    above,     ///< more than was possible
    below,     ///< less than is certain
    open,      ///< more than was seen, where nothing bounds what was not
    repeated,  ///< a row for its group stands above
    missing,   ///< metered for certain, and the table has no row for it
  };

  std::vector<std::string> group;    ///< one text per grouping
  std::optional<std::int64_t> line;  ///< of the file; absent: it has no such row
  std::string column;                ///< of the file, as it is called there
  std::optional<Decimal> value;      ///< as it was written
  Bounded<Decimal> metered;          ///< in the unit of the column, 6 decimals
  Status status = Status::inside;
  /// How far it lies outside the bounds: above 0 when it is more, below 0 when it is less; 0
  /// inside.
  Decimal off;

  static const std::vector<Column<ComparedCell>>& columns();
};

/// A status as it is written in answers.
[[nodiscard]] const char* status_name(ComparedCell::Status status);

/// Somebody's own table, compared cell by cell.
struct ComparedTable {
  Question question;  ///< the window and groups that it was compared by
  std::vector<ComparedCell> cells;
  /// About columns that were not compared, and about a time in which more may have run than was
  /// seen.
  std::vector<std::string> remarks;
  bool agrees = false;               ///< no cell is above, below, repeated or missing
};

}  // namespace fleetmeter
