#pragma once

#include <string>
#include <vector>

#include "sqlc/files.hpp"

namespace fleetmeter::sqlc {

/// A folder of SQL files, whole: every part in its place.
struct Folder {
  std::string path;
  std::vector<File> files;
};

/// Generated C++: `sql/catalog.hpp`, which declares each file as a constant, and `sql/catalog.cpp`,
/// which holds their texts. A change of one text compiles one file again.
[[nodiscard]] std::string catalog_header(const std::vector<Folder>& folders);
[[nodiscard]] std::string catalog_source(const std::vector<Folder>& folders);

}  // namespace fleetmeter::sqlc
