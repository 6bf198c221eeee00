#include "decode/file_source.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace fleetmeter::decode {

namespace {

constexpr int kPause_ms = 100;
constexpr std::size_t kLongestWithoutPause = 256 * 1024 * 1024;
constexpr const char* kNoArchive =
    ": no archive in this folder (*.json, *.ndjson, *.jsonl, or one of them .gz or .zst)";

}  // namespace

FileSource::FileSource(std::string name, std::function<void()> on_pause)
    : RawSource(std::move(name)), on_pause_(std::move(on_pause)) {
  struct stat status {};
  const bool is_there =
      (path() == "-" ? fstat(STDIN_FILENO, &status) : stat(path().c_str(), &status)) == 0;
  const bool is_pipe = is_there && !S_ISREG(status.st_mode);
  // What the system makes up while it is read has no size, and may let readers wait.
  may_pause_ = on_pause_ && is_there && (is_pipe || status.st_size == 0);
  if (path() == "-") {
    file_ = base::FileDescriptor(STDIN_FILENO);
  } else {
    open_file();
  }
  begin_ = is_pipe ? -1 : lseek(file_.number(), 0, SEEK_CUR);
  read_head();
}

void FileSource::seek(std::uint64_t offset) {
  skip_head();
  if (lseek(file_.number(), begin_ + static_cast<off_t>(offset), SEEK_SET) < 0) {
    throw SourceError(ErrorKind::io, path() + ": reading failed (" + std::strerror(errno) + ")");
  }
}

void FileSource::open_file() {
  // A pipe is open at once, and the reading waits for whoever writes: that can be stopped.
  const int at_once = may_pause_ ? O_NONBLOCK : 0;
  file_ = base::FileDescriptor(open(path().c_str(), O_RDONLY | O_CLOEXEC | at_once));
  struct stat status {};
  if (file_.number() < 0 || fstat(file_.number(), &status) != 0) {
    const ErrorKind kind = errno == EACCES || errno == EPERM     ? ErrorKind::permission
                           : errno == ENOENT || errno == ENOTDIR ? ErrorKind::no_input
                                                                 : ErrorKind::io;
    const std::string why = std::strerror(errno);
    const bool is_folder = stat(path().c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    throw SourceError(
        kind, path() + (is_folder ? ": the folder cannot be read (" : ": cannot be opened (") +
                  why + ")");
  }
  if (S_ISDIR(status.st_mode)) {
    throw SourceError(ErrorKind::no_input, path() + kNoArchive);
  }
}

std::size_t FileSource::read_more(char* into, std::size_t size) {
  pollfd more{file_.number(), POLLIN, 0};
  if (may_pause_ && read_since_pause_ > kLongestWithoutPause) {
    read_since_pause_ = 0;
    on_pause_();  // it may have no end
  }
  while (may_pause_ && poll(&more, 1, kPause_ms) == 0) {
    on_pause_();
  }
  for (;;) {
    const ssize_t count = ::read(file_.number(), into, size);
    if (count >= 0) {
      read_since_pause_ += static_cast<std::size_t>(count);
      return static_cast<std::size_t>(count);
    }
    if (errno == EAGAIN && may_pause_) {
      poll(&more, 1, kPause_ms);
      on_pause_();
    } else if (errno != EINTR) {
      throw SourceError(ErrorKind::io, path() + ": reading failed (" + std::strerror(errno) + ")");
    }
  }
}

}  // namespace fleetmeter::decode
