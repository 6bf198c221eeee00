#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/file_descriptor.hpp"
#include "fleetmeter/lake.hpp"

namespace fleetmeter::lake {

/// The folder of a lake while it is written. Only one run at a time works in it.
class Folder {
 public:
  /// Makes the folder when it is not there, and holds a lock on it until destruction.
  explicit Folder(const std::string& path);

  /// Puts a file into a folder of the lake, called by its digest, unless it is there.
  void put(const std::string& table, const std::string& folder, const std::string& ending,
           const std::string& bytes, std::int64_t rows);

  /// Puts the manifest in its place, and removes the files of which it says nothing. Gives all of
  /// them, those that went too, by their names.
  [[nodiscard]] std::vector<LakeFile> finish();

 private:
  [[nodiscard]] bool holds(const std::filesystem::path& file, const std::string& bytes) const;
  void write_whole(const std::filesystem::path& file, const std::string& bytes) const;
  [[nodiscard]] std::vector<std::filesystem::path> own_files() const;
  [[nodiscard]] std::string manifest() const;

  std::filesystem::path path_;
  base::FileDescriptor lock_;
  std::map<std::string, LakeFile> files_;  ///< by their names
};

}  // namespace fleetmeter::lake
