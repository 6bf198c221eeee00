#pragma once

#include <string>
#include <vector>

namespace fleetmeter::cli {

/// What the scripts of the shells ask, and no person: `fleetmeter complete -- WORD...` with
/// the words given of a command line up to the cursor, the last of which may be empty. Prints what
/// may stand in the place of the last: a word a line, behind a tab what it means; in the end
/// `:files` or `:folders` where such names are due. Without a store, or with words that make no
/// sense, it offers less, and never fails.
int run_complete(const std::vector<std::string>& given);

}  // namespace fleetmeter::cli
