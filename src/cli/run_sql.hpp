#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"

namespace fleetmeter::cli {

/// Runs one statement with the limits of the options, and writes what it gives. An error about a
/// name that the store does not have says which was probably meant.
void write_sql(const Options& options, const Store& store, const std::string& statement);

/// What may stand in the place of the last word of a line of SQL. `is_first` is a line that begins
/// a statement, in which a command such as `.schema` may stand as well.
[[nodiscard]] std::vector<std::string> completions_of(bool is_first, const std::string& line,
                                                      const std::vector<std::string>& names);

/// This process runs one statement at a time: its memory may be limited, and a call that nothing
/// can interrupt ends it.
[[nodiscard]] ProcessChoices own_process();

}  // namespace fleetmeter::cli
