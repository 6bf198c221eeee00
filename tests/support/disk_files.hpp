#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fleetmeter::test {

/// Something that a program does to a file of a disk.
struct DiskOperation {
  enum class Kind {
    create,  ///< or make it empty, when it was removed
    write,
    resize,
    sync,
    remove,
  };
  Kind kind = Kind::write;
  std::string file;
  std::size_t at = 0;  ///< where the bytes are written, or the new size
  std::string bytes;
  bool is_lasting = false;  ///< of a removal: the folder is brought to the disk, too
};

/// The files of a disk, as programs see them and as a power cut may leave them.
///
/// What was written and not brought to the disk (synced) may be there afterwards, or not, or in
/// parts: each write for itself, down to sectors of 512 bytes.
class DiskFiles {
 public:
  /// Files by their names, all of them on the disk.
  using Image = std::map<std::string, std::string>;

  DiskFiles() = default;
  explicit DiskFiles(const Image& image);

  void perform(const DiskOperation& operation);

  /// A disk that says it has done what it has not: syncs are no more than a word.
  void lie() { lies_ = true; }

  /// What programs see of a file; null when it is not there.
  [[nodiscard]] const std::string* find(const std::string& name) const;
  [[nodiscard]] Image image() const;

  /// What is left of that which was not brought to the disk.
  enum class Left { nothing, everything, some_writes, some_sectors };
  /// What is there when the power fails now.
  [[nodiscard]] Image after_cut(Left left, std::uint64_t seed) const;

 private:
  struct File {
    std::string now;
    std::string durable;
    std::vector<DiskOperation> pending;
    bool exists = true;
    bool exists_durably = false;
  };
  std::map<std::string, File> files_;
  bool lies_ = false;
};

}  // namespace fleetmeter::test
