#include "store/new_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/file_descriptor.hpp"
#include "sql/empty_store.hpp"

namespace fleetmeter::store {

namespace {

constexpr mode_t kMode = 0644;  // less the umask; as SQLite makes a file

bool write_piece(int file, const sql::Piece& piece) {
  return pwrite(file, piece.bytes.data(), piece.bytes.size(), static_cast<off_t>(piece.offset)) ==
         static_cast<ssize_t>(piece.bytes.size());
}

}  // namespace

void put_empty_store(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const base::FileDescriptor file(
      open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kMode));
  const auto& [size, pieces] = sql::empty_store;
  const bool is_whole =
      file.number() >= 0 && ftruncate(file.number(), static_cast<off_t>(size)) == 0 &&
      std::all_of(pieces.begin(), pieces.end(),
                  [&](const sql::Piece& piece) { return write_piece(file.number(), piece); }) &&
      fdatasync(file.number()) == 0;
  if (is_whole) {
    // Its name need not be on the disk yet: the first commit syncs the folder for its log.
    const std::string unnamed = "/proc/self/fd/" + std::to_string(file.number());
    static_cast<void>(
        !linkat(AT_FDCWD, unnamed.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW));
  }
}

}  // namespace fleetmeter::store
