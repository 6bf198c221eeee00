#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sql/sql_text.hpp"

namespace fleetmeter::sql {

/// A table or view as its file in schema/ describes it.
struct SchemaText {
  std::string name;
  bool is_view = false;
  std::string comment;                                       ///< what a row is, on one line
  std::vector<std::pair<std::string, std::string>> columns;  ///< those with a remark, in order
};

[[nodiscard]] SchemaText parse_schema(const SqlText& file);

}  // namespace fleetmeter::sql
