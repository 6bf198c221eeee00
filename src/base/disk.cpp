#include "base/disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/file_descriptor.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::base {

namespace {

bool is_forbidden(int code) {
  return code == EACCES || code == EPERM || code == EROFS;
}

std::string message(const std::string& path, const std::string& what, int code) {
  return printable(path) + ": " + what + ": " + std::strerror(code);
}

/// Whether nothing can be made there, whatever room the disk has.
bool is_no_place(int code) {
  return code == EEXIST || code == ENOENT || code == ENOTDIR || code == EISDIR ||
         code == ENAMETOOLONG || code == ELOOP || code == ENXIO;
}

}  // namespace

Error cannot_make(const std::string& path, const std::string& what, int code) {
  return {is_forbidden(code)  ? ErrorKind::permission
          : is_no_place(code) ? ErrorKind::cannot_create
                              : ErrorKind::io,
          message(path, what, code)};
}

Error cannot_read(const std::string& path, const std::string& what, int code) {
  const bool is_absent = code == ENOENT || code == ENOTDIR;
  return {is_forbidden(code) ? ErrorKind::permission
          : is_absent        ? ErrorKind::no_input
                             : ErrorKind::io,
          message(path, what, code)};
}

void write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t size = write(file, bytes.data(), bytes.size());
    if (size < 0 && errno != EINTR) {
      throw cannot_make(path, "cannot be written", errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  }
}

void bring_to_disk(int file, const std::string& path) {
  if (fsync(file) != 0) {
    throw cannot_make(path, "cannot be brought to the disk", errno);
  }
}

void bring_folder_to_disk(const std::string& folder) {
  const FileDescriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() < 0) {
    throw cannot_make(folder, "cannot be opened", errno);
  }
  bring_to_disk(descriptor.number(), folder);
}

}  // namespace fleetmeter::base
