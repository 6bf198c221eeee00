#include "parquet/delta_reader.hpp"

#include <algorithm>
#include <array>

#include "parquet/format.hpp"

namespace fleetmeter::parquet {

namespace {

constexpr unsigned kWidest = 64;

/// Takes numbers of so many bits each, the low bits first.
class BitCursor {
 public:
  BitCursor(ByteCursor& bytes, unsigned width) : bytes_(bytes), width_(width) {}

  [[nodiscard]] std::uint64_t next() {
    std::uint64_t value = 0;
    for (unsigned taken = 0; taken < width_;) {
      if (left_ == 0) {
        bits_ = bytes_.byte();
        left_ = 8;
      }
      const unsigned now = std::min(width_ - taken, left_);
      value |= static_cast<std::uint64_t>(bits_ & ((1U << now) - 1U)) << taken;
      bits_ >>= now;
      left_ -= now;
      taken += now;
    }
    return value;
  }

 private:
  ByteCursor& bytes_;
  unsigned width_;
  unsigned bits_ = 0;
  unsigned left_ = 0;
};

/// Takes the next block and appends what is left of `count` numbers, a block's worth at most.
void read_block(ByteCursor& bytes, std::size_t count, std::vector<std::int64_t>& out) {
  const auto least = static_cast<std::uint64_t>(bytes.zigzag());
  std::array<unsigned, kMiniblocks> widths{};
  for (unsigned& width : widths) {
    width = bytes.byte();
  }
  for (const unsigned width : widths) {
    if (out.size() == count) {
      return;  // one without values is left out altogether
    }
    if (width > kWidest) {
      bytes.fail("numbers of more than 64 bits");
    }
    BitCursor packed(bytes, width);
    for (std::size_t i = 0; i < kMiniblock; ++i) {
      const std::uint64_t step = packed.next() + least;
      if (out.size() < count) {
        out.push_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(out.back()) + step));
      }
    }
  }
}

}  // namespace

std::vector<std::int64_t> read_deltas(ByteCursor& bytes, std::size_t count) {
  if (bytes.varint() != kBlock || bytes.varint() != kMiniblocks) {
    bytes.fail("numbers in blocks of another size");
  }
  if (bytes.varint() != count) {
    bytes.fail("more or fewer numbers than the page has");
  }
  std::vector<std::int64_t> values;
  const std::int64_t first = bytes.zigzag();
  if (count > 0) {
    values.push_back(first);
  }
  while (values.size() < count) {
    read_block(bytes, count, values);
  }
  return values;
}

}  // namespace fleetmeter::parquet
