#include "support/disk_files.hpp"

#include <algorithm>
#include <random>

namespace fleetmeter::test {

namespace {

constexpr std::size_t kSector = 512;

void put(const DiskOperation& change, std::string& to) {
  if (change.kind == DiskOperation::Kind::resize) {
    to.resize(change.at);
    return;
  }
  to.resize(std::max(to.size(), change.at + change.bytes.size()));
  to.replace(change.at, change.bytes.size(), change.bytes);
}

}  // namespace

DiskFiles::DiskFiles(const Image& image) {
  for (const auto& [name, bytes] : image) {
    File& file = files_[name];
    file.now = bytes;
    file.durable = bytes;
    file.exists_durably = true;
  }
}

void DiskFiles::perform(const DiskOperation& operation) {
  File& file = files_[operation.file];
  switch (operation.kind) {
    case DiskOperation::Kind::create:
      if (!file.exists) {
        file.exists = true;
        perform({DiskOperation::Kind::resize, operation.file, 0, {}, false});
      }
      return;
    case DiskOperation::Kind::write:
    case DiskOperation::Kind::resize:
      put(operation, file.now);
      file.pending.push_back(operation);
      return;
    case DiskOperation::Kind::sync:
      if (!lies_) {
        for (const DiskOperation& change : file.pending) {
          put(change, file.durable);
        }
        file.pending.clear();
        file.exists_durably = true;
      }
      return;
    case DiskOperation::Kind::remove:
      file.exists = false;
      if (operation.is_lasting && !lies_) {
        file.exists_durably = false;
        file.durable.clear();
        file.pending.clear();
      }
      return;
  }
}

const std::string* DiskFiles::find(const std::string& name) const {
  const auto found = files_.find(name);
  return found == files_.end() || !found->second.exists ? nullptr : &found->second.now;
}

DiskFiles::Image DiskFiles::image() const {
  Image image;
  for (const auto& [name, file] : files_) {
    if (file.exists) {
      image[name] = file.now;
    }
  }
  return image;
}

DiskFiles::Image DiskFiles::after_cut(Left left, std::uint64_t seed) const {
  std::mt19937_64 random(seed);
  const auto stays = [&] {
    return left == Left::everything || (left != Left::nothing && random() % 2 == 0);
  };
  Image after;
  for (const auto& [name, file] : files_) {
    // A file that was made, or removed, may be there or not until its folder is on the disk.
    const bool exists = file.exists == file.exists_durably ? file.exists
                        : stays()                          ? file.exists
                                                           : file.exists_durably;
    if (!exists) {
      continue;
    }
    std::string& bytes = after[name];
    bytes = file.durable;
    for (const DiskOperation& change : file.pending) {
      if (left != Left::some_sectors || change.kind == DiskOperation::Kind::resize) {
        if (stays()) {
          put(change, bytes);
        }
        continue;
      }
      for (std::size_t at = 0; at < change.bytes.size(); at += kSector) {
        if (stays()) {
          put({change.kind, name, change.at + at, change.bytes.substr(at, kSector), false}, bytes);
        }
      }
    }
  }
  return after;
}

}  // namespace fleetmeter::test
