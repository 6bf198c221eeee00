#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/file_descriptor.hpp"
#include "fleetmeter/lake.hpp"

namespace fleetmeter::lake {

/// Which documents a lake was made of.
struct Knowledge {
  std::int64_t watermark_seq = 0;  ///< the newest of them
  std::string history_sha256;      ///< over all of them
};

/// The folder of a lake while it is written. Only one run at a time works in it.
class Folder {
 public:
  /// Makes the folder when it is not there, and holds a lock on it until destruction. Throws when
  /// the folder of a table cannot be read: what is in it could not be cleared up.
  explicit Folder(const std::string& path);

  /// Puts a file into a folder of the lake, called by its digest, unless it is there.
  void put(const std::string& table, const std::string& folder, const std::string& ending,
           const std::string& bytes, std::int64_t rows);

  /// What the lake that is there was made of; absent when there is none.
  [[nodiscard]] const std::optional<Knowledge>& held() const { return held_; }

  /// Puts the manifest in its place, and removes the files of which it says nothing. Gives all of
  /// them, those that went too, by their names.
  [[nodiscard]] std::vector<LakeFile> finish(const Knowledge& knowledge);

 private:
  [[nodiscard]] bool holds(const std::filesystem::path& file, const std::string& bytes) const;
  void write_whole(const std::filesystem::path& file, const std::string& bytes) const;
  [[nodiscard]] std::string manifest(const Knowledge& knowledge) const;

  std::filesystem::path path_;
  base::FileDescriptor lock_;
  std::optional<Knowledge> held_;
  std::vector<std::filesystem::path> found_;  ///< files of ours that were there
  std::map<std::string, LakeFile> files_;     ///< by their names
};

}  // namespace fleetmeter::lake
