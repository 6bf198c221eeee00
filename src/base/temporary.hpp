#pragma once

#include <string>

namespace fleetmeter::base {

// In the folder for temporary files ($TMPDIR, else /tmp), with a name of its own, gone in the end.
// Each throws Error(io) that names the place and the reason when it cannot be made.

class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// What is in it. Throws Error(io).
  [[nodiscard]] std::string bytes() const;

 private:
  std::string path_;
};

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + '/' + name; }

 private:
  std::string path_;
};

}  // namespace fleetmeter::base
