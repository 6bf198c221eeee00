#include "backup/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "base/disk.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::backup {

namespace {

constexpr std::size_t kPiece = 256UL * 1024;

}  // namespace

void expect_nothing_at(const std::string& path) {
  struct stat there {};
  if (lstat(path.c_str(), &there) == 0) {
    throw Error(ErrorKind::cannot_create,
                printable(path) + ": there is something already, and nothing is overwritten");
  }
  if (errno != ENOENT) {
    throw base::cannot_make(path, "cannot be looked at", errno);
  }
}

std::string text_in(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw base::cannot_read(path, "cannot be read", errno);
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

PartialFile::PartialFile(const std::string& place)
    : place_(place),
      path_(place + ".partial"),
      file_(open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
  if (file_.number() < 0 && errno == EEXIST) {
    throw Error(
        ErrorKind::cannot_create,
        printable(path_) +
            ": a copy that is being made, or was not finished; remove it if nobody makes one");
  }
  if (file_.number() < 0) {
    throw base::cannot_make(path_, "cannot be made", errno);
  }
}

PartialFile::~PartialFile() {
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    unlink((path_ + ending).c_str());
  }
}

void PartialFile::write(std::string_view bytes) {
  base::write_all(file_.number(), bytes, path_);
}

void PartialFile::write_copy_of(const std::string& file) {
  const base::FileDescriptor source(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  std::vector<char> piece(kPiece);
  ssize_t size = source.number() < 0 ? -1 : read(source.number(), piece.data(), piece.size());
  for (; size > 0; size = read(source.number(), piece.data(), piece.size())) {
    write({piece.data(), static_cast<std::size_t>(size)});
  }
  if (size < 0) {
    throw base::cannot_read(file, "cannot be read", errno);
  }
}

void PartialFile::put() {
  base::bring_to_disk(file_.number(), path_);
  // A link is made only where nothing is.
  if (link(path_.c_str(), place_.c_str()) != 0) {
    throw base::cannot_make(place_, "cannot be put there", errno);
  }
  unlink(path_.c_str());
  base::bring_folder_to_disk(std::filesystem::absolute(place_).parent_path().string());
}

}  // namespace fleetmeter::backup
