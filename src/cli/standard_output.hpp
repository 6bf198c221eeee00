#pragma once

#include <array>
#include <ostream>
#include <streambuf>

namespace fleetmeter::cli {

/// Standard output, which fails at once and says why. (Of std::cout one learns at the end that it
/// failed; `errno` is whatever the last system call left.)
class StandardOutput {
 public:
  /// Thrown from a write when nobody reads any more (`| head`): there is nothing left to do.
  struct ReaderGone {};

  /// Writes throw ReaderGone, or Error when the device does not take them.
  [[nodiscard]] std::ostream& stream() { return stream_; }

 private:
  class Buffer final : public std::streambuf {
   public:
    Buffer();
    ~Buffer() override;
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

   private:
    int_type overflow(int_type next) override;
    int sync() override;
    void write_out();

    std::array<char, 64 * 1024> bytes_;
  };

  Buffer buffer_;
  class Stream final : public std::ostream {
   public:
    explicit Stream(std::streambuf* buffer) : std::ostream(buffer) { exceptions(badbit); }
  } stream_{&buffer_};
};

}  // namespace fleetmeter::cli
