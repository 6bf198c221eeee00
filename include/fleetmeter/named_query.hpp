#pragma once

#include <map>
#include <string>
#include <vector>

#include "fleetmeter/public.hpp"
#include "fleetmeter/question.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// A named question from queries/: what it is called, what it answers, and its text.
struct NamedQuery {
  std::string name;
  std::string summary;
  std::string sql;  ///< with its contract; runs unchanged in the sqlite3 shell
};

/// The named queries, in name order.
[[nodiscard]] std::vector<NamedQuery> named_queries();

/// A named query for the stock sqlite3 shell: `.parameter` lines for every value that is known from
/// `parameters`, the question and the store at `store_path` (if there is one), then its SQL.
[[nodiscard]] std::string query_script(const std::string& name,
                                       const std::map<std::string, std::string>& parameters,
                                       const Question& question, const std::string& store_path);

/// The metadata.json with which Datasette publishes a store. It says what each table and column is,
/// with units, and has the named queries as canned queries.
[[nodiscard]] std::string datasette_metadata(const std::string& store_path);

}  // namespace fleetmeter
