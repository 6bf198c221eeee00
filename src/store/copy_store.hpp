#pragma once

#include <string>

namespace fleetmeter::store {

/// Copies a store as it is at one moment into an empty file. The caller brings it to the disk.
void copy_store(const std::string& from, const std::string& to);

}  // namespace fleetmeter::store
