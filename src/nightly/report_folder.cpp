#include "nightly/report_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/byte_stream.hpp"
#include "base/disk.hpp"
#include "base/file_descriptor.hpp"
#include "fleetmeter/error.hpp"
#include "nightly/report_marks.hpp"
#include "report/files.hpp"

namespace fleetmeter::nightly {

namespace {

namespace fs = std::filesystem;

Error failed(const fs::path& path, int code) {
  return base::cannot_make(path.string(), "cannot be written", code);
}

constexpr const char* kIndex = "index.html";
constexpr int kMostDrafts = 100;

Error taken(const fs::path& path, const std::string& what) {
  return {ErrorKind::cannot_create,
          path.string() + ": is there, and is " + what + "; move it away, or name another folder"};
}

/// A name for something on its way to its place. It begins with a point, so that no web server
/// shows it.
fs::path draft_of(const fs::path& folder, const std::string& name, int number) {
  return folder / ('.' + name + (number == 0 ? "" : '.' + std::to_string(number)) + ".part");
}

/// The period of which a folder is a draft; "" when its name is not that of one.
std::string label_of_draft(const std::string& name) {
  const std::size_t end = name.find('.', 1);
  const bool is_one = name.front() == '.' && end != std::string::npos && name.ends_with(".part") &&
                      is_label(name.substr(1, end - 1));
  return is_one ? name.substr(1, end - 1) : "";
}

/// Removes files of ours from a folder, and the folder if nothing else is in it.
void clear(const fs::path& folder, const std::set<std::string>& own) {
  std::error_code error;
  for (const std::string& name : own) {
    fs::remove(folder / name, error);
  }
  fs::remove(folder, error);  // not when something is left in it
}

/// Clears a folder that gave up its place to a newer report. Its own files are removed. What others
/// put there, and what tells of an earlier restatement, is moved beside the new report.
void retire(const fs::path& folder, const fs::path& place, const std::set<std::string>& own) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path name = entry.path().filename();
    const bool goes =
        own.count(name.string()) != 0 && report::file_names().count(name.string()) != 0;
    if (!goes && !fs::exists(fs::symlink_status(place / name, error))) {
      fs::rename(entry.path(), place / name, error);
    }
  }
  clear(folder, own);
}

/// Refuses to write over what is not ours.
void expect_free(const fs::path& place, const report::Files& files,
                 const std::set<std::string>& own) {
  std::error_code error;
  const fs::file_status there = fs::symlink_status(place, error);
  if (fs::exists(there) && !fs::is_directory(there)) {
    throw taken(place, "no folder");
  }
  for (const auto& [name, file] : files) {
    if (own.count(name) == 0 && fs::exists(fs::symlink_status(place / name, error))) {
      throw taken(place / name, "no file of a report");
    }
  }
}

}  // namespace

ReportFolder::ReportFolder(const std::string& path) : path_(path) {
  std::error_code error;
  fs::create_directories(path_, error);
  if (error) {
    throw failed(path_, error.value());
  }
  const fs::path lock = path_ / ".lock";
  lock_ = open(lock.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (lock_ < 0) {
    throw failed(lock, errno);
  }
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    close(lock_);
    throw Error(ErrorKind::busy, path + ": another report is being made here; try again");
  }
  const fs::path index = path_ / kIndex;
  if (fs::exists(fs::symlink_status(index, error)) && !is_index(index)) {
    close(lock_);
    throw taken(index, "not a page over reports");
  }
  sweep();
}

ReportFolder::~ReportFolder() {
  close(lock_);
}

/// Clears away what runs that were killed left behind, as far as it is ours.
void ReportFolder::sweep() const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    const fs::path& path = entry.path();
    const std::string label = label_of_draft(path.filename().string());
    if (label.empty() || !fs::is_directory(entry.symlink_status(error))) {
      continue;
    }
    const std::set<std::string> own = own_files(path, label);
    const fs::path place = path_ / label;
    if (is_draft(path)) {
      clear(path, report::file_names());
      clear(path, own);
    } else if (!own.empty() && !fs::exists(fs::symlink_status(place, error))) {
      fs::rename(path, place, error);  // killed between the two halves of an exchange
    } else if (!own.empty() && fs::is_directory(fs::symlink_status(place, error))) {
      retire(path, place, own);
    }
  }
}

bool ReportFolder::has(const std::string& label, const std::string& file) const {
  std::error_code error;
  return fs::is_regular_file(path_ / label / file, error);
}

std::string ReportFolder::read(const std::string& label, const std::string& file) const {
  return read_file(path_ / label / file);
}

/// Writes a file that is not there yet: a link that was laid in its place is not followed.
void ReportFolder::write_whole(const fs::path& path, const report::File& file) const {
  const base::FileDescriptor descriptor(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (descriptor.number() < 0) {
    throw failed(path, errno);
  }
  try {
    base::ByteStream stream([&](std::string_view piece) {
      base::write_all(descriptor.number(), piece, path.string());
    });
    file.tell(stream);
    stream.finish();
    base::bring_to_disk(descriptor.number(), path.string());
  } catch (const Error&) {
    std::remove(path.c_str());
    throw;
  }
}

/// Lets two folders change places in one step, so that there is always a whole one. Where the file
/// system cannot do that, the old one is moved away first. A run that is killed between the two
/// moves leaves none, and the next run makes it.
void ReportFolder::exchange(const fs::path& draft, const fs::path& place, bool is_there) const {
  if (is_there &&
      renameat2(AT_FDCWD, draft.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0) {
    return;
  }
  if (is_there && errno != EINVAL && errno != ENOSYS) {
    throw failed(place, errno);
  }
  const fs::path aside = draft_of(path_, place.filename().string() + ".old", 0);
  if ((is_there && std::rename(place.c_str(), aside.c_str()) != 0) ||
      std::rename(draft.c_str(), place.c_str()) != 0 ||
      (is_there && std::rename(aside.c_str(), draft.c_str()) != 0)) {
    throw failed(place, errno);
  }
}

/// A new folder, under a name that nothing has.
fs::path ReportFolder::make_draft(const std::string& label) const {
  for (int number = 0;; ++number) {
    fs::path draft = draft_of(path_, label, number);
    std::error_code error;
    if (fs::create_directory(draft, error)) {
      return draft;
    }
    const int code = error ? error.value() : EEXIST;
    if (code != EEXIST || number == kMostDrafts) {
      throw failed(draft, code);
    }
  }
}

void ReportFolder::put(const std::string& label, const report::Files& files) {
  const fs::path place = path_ / label;
  const std::set<std::string> own = own_files(place, label);
  expect_free(place, files, own);
  const fs::path draft = make_draft(label);
  try {
    for (const auto& [name, file] : files) {
      write_whole(draft / name, file);
    }
    base::bring_folder_to_disk(draft.string());
    std::error_code error;
    exchange(draft, place, fs::exists(place, error));
    base::bring_folder_to_disk(path_.string());
  } catch (...) {
    std::set<std::string> names;
    for (const auto& [name, file] : files) {
      names.insert(name);
    }
    clear(draft, names);
    throw;
  }
  retire(draft, place, own);
}

void ReportFolder::put_index(const std::string& text) {
  const fs::path place = path_ / kIndex;
  if (read_file(place) == text) {
    return;
  }
  fs::path draft = draft_of(path_, kIndex, 0);
  std::error_code error;
  for (int number = 1; number < kMostDrafts && fs::exists(fs::symlink_status(draft, error));
       ++number) {
    draft = draft_of(path_, kIndex, number);
  }
  write_whole(draft, report::file_with(text));
  if (std::rename(draft.c_str(), place.c_str()) != 0) {
    const int code = errno;
    fs::remove(draft, error);
    throw failed(place, code);
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

}  // namespace fleetmeter::nightly
