#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/stores.hpp"

namespace fleetmeter {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSqliteBegin{"SQLite format 3\0", 16};

bool is_folder(const std::string& name) {
  std::error_code failure;
  return fs::is_directory(name, failure);
}

bool is_there(const std::string& name) {
  std::error_code failure;
  return fs::exists(fs::symlink_status(name, failure));
}

/// Whether SQLite keeps this file beside a database.
bool is_companion(const std::string& path) {
  for (const char* const ending : {"-wal", "-shm", "-journal"}) {
    if (path.ends_with(ending)) {
      return true;
    }
  }
  return false;
}

/// Whether a file in a folder is meant to be a store. One that is none in the end is told of when
/// it is opened.
bool looks_like_store(const fs::path& path) {
  std::error_code failure;
  const std::string name = path.filename().string();
  if (name.starts_with('.') || is_companion(name) || !fs::is_regular_file(path, failure)) {
    return false;
  }
  if (name.ends_with(".db")) {
    return true;
  }
  std::string begin(kSqliteBegin.size(), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return file && begin == kSqliteBegin;
}

void add_folder(const std::string& folder, std::vector<std::string>& paths) {
  std::vector<std::string> found;
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (looks_like_store(at->path())) {
      found.push_back(at->path().string());
    }
  }
  if (failure) {
    throw Error(failure == std::errc::permission_denied ? ErrorKind::permission : ErrorKind::io,
                folder + ": cannot be read (" + failure.message() + ")");
  }
  if (found.empty()) {
    throw Error(ErrorKind::no_input, folder + ": no store lies in this folder");
  }
  std::sort(found.begin(), found.end());
  paths.insert(paths.end(), found.begin(), found.end());
}

/// The paths that match a pattern, in the order of bytes, but for what SQLite keeps beside them.
std::vector<std::string> matches(const std::string& pattern) {
  glob_t found{};
  std::vector<std::string> paths;
  if (glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
      if (!is_companion(found.gl_pathv[i])) {
        paths.emplace_back(found.gl_pathv[i]);
      }
    }
  }
  globfree(&found);
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool is_pattern(const std::string& name) {
  return name.find_first_of("*?[") != std::string::npos && !is_there(name);
}

}  // namespace

bool names_several_stores(const std::string& name) {
  return is_folder(name) || (is_pattern(name) && !matches(name).empty());
}

std::vector<std::string> stores_named(const std::vector<std::string>& names) {
  std::vector<std::string> paths;
  for (const std::string& name : names) {
    const bool is_one = !is_pattern(name);
    const std::vector<std::string> named = is_one ? std::vector{name} : matches(name);
    if (named.empty()) {
      throw Error(ErrorKind::no_input, name + ": no file matches this pattern");
    }
    for (const std::string& one : named) {
      if (is_folder(one)) {
        add_folder(one, paths);
      } else {
        paths.push_back(one);
      }
    }
  }
  return paths;
}

}  // namespace fleetmeter
