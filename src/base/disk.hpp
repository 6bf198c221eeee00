#pragma once

#include <string>
#include <string_view>

#include "fleetmeter/error.hpp"

namespace fleetmeter::base {

// Writing files that are whole, or not there. Messages name the path, and give the system's reason.

/// What went wrong where something is made, by the system's number (errno).
[[nodiscard]] Error cannot_make(const std::string& path, const std::string& what, int code);

/// The same where something is read.
[[nodiscard]] Error cannot_read(const std::string& path, const std::string& what, int code);

/// Writes all bytes to an open file. Throws what cannot_make() gives.
void write_all(int file, std::string_view bytes, const std::string& path);

/// Waits until an open file is on the disk; likewise.
void bring_to_disk(int file, const std::string& path);

/// Waits until the names in a folder are; likewise.
void bring_folder_to_disk(const std::string& folder);

}  // namespace fleetmeter::base
