#pragma once

#include <map>
#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// The files of one report by their names, manifest.json among them, which has the digest of each
/// other. The same facts give the same bytes.
[[nodiscard]] std::map<std::string, std::string> files_of(const Facts& facts);

}  // namespace fleetmeter::report
