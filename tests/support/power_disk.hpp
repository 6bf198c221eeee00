#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fleetmeter::test {

/// A disk in memory below SQLite, whose power can fail. While one lives, every database of this
/// process is on it, also those that are opened by names of real files.
///
/// What was written and not brought to the disk (xSync) may be there after a power cut, or not, or
/// in parts: each write for itself, down to sectors of 512 bytes.
class PowerDisk {
 public:
  PowerDisk();
  ~PowerDisk();
  PowerDisk(const PowerDisk&) = delete;
  PowerDisk& operator=(const PowerDisk&) = delete;

  /// What happens at an operation, counted from now: a write, a change of size, a sync or a delete.
  enum class Fate {
    power_cut,  ///< from then on nothing is done, and all that is asked fails
    io_error,   ///< this one fails, and nothing else
    full,       ///< from then on nothing can be written
  };
  void plan(std::uint64_t operation, Fate fate);
  /// Nothing is going to happen any more, and what failed works again.
  void mend();
  /// Operations since plan() or mend().
  [[nodiscard]] std::uint64_t operations() const { return operations_; }
  [[nodiscard]] bool happened() const { return happened_; }

  /// What is left of that which was not brought to the disk.
  enum class Left { nothing, everything, some_writes, some_sectors };
  /// The power is back. Nobody may have a file open.
  void restart(Left left, std::uint64_t seed);

  /// A disk that says it has done what it has not: syncs are no more than a word.
  void lie() { lies_ = true; }

  /// Everything on the disk, to begin again from.
  using Image = std::map<std::string, std::string>;
  [[nodiscard]] Image image() const;
  void load(const Image& image);

  struct Node;
  struct Vfs;

 private:
  /// Whether the operation is done; otherwise `code` is what SQLite is told.
  [[nodiscard]] bool may_do(bool writes, int& code);
  std::shared_ptr<Node> find(const std::string& name) const;

  std::map<std::string, std::shared_ptr<Node>> nodes_;
  std::uint64_t operations_ = 0;
  std::uint64_t at_ = 0;  ///< 0: nothing is planned
  Fate fate_ = Fate::power_cut;
  bool happened_ = false;
  bool lies_ = false;
  std::unique_ptr<Vfs> vfs_;
};

}  // namespace fleetmeter::test
