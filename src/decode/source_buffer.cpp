#include "decode/source_buffer.hpp"

#include <algorithm>
#include <cstring>

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kChunk = 256 * 1024;

}  // namespace

SourceBuffer::SourceBuffer(ByteSource& source, Keeper& keeper, RawMemory memory)
    : source_(source),
      keeper_(keeper),
      memory_(std::move(memory)),
      at_(memory_.data()),
      end_(memory_.data()) {}

bool SourceBuffer::read_more() {
  if (source_ended_) {
    return false;
  }
  make_room();
  std::size_t count = 0;
  try {
    count = source_.read(memory_.data() + (end_ - memory_.data()), kChunk);
  } catch (const SourceError& error) {
    // What was given before is whole: whoever looks ahead must not meet this too early.
    failure_ = error;
  }
  base::check(count <= kChunk, "a source gives no more bytes than it was asked for");
  end_ += count;
  // Whatever stood there would do; this is the same every time.
  std::memset(memory_.data() + (end_ - memory_.data()), 0, kPadding);
  source_ended_ = count == 0;
  return count > 0;
}

/// Moves the bytes that are still needed to the beginning of the memory, and makes the memory long
/// enough for what is read next.
void SourceBuffer::make_room() {
  const std::uint64_t keep = keeper_.keep_from(*this);
  base::check(keep >= base_ && keep <= offset(),
              "only bytes before the place of reading leave the buffer");
  const auto gone = static_cast<std::size_t>(keep - base_);
  const auto at = static_cast<std::size_t>(at_ - memory_.data()) - gone;
  const auto end = static_cast<std::size_t>(end_ - memory_.data()) - gone;
  if (gone > 0) {
    std::memmove(memory_.data(), memory_.data() + gone, end);
  }
  base_ = keep;
  if (memory_.size() < end + kChunk + kPadding) {
    memory_.grow(std::max(end + kChunk + kPadding, memory_.size() * 2), end);
  }
  at_ = memory_.data() + at;
  end_ = memory_.data() + end;
}

std::optional<std::string_view> SourceBuffer::line_ahead(std::size_t most) {
  std::size_t looked = 0;
  std::size_t newline = std::string_view::npos;
  do {
    newline = ahead().find('\n', looked);
    looked = ahead().size();
  } while (newline == std::string_view::npos && looked <= most && read_more());
  const std::string_view line = ahead().substr(0, newline);
  if (line.size() > most) {
    return std::nullopt;
  }
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

}  // namespace fleetmeter::decode
