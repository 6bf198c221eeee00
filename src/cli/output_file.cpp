#include "cli/output_file.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace fleetmeter::cli {

namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as many as the kernel follows
constexpr int kMostTries = 100;
constexpr mode_t kPermissions = 07777;
constexpr mode_t kForAll = 0666;  // less what the umask takes

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// What a path leads to, also when that is not there yet.
std::string behind_links(const std::string& path) {
  fs::path place = path;
  std::error_code error;
  for (int i = 0; i < kMostLinks && fs::is_symlink(fs::symlink_status(place, error)); ++i) {
    const fs::path target = fs::read_symlink(place, error);
    place = target.is_absolute() ? target : place.parent_path() / target;
  }
  return place.string();
}

/// A name that nobody can guess and put a link at beforehand. It does not contain the file's own
/// name, which may be as long as names can be.
std::string unforeseen_name() {
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) {
    number = static_cast<std::uint64_t>(getpid());  // O_EXCL still refuses what is there
  }
  constexpr const char* kDigits = "0123456789abcdef";
  std::string name = ".fleetmeter-";
  for (int i = 0; i < 16; ++i, number >>= 4U) {
    name += kDigits[number & 0xFU];
  }
  return name + ".part";
}

bool is_database(const std::string& path) {
  constexpr std::string_view kBegin("SQLite format 3\0", 16);
  std::array<char, kBegin.size()> begin{};
  std::ifstream file(path, std::ios::binary);
  return file.read(begin.data(), begin.size()) &&
         std::string_view(begin.data(), begin.size()) == kBegin;
}

/// Whether a file is a database, or belongs to one that lies beside it.
bool is_of_database(const std::string& path) {
  for (const std::string_view ending : {"-wal", "-shm", "-journal"}) {
    if (path.ends_with(ending) && is_database(path.substr(0, path.size() - ending.size()))) {
      return true;
    }
  }
  return is_database(path);
}

void sync_folder(const std::string& folder) {
  Descriptor descriptor;
  descriptor.take(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() >= 0) {
    fsync(descriptor.number());  // a file system that cannot do this has nothing better
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) {
    close(number_);
  }
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)), stream_(open_place(), path_) {}

OutputFile::~OutputFile() {
  if (!temporary_.empty()) {
    std::remove(temporary_.c_str());
  }
}

Error OutputFile::failed(int code) const {
  const ErrorKind kind = code == EACCES || code == EPERM || code == EROFS ? ErrorKind::permission
                         : code == ENOSPC || code == EIO || code == EDQUOT
                             ? ErrorKind::io
                             : ErrorKind::cannot_create;
  return {kind, path_ + ": cannot be written (" + std::strerror(code) + ")"};
}

int OutputFile::open_place() {
  struct stat there {};
  const bool is_there = stat(path_.c_str(), &there) == 0;
  if (!is_there && errno != ENOENT) {
    throw failed(errno);
  }
  if (is_there && S_ISDIR(there.st_mode)) {
    throw failed(EISDIR);
  }
  struct stat standard_output {};
  const bool is_standard_output = is_there && fstat(STDOUT_FILENO, &standard_output) == 0 &&
                                  there.st_dev == standard_output.st_dev &&
                                  there.st_ino == standard_output.st_ino;
  if (is_standard_output) {
    return STDOUT_FILENO;  // /dev/stdout, whatever the shell made of it
  }
  if (is_there && !S_ISREG(there.st_mode)) {
    descriptor_.take(open(path_.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC));
    if (descriptor_.number() < 0) {
      throw failed(errno);
    }
    return descriptor_.number();
  }
  if (is_there && is_of_database(path_)) {
    throw Error(ErrorKind::usage, path_ + ": is a database; name another place for the answer");
  }
  return open_beside(is_there ? &there : nullptr);
}

int OutputFile::open_beside(const struct stat* replaced) {
  place_ = behind_links(path_);
  if (replaced != nullptr && faccessat(AT_FDCWD, place_.c_str(), W_OK, AT_EACCESS) != 0) {
    throw failed(errno);  // moving another file over it would get around its permissions
  }
  for (int tries = 0; descriptor_.number() < 0; ++tries) {
    const std::string name = folder_of(place_) + '/' + unforeseen_name();
    descriptor_.take(
        open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kForAll));
    if (descriptor_.number() >= 0) {
      temporary_ = name;
    } else if (errno != EEXIST || tries == kMostTries) {
      throw failed(errno);
    }
  }
  if (replaced != nullptr) {
    keep_owner_and_mode(*replaced);
  }
  return descriptor_.number();
}

/// The new file gets the owner and the mode of the one that it replaces.
void OutputFile::keep_owner_and_mode(const struct stat& replaced) {
  struct stat made {};
  if (fstat(descriptor_.number(), &made) != 0) {
    throw failed(errno);
  }
  const bool same_owner = made.st_uid == replaced.st_uid && made.st_gid == replaced.st_gid;
  const bool kept =
      (same_owner || fchown(descriptor_.number(), replaced.st_uid, replaced.st_gid) == 0) &&
      fchmod(descriptor_.number(), replaced.st_mode & kPermissions) == 0;
  if (!kept) {
    std::remove(temporary_.c_str());
    throw Error(ErrorKind::permission,
                path_ +
                    ": belongs to another user or group, to whom a new file cannot be given; "
                    "remove it, or name another file");
  }
}

void OutputFile::finish() {
  stream_.stream().flush();
  if (temporary_.empty()) {
    return;
  }
  if (fsync(descriptor_.number()) != 0) {
    throw failed(errno);
  }
  if (std::rename(temporary_.c_str(), place_.c_str()) != 0) {
    throw failed(errno);
  }
  temporary_.clear();
  sync_folder(folder_of(place_));
}

}  // namespace fleetmeter::cli
