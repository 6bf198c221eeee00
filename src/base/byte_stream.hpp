#pragma once

#include <array>
#include <functional>
#include <ostream>
#include <streambuf>
#include <string_view>

namespace fleetmeter::base {

/// A stream that hands what is written on, piece by piece, so that it need not be held. What the
/// receiver throws comes out of the write. finish() hands on what is left.
class ByteStream final : private std::streambuf, public std::ostream {
 public:
  using Receiver = std::function<void(std::string_view piece)>;

  explicit ByteStream(Receiver receiver);
  ~ByteStream() override = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  void finish();

 private:
  std::streambuf::int_type overflow(std::streambuf::int_type next) override;

  Receiver receiver_;
  std::array<char, 64 * 1024> bytes_;
};

}  // namespace fleetmeter::base
