#include "parquet/delta.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "parquet/format.hpp"
#include "parquet/thrift.hpp"

namespace fleetmeter::parquet {

namespace {

/// Differences are taken modulo 2^64, so that none overflows.
using Differences = std::array<std::uint64_t, kBlock>;

/// Appends numbers of so many bits each, the low bits first.
void append_packed(std::span<const std::uint64_t> values, unsigned width, std::string& out) {
  std::uint64_t bits = 0;
  unsigned filled = 0;
  for (const std::uint64_t value : values) {
    for (unsigned taken = 0; taken < width;) {
      const unsigned now = std::min(width - taken, 8 - filled);
      bits |= ((value >> taken) & ((1U << now) - 1U)) << filled;
      taken += now;
      filled += now;
      if (filled == 8) {
        out.push_back(static_cast<char>(bits));
        bits = 0;
        filled = 0;
      }
    }
  }
}

/// `count` differences are there; what is behind them is filled up with the least.
void append_block(Differences& differences, std::size_t count, std::string& out) {
  std::int64_t least = static_cast<std::int64_t>(differences[0]);
  for (std::size_t i = 1; i < count; ++i) {
    least = std::min(least, static_cast<std::int64_t>(differences[i]));
  }
  std::fill(differences.begin() + static_cast<std::ptrdiff_t>(count), differences.end(),
            static_cast<std::uint64_t>(least));
  append_zigzag(least, out);
  std::array<unsigned, kMiniblocks> widths{};
  for (std::size_t i = 0; i < kBlock; ++i) {
    differences[i] -= static_cast<std::uint64_t>(least);
    unsigned& width = widths[i / kMiniblock];
    width = std::max(width, static_cast<unsigned>(std::bit_width(differences[i])));
  }
  for (const unsigned width : widths) {
    out.push_back(static_cast<char>(width));
  }
  // One without values is left out altogether.
  for (std::size_t i = 0; i < kMiniblocks && i * kMiniblock < count; ++i) {
    append_packed(std::span(differences).subspan(i * kMiniblock, kMiniblock), widths[i], out);
  }
}

}  // namespace

void append_deltas(std::span<const std::int64_t> values, std::string& out) {
  append_varint(kBlock, out);
  append_varint(kMiniblocks, out);
  append_varint(values.size(), out);
  append_zigzag(values.empty() ? 0 : values.front(), out);
  Differences differences{};
  for (std::size_t next = 1; next < values.size();) {
    const std::size_t count = std::min(kBlock, values.size() - next);
    for (std::size_t i = 0; i < count; ++i, ++next) {
      differences[i] =
          static_cast<std::uint64_t>(values[next]) - static_cast<std::uint64_t>(values[next - 1]);
    }
    append_block(differences, count, out);
  }
}

}  // namespace fleetmeter::parquet
