#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/sql_text.hpp"

namespace fleetmeter::sql {

/// A parameter or a column as a contract declares it.
struct Declared {
  std::string name;
  std::string type;     ///< INTEGER, TEXT, BLOB or ANY
  bool is_maybe;        ///< may be NULL: its type is followed by a question mark
  std::string meaning;  ///< unit, range, what absence means; may be empty
};

/// The comment that heads an SQL file: what it answers, what it takes and what it gives.
///
///     -- name: one sentence.
///     --
///     -- in   :from_ms  INTEGER  unix ms, inclusive
///     -- out  region  TEXT  the vendor's name
///     -- out  egressed_bytes  INTEGER?  NULL: nobody read the counter
///     -- rows one per region, by name
///     --
///     -- Why the shape is right.
///
/// A line `-- bulk` says that rows are written many at a time. From `in` and `out` the build makes
/// a type of the parameters and one of the rows (src/sqlc).
struct Contract {
  std::string name;
  std::string summary;
  std::vector<Declared> in;
  std::vector<Declared> out;
  std::string rows;
  std::string notes;
  bool is_bulk = false;
};

[[nodiscard]] Contract parse_contract(const SqlText& source);

}  // namespace fleetmeter::sql
