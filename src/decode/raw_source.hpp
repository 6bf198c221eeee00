#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "decode/byte_source.hpp"

namespace fleetmeter::decode {

/// The bytes of a source as they are. The first ones are read at once, so that it can be told how
/// it is packed before it is read.
class RawSource : public ByteSource {
 public:
  explicit RawSource(std::string path) : path_(std::move(path)) {}

  /// The first four bytes, or all there are.
  [[nodiscard]] std::string_view head() const { return head_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  std::size_t read(char* into, std::size_t size) final;
  [[nodiscard]] const char* encoding() const final { return "plain"; }

  /// Whether seek() works: of a file, and not of a pipe.
  [[nodiscard]] virtual bool can_seek() const { return false; }
  /// The next read begins at this offset from where the source began.
  virtual void seek(std::uint64_t /*offset*/) {}

 protected:
  void read_head();
  void skip_head() { head_used_ = head_.size(); }
  [[nodiscard]] virtual std::size_t read_more(char* into, std::size_t size) = 0;

 private:
  std::string path_;
  std::string head_;
  std::size_t head_used_ = 0;  ///< how much of the head read() has given
};

/// Bytes that a client's function gives.
class GivenSource final : public RawSource {
 public:
  GivenSource(std::string name, Reading read) : RawSource(std::move(name)), read_(std::move(read)) {
    read_head();
  }

 private:
  [[nodiscard]] std::size_t read_more(char* into, std::size_t size) override {
    return read_(into, size);
  }

  Reading read_;
};

}  // namespace fleetmeter::decode
