#pragma once

#include <string>

namespace fleetmeter::store {

/// Copies a store as it is at one moment into a file, which is on the disk when this returns. The
/// file must not be there; it is removed when copying fails.
void copy_store(const std::string& from, const std::string& to);

}  // namespace fleetmeter::store
