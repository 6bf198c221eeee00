#include "cli/read_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "fleetmeter/error.hpp"

namespace fleetmeter::cli {

namespace {

/// Closed at the end, but for standard input.
class File {
 public:
  explicit File(const std::string& path)
      : number_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (number_ > STDIN_FILENO) {
      close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

Error failed(const std::string& path, const char* what) {
  const ErrorKind kind = errno == ENOENT || errno == ENOTDIR || errno == EISDIR
                             ? ErrorKind::no_input
                         : errno == EACCES || errno == EPERM ? ErrorKind::permission
                                                             : ErrorKind::io;
  return {kind, (path == "-" ? "standard input" : path) + ": " + what + " (" +
                    std::strerror(errno) + ")"};
}

}  // namespace

std::string read_file(const std::string& path) {
  const File file(path);
  if (file.number() < 0) {
    throw failed(path, "cannot be opened");
  }
  std::string bytes;
  std::array<char, 64UL * 1024> piece{};
  for (;;) {
    const ssize_t count = read(file.number(), piece.data(), piece.size());
    if (count == 0) {
      return bytes;
    }
    if (count > 0) {
      bytes.append(piece.data(), static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      throw failed(path, "reading failed");
    }
  }
}

}  // namespace fleetmeter::cli
