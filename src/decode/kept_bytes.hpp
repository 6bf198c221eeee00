#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "decode/source_buffer.hpp"

namespace fleetmeter::decode {

/// What a source says from some place on, kept in the buffer while it is not over the limit. From
/// then on only its beginning is kept, to be shown.
class KeptBytes {
 public:
  explicit KeptBytes(std::size_t limit) : limit_(limit) {}

  /// From here on bytes are kept.
  void begin(std::uint64_t offset) {
    begin_ = offset;
    state_ = State::whole;
  }
  /// Nothing is kept any more.
  void end() { state_ = State::nothing; }
  /// Lets go of all but the beginning when what was read is over the limit. Called before bytes
  /// leave the buffer.
  void cut(const SourceBuffer& buffer);

  [[nodiscard]] std::uint64_t offset() const { return begin_; }
  /// Whether the buffer has to hold the bytes from offset() on.
  [[nodiscard]] bool needs_buffer() const { return state_ == State::whole; }
  /// Whether everything to the place of reading is kept and is not over the limit.
  [[nodiscard]] bool is_within_limit(const SourceBuffer& buffer) const {
    return state_ == State::whole && buffer.offset() - begin_ <= limit_;
  }
  /// Everything to the place of reading; its beginning when it is over the limit.
  [[nodiscard]] std::string_view shown(const SourceBuffer& buffer) const;

 private:
  enum class State : unsigned char { nothing, whole, beginning };

  [[nodiscard]] std::size_t shown_when_over() const;

  std::size_t limit_;
  std::uint64_t begin_ = 0;
  State state_ = State::nothing;
  std::string beginning_;  ///< filled by cut()
};

}  // namespace fleetmeter::decode
