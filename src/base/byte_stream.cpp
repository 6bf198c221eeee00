#include "base/byte_stream.hpp"

#include <utility>

namespace fleetmeter::base {

ByteStream::ByteStream(Receiver receiver)
    : std::ostream(static_cast<std::streambuf*>(this)), receiver_(std::move(receiver)) {
  setp(bytes_.data(), bytes_.data() + bytes_.size());
  exceptions(badbit);
}

void ByteStream::finish() {
  const std::string_view piece(pbase(), static_cast<std::size_t>(pptr() - pbase()));
  setp(bytes_.data(), bytes_.data() + bytes_.size());
  receiver_(piece);
}

std::streambuf::int_type ByteStream::overflow(std::streambuf::int_type next) {
  finish();
  if (!std::streambuf::traits_type::eq_int_type(next, std::streambuf::traits_type::eof())) {
    *pptr() = std::streambuf::traits_type::to_char_type(next);
    pbump(1);
  }
  return std::streambuf::traits_type::not_eof(next);
}

}  // namespace fleetmeter::base
