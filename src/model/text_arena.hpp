#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/invariant.hpp"

namespace fleetmeter::model {

/// Owns the texts that records point into.
class TextArena {
 public:
  TextArena() = default;
  /// For few texts: memory is taken in pieces of `block` bytes.
  explicit TextArena(std::size_t block) : block_(block) {}
  /// The texts stay where they are. What they are moved from is empty, and may be used again.
  TextArena(TextArena&& other) noexcept : block_(other.block_) { swap(other); }
  TextArena& operator=(TextArena&& other) noexcept {
    TextArena taken(std::move(other));
    swap(taken);
    return *this;
  }

  [[nodiscard]] std::string_view keep(std::string_view text) {
    if (text.empty()) {
      return "";
    }
    if (text.size() > room_) {
      grow(text.size());
    }
    char* const at = next_;
    text.copy(at, text.size());
    next_ += text.size();
    room_ -= text.size();
    return {at, text.size()};
  }

  /// Forgets the texts and keeps the memory, but for what an unusually long document took.
  void clear() {
    std::erase_if(blocks_, [&](const Block& block) { return block.size != block_; });
    blocks_.resize(std::min(blocks_.size(), kBlocksKept));
    used_ = 0;
    room_ = 0;
  }

 private:
  static constexpr std::size_t kBlock = 256 * 1024;
  static constexpr std::size_t kBlocksKept = 16;
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };

  void swap(TextArena& other) noexcept {
    std::swap(block_, other.block_);
    blocks_.swap(other.blocks_);
    std::swap(used_, other.used_);
    std::swap(next_, other.next_);
    std::swap(room_, other.room_);
  }

  void grow(std::size_t at_least) {
    if (at_least > block_ || used_ == blocks_.size()) {
      const std::size_t size = at_least > block_ ? at_least : block_;
      blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(used_),
                     Block{std::make_unique_for_overwrite<char[]>(size), size});
    }
    next_ = blocks_[used_].bytes.get();
    room_ = blocks_[used_].size;
    base::check(room_ >= at_least, "a text fits the block that it is put into");
    ++used_;
  }

  std::size_t block_ = kBlock;
  std::vector<Block> blocks_;
  std::size_t used_ = 0;
  char* next_ = nullptr;
  std::size_t room_ = 0;
};

}  // namespace fleetmeter::model
