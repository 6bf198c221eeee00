#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/invariant.hpp"
#include "decode/byte_source.hpp"
#include "decode/raw_memory.hpp"

namespace fleetmeter::decode {

/// A window onto the bytes of a source: those that were read and are still needed, and the place in
/// them where reading goes on.
///
/// Places are offsets from the beginning of the source, so that they stay right when the window
/// moves on. Views of the bytes do not: they are valid until more() or read_more() reads.
///
///     while (buffer.more()) { look_at(buffer.current()); buffer.advance(1); }
class SourceBuffer {
 public:
  /// Says which bytes must stay in the window when it moves on.
  class Keeper {
   public:
    virtual ~Keeper() = default;

    /// Called before more bytes are read: those before the returned offset leave the window. The
    /// offset is not behind buffer.offset(), the place of reading.
    [[nodiscard]] virtual std::uint64_t keep_from(const SourceBuffer& buffer) = 0;
  };

  /// Behind the last byte of the window so many can be read, as the JSON library does. What they
  /// are means nothing.
  static constexpr std::size_t kPadding = 64;

  /// `memory` is memory to use; take_memory() gives it back, so that the next source need not ask
  /// for its own.
  SourceBuffer(ByteSource& source, Keeper& keeper, RawMemory memory);
  SourceBuffer(const SourceBuffer&) = delete;
  SourceBuffer& operator=(const SourceBuffer&) = delete;
  [[nodiscard]] RawMemory take_memory() { return std::move(memory_); }

  /// Whether there is a byte at the place of reading. When none is at hand, more is read.
  [[nodiscard]] bool more() { return at_ < end_ || read_more(); }
  /// Reads more of the source, whatever is at hand. False when the source has ended, or has failed.
  [[nodiscard]] bool read_more();
  /// Whether all of the source has been read into the window.
  [[nodiscard]] bool source_ended() const { return source_ended_; }
  /// What ended the source before its end; nothing when it ended well or goes on.
  [[nodiscard]] const std::optional<SourceError>& failure() const { return failure_; }

  /// The byte at the place of reading. There must be one: more() was true.
  [[nodiscard]] char current() const {
    base::check_in_tests([&] { return at_ < end_; }, "there is a byte at the place of reading");
    return *at_;
  }
  [[nodiscard]] bool is_at(char byte) const { return current() == byte; }
  /// Whether an object or a list may begin here.
  [[nodiscard]] bool is_at_bracket() const { return is_at('{') || is_at('['); }
  /// The byte before the place of reading; a space when it has left the window.
  [[nodiscard]] char before() const { return at_ > memory_.data() ? at_[-1] : ' '; }
  /// The bytes at hand from the place of reading on.
  [[nodiscard]] std::string_view ahead() const {
    return {at_, static_cast<std::size_t>(end_ - at_)};
  }
  /// The rest of the line from the place of reading on, without white space at its end. Nothing
  /// when it is longer than `most` bytes, however many of them are at hand.
  [[nodiscard]] std::optional<std::string_view> line_ahead(std::size_t most);
  /// The bytes from an offset that is still in the window to the place of reading.
  [[nodiscard]] std::string_view since(std::uint64_t offset) const {
    const char* const begin = place_of(offset);
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }
  /// The bytes from an offset that is still in the window to the end of the window.
  [[nodiscard]] std::string_view window_from(std::uint64_t offset) const {
    const char* const begin = place_of(offset);
    return {begin, static_cast<std::size_t>(end_ - begin)};
  }

  /// The place of reading.
  [[nodiscard]] std::uint64_t offset() const {
    return base_ + static_cast<std::uint64_t>(at_ - memory_.data());
  }
  /// The end of the window.
  [[nodiscard]] std::uint64_t end_offset() const {
    return base_ + static_cast<std::uint64_t>(end_ - memory_.data());
  }
  /// Passes over bytes that are at hand.
  void advance(std::size_t count) {
    base::check_in_tests([&] { return count <= ahead().size(); }, "only bytes at hand are passed");
    at_ += count;
  }
  /// The same, by a pointer into ahead().
  void advance_to(const char* place) { advance(static_cast<std::size_t>(place - at_)); }
  /// Goes to an offset that is in the window, before or behind the place of reading.
  void go_to(std::uint64_t offset) { at_ = place_of(offset); }

 private:
  [[nodiscard]] const char* place_of(std::uint64_t offset) const {
    base::check(offset >= base_ && offset <= end_offset(),
                "bytes that are asked for have not left the buffer");
    return memory_.data() + static_cast<std::size_t>(offset - base_);
  }
  void make_room();

  ByteSource& source_;
  Keeper& keeper_;
  RawMemory memory_;
  const char* at_;          ///< the place of reading, in memory_
  const char* end_;         ///< the end of what was read, in memory_
  std::uint64_t base_ = 0;  ///< the source's offset of memory_[0]
  bool source_ended_ = false;
  std::optional<SourceError> failure_;
};

}  // namespace fleetmeter::decode
