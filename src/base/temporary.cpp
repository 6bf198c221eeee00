#include "base/temporary.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::base {

namespace {

/// A name that mkstemp() and mkdtemp() complete.
std::string name_to_complete() {
  const char* const folder = std::getenv("TMPDIR");
  return std::string(folder == nullptr || *folder == '\0' ? "/tmp" : folder) + "/fleetmeter-XXXXXX";
}

Error failed(const std::string& path, const char* what) {
  return {ErrorKind::io, printable(path) + ": " + what + ": " + std::strerror(errno)};
}

}  // namespace

TemporaryFile::TemporaryFile() : path_(name_to_complete()) {
  const int descriptor = mkstemp(path_.data());
  if (descriptor < 0) {
    throw failed(path_, "cannot be made");
  }
  close(descriptor);
}

TemporaryFile::~TemporaryFile() {
  unlink(path_.c_str());
}

std::string TemporaryFile::bytes() const {
  std::ifstream in(path_, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad()) {
    throw failed(path_, "cannot be read");
  }
  return bytes;
}

TemporaryFolder::TemporaryFolder() : path_(name_to_complete()) {
  if (mkdtemp(path_.data()) == nullptr) {
    throw failed(path_, "cannot be made");
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace fleetmeter::base
