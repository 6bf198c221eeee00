#include "fleetmeter/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "backup/manifest.hpp"
#include "base/file_descriptor.hpp"
#include "fleetmeter/store.hpp"
#include "fleetmeter/text.hpp"
#include "store/copy_store.hpp"

namespace fleetmeter {

namespace {

using backup::Manifest;
using Status = BackupFinding::Status;
namespace fs = std::filesystem;

/// The names that a copy may have: `-` would be a file of that name.
void expect_file_name(const std::string& path) {
  if (path.empty() || path == "-") {
    throw Error(ErrorKind::usage,
                "a copy is a file with a manifest beside it: name one (" + printable(path) + ")");
  }
}

std::string manifest_beside(const std::string& copy) {
  return copy + ".manifest";
}

Error cannot(const std::string& path, const std::string& what, int code) {
  const bool has_no_place = code == EEXIST || code == ENOENT || code == ENOTDIR || code == EISDIR;
  const ErrorKind kind = has_no_place ? ErrorKind::cannot_create
                         : code == EACCES || code == EPERM || code == EROFS ? ErrorKind::permission
                                                                            : ErrorKind::io;
  return {kind, printable(path) + ": " + what + ": " + std::strerror(code)};
}

void expect_nothing_at(const std::string& path) {
  std::error_code failure;
  if (fs::symlink_status(path, failure).type() != fs::file_type::not_found) {
    throw Error(ErrorKind::cannot_create,
                printable(path) + ": there is something already, and nothing is overwritten");
  }
}

/// SQLite would take what lies in a log for pages of the store beside it, whose ever they are.
void expect_no_log_beside(const std::string& store_path) {
  for (const char* ending : {"-wal", "-journal"}) {
    std::error_code failure;
    const auto size = fs::file_size(store_path + ending, failure);
    if (!failure && size > 0) {
      throw Error(ErrorKind::cannot_create,
                  printable(store_path + ending) +
                      ": a log of the store that was here; move it to where that store is now");
    }
  }
}

/// A file that goes, with what SQLite put beside it, unless it is moved to its place.
class Temporary {
 public:
  explicit Temporary(const std::string& place) : path_(place + ".partial") {
    std::error_code failure;
    if (fs::exists(path_, failure)) {
      throw Error(ErrorKind::cannot_create,
                  printable(path_) +
                      ": a copy that was not finished, or is being made; remove it if nobody is");
    }
  }
  ~Temporary() {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
      unlink((path_ + ending).c_str());
    }
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Where nothing may be: a link is made only if there is nothing.
  void move_to(const std::string& place) {
    if (link(path_.c_str(), place.c_str()) != 0) {
      throw cannot(place, "cannot be put there", errno);
    }
    unlink(path_.c_str());
    sync_folder_of(place);
  }

 private:
  static void sync_folder_of(const std::string& place) {
    const fs::path folder = fs::absolute(place).parent_path();
    const base::FileDescriptor descriptor(open(folder.c_str(), O_RDONLY | O_CLOEXEC));
    fsync(descriptor.number());
  }

  std::string path_;
};

void write_to_disk(const std::string& path, const std::string& text) {
  const base::FileDescriptor file(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file.number() < 0 ||
      write(file.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      fsync(file.number()) != 0) {
    throw cannot(path, "cannot be written", errno);
  }
}

std::string text_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw Error(ErrorKind::no_input,
                printable(path) + ": cannot be read; a copy without its manifest was not finished");
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// What the manifest says of those names that were looked at.
void compare(const Manifest& expected, const Manifest& found,
             std::vector<BackupFinding>& findings) {
  for (const auto& [name, value] : found) {
    const auto said = std::find_if(expected.begin(), expected.end(),
                                   [&](const auto& entry) { return entry.first == name; });
    const bool is_said = said != expected.end();
    findings.push_back({name, is_said ? std::optional(said->second) : std::nullopt, value,
                        is_said && said->second == value ? Status::same : Status::differs});
  }
}

void copy_bytes(const std::string& from, const std::string& to) {
  const base::FileDescriptor source(open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (source.number() < 0) {
    throw cannot(from, "cannot be read", errno);
  }
  const base::FileDescriptor file(open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  std::vector<char> piece(256UL * 1024);
  ssize_t size = 0;
  while (file.number() >= 0 && (size = read(source.number(), piece.data(), piece.size())) > 0) {
    errno = 0;
    if (write(file.number(), piece.data(), static_cast<std::size_t>(size)) != size) {
      throw cannot(to, "cannot be written", errno == 0 ? ENOSPC : errno);
    }
  }
  if (file.number() < 0 || size < 0 || fsync(file.number()) != 0) {
    throw cannot(to, "cannot be written", errno);
  }
}

/// Puts the bytes of a copy to another place and compares them with the manifest; if these are the
/// same, also what they hold.
std::vector<BackupFinding> unpack(const std::string& copy, const std::string& to) {
  const Manifest expected =
      backup::read_manifest(manifest_beside(copy), text_in(manifest_beside(copy)));
  if (!fs::exists(copy)) {
    throw Error(ErrorKind::no_input, printable(copy) + ": there is no such file");
  }
  copy_bytes(copy, to);
  std::vector<BackupFinding> findings;
  compare(expected, backup::manifest_of_bytes(to), findings);
  if (is_sound(findings)) {
    compare(expected, backup::manifest_of_store(to), findings);
  }
  return findings;
}

/// A folder that goes with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "fleetmeter-drill-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw cannot(name, "cannot be made", errno);
    }
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + '/' + name; }

 private:
  std::string path_;
};

}  // namespace

bool is_sound(const std::vector<BackupFinding>& findings) {
  return std::all_of(findings.begin(), findings.end(),
                     [](const BackupFinding& one) { return one.status == Status::same; });
}

std::vector<BackupFinding> back_up(const std::string& store_path, const std::string& copy) {
  expect_file_name(copy);
  expect_nothing_at(copy);
  expect_nothing_at(manifest_beside(copy));
  expect_no_log_beside(copy);
  Temporary data(copy);
  store::copy_store(store_path, data.path());
  Manifest manifest = backup::manifest_of_bytes(data.path());
  for (auto& entry : backup::manifest_of_store(data.path())) {
    manifest.push_back(std::move(entry));
  }
  Temporary words(manifest_beside(copy));
  write_to_disk(words.path(), backup::to_text(manifest));
  data.move_to(copy);
  words.move_to(manifest_beside(copy));
  std::vector<BackupFinding> findings;
  compare(manifest, manifest, findings);
  return findings;
}

std::vector<BackupFinding> restore(const std::string& copy, const std::string& store_path) {
  expect_nothing_at(store_path);
  expect_no_log_beside(store_path);
  Temporary store(store_path);
  std::vector<BackupFinding> findings = unpack(copy, store.path());
  if (is_sound(findings)) {
    store.move_to(store_path);
  }
  return findings;
}

std::vector<BackupFinding> drill(const std::string& copy) {
  const TemporaryFolder folder;
  const std::string path = folder / "store.db";
  std::vector<BackupFinding> findings = unpack(copy, path);
  if (!is_sound(findings)) {
    return findings;
  }
  for (const Finding& one : Store::open(path).check()) {
    const bool is_ok = one.status == Finding::Status::ok;
    findings.push_back({"check: " + one.check, "ok",
                        is_ok ? "ok" : one.first_difference.value_or("differs"),
                        is_ok ? Status::same : Status::differs});
  }
  return findings;
}

const std::vector<Column<BackupFinding>>& BackupFinding::columns() {
  using Row = BackupFinding;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::what>{"what", "an entry of the manifest, or a check of the store"},
      Field<&Row::expected>{"expected", "as the manifest says; empty: it says nothing of it"},
      Field<&Row::found>{"found", "in the copy"},
      {"status", "same or differs",
       [](const Row& row) -> Cell {
         return std::string(row.status == Status::same ? "same" : "differs");
       }},
  };
  return kColumns;
}

}  // namespace fleetmeter
