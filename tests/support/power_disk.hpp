#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "support/disk_files.hpp"

namespace fleetmeter::test {

/// A disk in memory below SQLite, whose power can fail. While one lives, every database of this
/// process is on it, also those that are opened by names of real files.
class PowerDisk {
 public:
  PowerDisk();
  ~PowerDisk();
  PowerDisk(const PowerDisk&) = delete;
  PowerDisk& operator=(const PowerDisk&) = delete;

  /// What happens at an operation, counted from now: any that DiskOperation has.
  enum class Fate {
    io_error,  ///< this one fails, and nothing else
    full,      ///< from then on nothing can be written
  };
  void plan(std::uint64_t operation, Fate fate);
  /// Nothing is going to happen any more, and what failed works again.
  void mend();
  /// Operations since plan() or mend().
  [[nodiscard]] std::uint64_t operations() const { return operations_; }

  /// Called before each operation that is done; an empty function: nobody is.
  using Witness = std::function<void(const DiskOperation&)>;
  void tell(Witness witness) { witness_ = std::move(witness); }

  /// Everything on the disk, to begin again from. Nobody may have a file open.
  using Image = DiskFiles::Image;
  [[nodiscard]] Image image() const { return files_.image(); }
  void load(const Image& image);

  struct Node;
  struct Vfs;

 private:
  /// Does it, unless it must not be done; the result is SQLite's.
  int perform(const DiskOperation& operation);
  /// The locks and the shared memory of a file.
  std::shared_ptr<Node> node_of(const std::string& name);

  DiskFiles files_;
  std::map<std::string, std::shared_ptr<Node>> nodes_;
  Witness witness_;
  std::uint64_t operations_ = 0;
  std::uint64_t at_ = 0;  ///< 0: nothing is planned
  Fate fate_ = Fate::io_error;
  std::unique_ptr<Vfs> vfs_;
};

}  // namespace fleetmeter::test
