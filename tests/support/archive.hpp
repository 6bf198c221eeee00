#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::test {

/// A folder of a test's own, removed when the test ends.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "fleetmeter-test-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + '/' + name; }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Writes a file, with the folders above it.
  std::string write(const std::string& name, std::string_view text, bool append = false) const {
    const std::filesystem::path path(path_ + '/' + name);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, append ? std::ios::binary | std::ios::app : std::ios::binary) << text;
    return path.string();
  }

 private:
  std::string path_;
};

/// Takes a file out of the operating system's memory, if it can be.
inline void forget(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  fdatasync(file);
  posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  close(file);
}

/// The bytes of an answer, as the command line would write them.
[[nodiscard]] inline std::string csv(const Store& store, const std::string& meter,
                                     const Question& question) {
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  if (meter == "billing") {
    give(question, store.billing(question), *writer);
  } else {
    give(question, store.egress(question), *writer);
  }
  return out.str();
}

}  // namespace fleetmeter::test
