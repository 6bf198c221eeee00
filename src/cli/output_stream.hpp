#pragma once

#include <array>
#include <ostream>
#include <streambuf>
#include <string>

namespace fleetmeter::cli {

/// Text on its way into a descriptor. A write fails at once and says why. (With std::cout and
/// std::ofstream one learns only at the end that something failed, and `errno` is whatever the last
/// system call left.)
class OutputStream {
 public:
  /// Thrown from a write when nobody reads any more (`| head`): there is nothing left to do.
  struct ReaderGone {};

  /// `name` is what messages call the place. The descriptor stays the caller's.
  OutputStream(int descriptor, std::string name);

  /// Writes throw ReaderGone, or Error when the device does not take them.
  [[nodiscard]] std::ostream& stream() { return stream_; }

 private:
  class Buffer final : public std::streambuf {
   public:
    Buffer(int descriptor, std::string name);
    ~Buffer() override;
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

   private:
    int_type overflow(int_type next) override;
    int sync() override;
    void write_out();

    int descriptor_;
    std::string name_;
    std::array<char, 64 * 1024> bytes_;
  };

  Buffer buffer_;
  class Stream final : public std::ostream {
   public:
    explicit Stream(std::streambuf* buffer) : std::ostream(buffer) { exceptions(badbit); }
  } stream_{&buffer_};
};

}  // namespace fleetmeter::cli
