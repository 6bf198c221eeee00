#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/sql_text.hpp"

namespace fleetmeter::sql {

/// A parameter or a column as a contract declares it.
struct Declared {
  std::string name;
  std::string type;     ///< INTEGER, TEXT, BLOB, REAL or ANY
  std::string meaning;  ///< unit, range, what absence means; may be empty
};

/// The comment that heads an SQL file: what it answers, what it takes and what it gives.
///
///     -- name: one sentence.
///     --
///     -- in   :from_ms  INTEGER  unix ms, inclusive
///     -- out  region  TEXT  the vendor's name
///     -- rows one per region, by name
///     --
///     -- Why the shape is right.
struct Contract {
  std::string name;
  std::string summary;
  std::vector<Declared> in;
  std::vector<Declared> out;
  std::string rows;
  std::string notes;
};

[[nodiscard]] Contract parse_contract(const SqlText& source);

}  // namespace fleetmeter::sql
