#pragma once

#include <map>
#include <string>

#include "cli/description.hpp"
#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace fleetmeter::cli {

/// Adds an option for each parameter that some named query takes: `--gap` for gap_ms. They are
/// those of the contracts in queries/.
void add_query_options(CLI::App& app, Options& options);

/// The parameters of a named query as somebody gave them, by options or by --param, in the form
/// that the library reads. Throws Error(usage) on a parameter that the query does not have, on a
/// value that cannot be read, and when one is missing.
[[nodiscard]] std::map<std::string, std::string> parameters_of(const Options& options,
                                                               const NamedQuery& query);

/// The query of this name. Throws Error(usage) with the nearest names.
[[nodiscard]] NamedQuery query_called(const std::string& name);

/// `fleetmeter query` as it is described for one query: with its own parameters, what a row is, and
/// what the columns say.
[[nodiscard]] CommandDescription describe_query(const CommandDescription& command,
                                                const NamedQuery& query);

}  // namespace fleetmeter::cli
