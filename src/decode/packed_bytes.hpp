#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string_view>
#include <vector>

#include "base/invariant.hpp"
#include "decode/raw_source.hpp"

namespace fleetmeter::decode {

/// The bytes of a packed file, with a way back: a long member is read twice, first only to see that
/// it is whole. A pipe has no way back, so what comes out of it is kept in a temporary file, which
/// has no name and goes away with this.
class PackedBytes {
 public:
  explicit PackedBytes(std::unique_ptr<RawSource> file);

  /// What stands at the place of reading: at least `least` bytes, but for the end of the file.
  [[nodiscard]] std::string_view ahead(std::size_t least);
  void consume(std::size_t count) {
    base::check(count <= end_ - at_, "an unpacker takes no more bytes than it was given");
    at_ += count;
  }
  /// The offset of the place of reading in the packed file.
  [[nodiscard]] std::uint64_t offset() const { return base_ + at_; }

  /// From now on nobody goes back before the place of reading.
  void forget_before();
  void go_back_to(std::uint64_t offset);

 private:
  [[nodiscard]] std::size_t read_more(char* into, std::size_t size);
  void keep(const char* bytes, std::size_t size);

  std::unique_ptr<RawSource> file_;
  std::vector<char> block_;
  std::uint64_t base_ = 0;  ///< the offset of block_[0]
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> kept_;  ///< of a pipe; null until it is needed
  std::uint64_t kept_from_ = 0;                           ///< the offset of its first byte
  std::uint64_t kept_to_ = 0;
};

}  // namespace fleetmeter::decode
