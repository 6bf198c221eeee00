#include "lake/folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <regex>
#include <system_error>

#include "base/disk.hpp"
#include "base/sha256.hpp"
#include "decode/json_tree.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::lake {

namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kForm = "fleetmeter lake 1";
constexpr const char* kPartial = ".partial";

void make_folder(const fs::path& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure) {
    throw base::cannot_make(path.string(), "cannot be made", failure.value());
  }
}

/// Removes a file, if it is there.
void remove_file(const fs::path& file) {
  std::error_code failure;
  fs::remove(file, failure);
  if (failure) {
    throw base::cannot_make(file.string(), "cannot be removed", failure.value());
  }
}

std::string bytes_in(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// What a manifest says of what the lake was made of; nothing when it is none of ours.
std::optional<Knowledge> read_manifest(const std::string& text) {
  try {
    const decode::JsonTree tree = decode::read_json(text);
    const auto says = [&](const char* name) {
      const decode::JsonTree* const member = tree.find(name);
      return member == nullptr ? std::string() : member->text;
    };
    Knowledge knowledge{0, says("history_sha256")};
    const std::string number = says("watermark_seq");
    const char* const end = number.data() + number.size();
    const auto read = std::from_chars(number.data(), end, knowledge.watermark_seq);
    const bool is_own = says("form") == kForm && read.ec == std::errc() && read.ptr == end;
    return is_own ? std::optional(knowledge) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// Refuses a folder in which somebody else's file has the name of ours.
std::optional<Knowledge> held_by(const fs::path& file) {
  std::error_code failure;
  if (!fs::exists(fs::symlink_status(file, failure))) {
    return std::nullopt;
  }
  auto knowledge = read_manifest(bytes_in(file));
  if (!knowledge) {
    throw Error(ErrorKind::data, printable(file.string()) +
                                     ": no manifest of a lake; name another folder, or move it "
                                     "away");
  }
  return knowledge;
}

/// The folders in which files of ours are, but for the manifest.
constexpr std::array<const char*, 6> kTables{"meta",         "poll",      "process",
                                             "process_hour", "room_stay", "snapshot"};

bool is_named_by_day(const fs::path& folder) {
  static const std::regex kDay("day=[0-9]{4}-[0-9]{2}-[0-9]{2}");
  return std::regex_match(folder.filename().string(), kDay);
}

bool is_named_by_digest(const fs::path& file) {
  static const std::regex kDigest(R"([0-9a-f]{64}\.(parquet|csv)(\.partial)?)");
  return std::regex_match(file.filename().string(), kDigest);
}

bool is_kind(fs::file_type kind, const fs::path& path) {
  std::error_code failure;
  return fs::symlink_status(path, failure).type() == kind;
}

/// What is in a folder, in the order of names; nothing when there is none.
std::vector<fs::path> paths_in(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code failure;
  fs::directory_iterator entry(folder, failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    paths.push_back(entry->path());
  }
  if (failure && failure != std::errc::no_such_file_or_directory) {
    throw base::cannot_read(folder.string(), "cannot be read", failure.value());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// The files of a table that are called as only we call them.
void add_own_files(const fs::path& table, std::vector<fs::path>& files) {
  const auto add_of = [&](const fs::path& folder) {
    for (const fs::path& path : paths_in(folder)) {
      if (is_named_by_digest(path) && is_kind(fs::file_type::regular, path)) {
        files.push_back(path);
      }
    }
  };
  add_of(table);
  for (const fs::path& path : paths_in(table)) {
    if (is_named_by_day(path) && is_kind(fs::file_type::directory, path)) {
      add_of(path);
    }
  }
}

}  // namespace

Folder::Folder(const std::string& path) : path_(path) {
  make_folder(path_);
  lock_ = base::FileDescriptor(open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (lock_.number() < 0) {
    throw base::cannot_make(path_.string(), "cannot be opened", errno);
  }
  if (flock(lock_.number(), LOCK_EX | LOCK_NB) != 0) {
    throw Error(ErrorKind::busy,
                printable(path) + ": another export is being made here; try again");
  }
  held_ = held_by(path_ / kManifest);
  for (const char* table : kTables) {
    add_own_files(path_ / table, found_);
  }
}

bool Folder::holds(const fs::path& file, const std::string& bytes) const {
  std::error_code failure;
  return fs::is_regular_file(fs::symlink_status(file, failure)) &&
         fs::file_size(file, failure) == bytes.size() && bytes_in(file) == bytes;
}

void Folder::write_whole(const fs::path& file, const std::string& bytes) const {
  const fs::path partial = file.string() + kPartial;
  const base::FileDescriptor descriptor(
      open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (descriptor.number() < 0) {
    throw base::cannot_make(partial.string(), "cannot be made", errno);
  }
  try {
    base::write_all(descriptor.number(), bytes, partial.string());
    base::bring_to_disk(descriptor.number(), partial.string());
    if (rename(partial.c_str(), file.c_str()) != 0) {
      throw base::cannot_make(file.string(), "cannot be put there", errno);
    }
  } catch (const Error&) {
    unlink(partial.c_str());
    throw;
  }
  base::bring_folder_to_disk(file.parent_path().string());
}

void Folder::put(const std::string& table, const std::string& folder, const std::string& ending,
                 const std::string& bytes, std::int64_t rows) {
  LakeFile file;
  file.table = table;
  file.sha256 = base::to_hex(base::as_bytes(base::sha256(bytes)));
  file.file = folder + '/' + file.sha256 + '.' + ending;
  file.rows = rows;
  file.bytes = static_cast<std::int64_t>(bytes.size());
  file.change = LakeFile::Change::kept;
  if (!holds(path_ / file.file, bytes)) {
    make_folder(path_ / folder);
    write_whole(path_ / file.file, bytes);
    file.change = LakeFile::Change::written;
  }
  files_[file.file] = file;
}

/// Names, digests and numbers are ours: nothing in them needs an escape.
std::string Folder::manifest(const Knowledge& knowledge) const {
  std::string text = std::string("{\n  \"form\": \"") + kForm +
                     "\",\n  \"watermark_seq\": " + std::to_string(knowledge.watermark_seq) +
                     ",\n  \"history_sha256\": \"" + knowledge.history_sha256 +
                     "\",\n  \"files\": [";
  const char* separator = "\n";
  for (const auto& [name, file] : files_) {
    text += separator;
    text += R"(    {"table": ")" + file.table + R"(", "file": ")" + name + R"(", "rows": )" +
            std::to_string(file.rows) + R"(, "bytes": )" + std::to_string(file.bytes) +
            R"(, "sha256": ")" + file.sha256 + "\"}";
    separator = ",\n";
  }
  return text + "\n  ]\n}\n";
}

std::vector<LakeFile> Folder::finish(const Knowledge& knowledge) {
  const std::string text = manifest(knowledge);
  if (holds(path_ / kManifest, text)) {
    remove_file(path_ / (std::string(kManifest) + kPartial));  // of an export that was killed
  } else {
    write_whole(path_ / kManifest, text);
  }
  std::map<std::string, LakeFile> all = files_;
  for (const fs::path& path : found_) {
    const std::string name = path.lexically_relative(path_).generic_string();
    if (files_.count(name) != 0) {
      continue;
    }
    std::error_code failure;
    const auto size = fs::file_size(path, failure);
    remove_file(path);
    fs::remove(path.parent_path(), failure);  // not when something is left in it
    if (!name.ends_with(kPartial)) {
      all[name] = {name.substr(0, name.find('/')),
                   name,
                   0,
                   static_cast<std::int64_t>(size),
                   path.stem().string(),
                   LakeFile::Change::removed};
    }
  }
  std::vector<LakeFile> list;
  for (auto& [name, file] : all) {
    list.push_back(std::move(file));
  }
  return list;
}

}  // namespace fleetmeter::lake
