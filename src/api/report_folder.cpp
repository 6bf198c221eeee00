#include "api/report_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::api {

namespace {

namespace fs = std::filesystem;

Error failed(const fs::path& path, int code) {
  const ErrorKind kind = code == EACCES || code == EPERM || code == EROFS ? ErrorKind::permission
                         : code == ENOSPC || code == EIO || code == EDQUOT
                             ? ErrorKind::io
                             : ErrorKind::cannot_create;
  return {kind, path.string() + ": cannot be written (" + std::strerror(code) + ")"};
}

/// A folder on its way to its place; what is left of one that was stopped begins with a point too.
fs::path draft_of(const fs::path& folder, const std::string& label) {
  return folder / ('.' + label + ".part");
}

bool is_label(const std::string& name) {
  return base::parse_date(name.size() == 7 ? name + "-01" : name).has_value();
}

}  // namespace

ReportFolder::ReportFolder(const std::string& path) : path_(path) {
  std::error_code error;
  fs::create_directories(path_, error);
  if (error) {
    throw failed(path_, error.value());
  }
  const fs::path lock = path_ / ".lock";
  lock_ = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0) {
    throw failed(lock, errno);
  }
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    close(lock_);
    throw Error(ErrorKind::busy, path + ": another report is being made here; try again");
  }
  sweep();
}

ReportFolder::~ReportFolder() {
  close(lock_);
}

/// Clears away the drafts that a run which was killed left behind.
void ReportFolder::sweep() const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename().string();
    if (name.front() == '.' && name.size() > 6 && name.compare(name.size() - 5, 5, ".part") == 0) {
      fs::remove_all(entry.path(), error);
    }
  }
}

bool ReportFolder::has(const std::string& label, const std::string& file) const {
  std::error_code error;
  return fs::is_regular_file(path_ / label / file, error);
}

std::string ReportFolder::read(const std::string& label, const std::string& file) const {
  if (!has(label, file)) {
    return "";  // a folder or a pipe of that name is none of ours
  }
  std::error_code error;
  const auto size = fs::file_size(path_ / label / file, error);
  std::string bytes(error ? 0 : size, '\0');
  std::ifstream in(path_ / label / file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

void ReportFolder::sync(const fs::path& path) const {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    throw failed(path, errno);
  }
  const int code = fsync(descriptor) == 0 ? 0 : errno;
  close(descriptor);
  if (code != 0) {
    throw failed(path, code);
  }
}

void ReportFolder::write_whole(const fs::path& path, const std::string& bytes) const {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    throw failed(path, errno == 0 ? EIO : errno);
  }
  sync(path);
}

/// Two folders change places in one step, so that there is always a whole one. Where the file
/// system cannot do that, the old one is moved away first: a run that is killed between the two
/// leaves none, and the next makes it.
void ReportFolder::exchange(const fs::path& draft, const fs::path& place, bool is_there) const {
  if (is_there &&
      renameat2(AT_FDCWD, draft.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0) {
    return;
  }
  if (is_there && errno != EINVAL && errno != ENOSYS) {
    throw failed(place, errno);
  }
  const fs::path aside = draft_of(path_, place.filename().string() + ".old");
  if ((is_there && std::rename(place.c_str(), aside.c_str()) != 0) ||
      std::rename(draft.c_str(), place.c_str()) != 0 ||
      (is_there && std::rename(aside.c_str(), draft.c_str()) != 0)) {
    throw failed(place, errno);
  }
}

void ReportFolder::put(const std::string& label, const Files& files,
                       const std::set<std::string>& ours) {
  const fs::path place = path_ / label;
  const fs::path draft = draft_of(path_, label);
  std::error_code error;
  fs::remove_all(draft, error);
  try {
    if (!fs::create_directory(draft, error)) {
      throw failed(draft, error.value());
    }
    for (const auto& [name, bytes] : files) {
      write_whole(draft / name, bytes);
    }
    sync(draft);
    // Two folders change places in one step, so that there is always a whole one.
    const fs::file_status there = fs::symlink_status(place, error);
    if (fs::exists(there) && !fs::is_directory(there)) {
      throw Error(ErrorKind::cannot_create, place.string() + ": is there, and is no folder");
    }
    exchange(draft, place, fs::exists(there));
    sync(path_);
  } catch (...) {
    fs::remove_all(draft, error);
    throw;
  }
  // What is not ours was laid there by somebody.
  for (const auto& entry : fs::directory_iterator(draft, error)) {
    const fs::path name = entry.path().filename();
    if (ours.count(name.string()) == 0 && files.count(name.string()) == 0) {
      fs::rename(entry.path(), place / name, error);
    }
  }
  fs::remove_all(draft, error);
}

void ReportFolder::put_file(const std::string& name, const std::string& text) {
  const fs::path place = path_ / name;
  std::error_code error;
  if (fs::exists(place, error) && !fs::is_regular_file(place, error)) {
    throw Error(ErrorKind::cannot_create, place.string() + ": is there, and is no file");
  }
  std::ifstream in(place, std::ios::binary);
  if (in && text == std::string(std::istreambuf_iterator<char>(in), {})) {
    return;
  }
  const fs::path draft = path_ / ('.' + name + ".part");
  try {
    write_whole(draft, text);
    if (std::rename(draft.c_str(), place.c_str()) != 0) {
      throw failed(place, errno);
    }
  } catch (...) {
    fs::remove(draft, error);
    throw;
  }
}

std::vector<std::string> ReportFolder::labels() const {
  std::vector<std::string> all;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename().string();
    if (is_label(name) && has(name, "manifest.json")) {
      all.push_back(name);
    }
  }
  std::sort(all.begin(), all.end(), std::greater<>());
  return all;
}

}  // namespace fleetmeter::api
