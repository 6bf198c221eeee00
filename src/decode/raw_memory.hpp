#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

namespace fleetmeter::decode {

/// Memory for bytes. Unlike that of a vector it is not filled with zeros, so what nobody writes to
/// is never touched: of a buffer for 256 KiB, a file of 10 KiB takes three pages and not 64.
class RawMemory {
 public:
  RawMemory() = default;
  RawMemory(RawMemory&& other) noexcept { *this = std::move(other); }
  RawMemory& operator=(RawMemory&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }

  [[nodiscard]] char* data() { return bytes_.get(); }
  [[nodiscard]] const char* data() const { return bytes_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Makes it `size` bytes long, of which the first `kept` stay as they are.
  void grow(std::size_t size, std::size_t kept) {
    auto bytes = std::make_unique_for_overwrite<char[]>(size);
    if (kept > 0) {
      std::memcpy(bytes.get(), bytes_.get(), kept);
    }
    bytes_ = std::move(bytes);
    size_ = size;
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

}  // namespace fleetmeter::decode
