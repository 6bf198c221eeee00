#pragma once

#include <string>
#include <string_view>

#include "base/file_descriptor.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::backup {

/// Throws Error(cannot_create) when there is something at a path, whatever it is.
void expect_nothing_at(const std::string& path);

/// The whole of a file. Throws Error that names it.
[[nodiscard]] std::string text_in(const std::string& path);

/// A file that is made for its place and put there when it is whole. Until then it is beside it,
/// under the name `PLACE.partial`; it goes, with what SQLite put beside it, unless it is put.
class PartialFile {
 public:
  /// Throws Error(cannot_create) when there is a file of that name: another copy that is being
  /// made, or one that was not finished.
  explicit PartialFile(const std::string& place);
  ~PartialFile();
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

  void write(std::string_view bytes);
  void write_copy_of(const std::string& file);

  /// Brings it to the disk and puts it to its place, where nothing may be.
  void put();

 private:
  std::string place_;
  std::string path_;
  base::FileDescriptor file_;
};

}  // namespace fleetmeter::backup
