#pragma once

#include <map>
#include <string>
#include <vector>

#include "fleetmeter/public.hpp"
#include "fleetmeter/question.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// How people write a value: a duration as `15m`, an instant as a time.
enum class ValueKind { text, number, duration, instant };

/// A parameter or a column of a named query, as its contract declares it.
struct QueryValue {
  std::string name;     ///< `gap_ms`
  std::string type;     ///< INTEGER, TEXT or ANY
  std::string meaning;  ///< may be empty
  ValueKind kind = ValueKind::text;
};

/// A named question from queries/: what it is called, what it answers, and its text.
struct NamedQuery {
  std::string name;
  std::string summary;
  std::string sql;  ///< with its contract; runs unchanged in the sqlite3 shell
  std::vector<QueryValue> parameters = {};  ///< but for those that come from the question
  std::vector<QueryValue> columns = {};
  std::string rows = {};  ///< what one row is, and their order
};

/// The named queries, in name order.
[[nodiscard]] std::vector<NamedQuery> named_queries();

/// A named query for the stock sqlite3 shell: `.parameter` lines for every value that is known from
/// `parameters`, the question and the store at `store_path` (if there is one), then its SQL.
[[nodiscard]] std::string query_script(const std::string& name,
                                       const std::map<std::string, std::string>& parameters,
                                       const Question& question, const std::string& store_path);

/// A table or view of a store, with what its file in schema/ says of it.
struct StoreTable {
  std::string name;
  bool is_view = false;
  std::string meaning;              ///< what one row is, and more
  std::vector<QueryValue> columns;  ///< of a table; those of a view have names only
};

/// The tables and views of a store, in name order.
[[nodiscard]] std::vector<StoreTable> store_tables();

/// The metadata.json with which Datasette publishes a store. It says what each table and column is,
/// with units, and has the named queries as canned queries.
[[nodiscard]] std::string datasette_metadata(const std::string& store_path);

}  // namespace fleetmeter
