#include "cli/output_stream.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "fleetmeter/error.hpp"

namespace fleetmeter::cli {

OutputStream::OutputStream(int descriptor, std::string name)
    : buffer_(descriptor, std::move(name)) {}

OutputStream::Buffer::Buffer(int descriptor, std::string name)
    : descriptor_(descriptor), name_(std::move(name)) {
  setp(bytes_.data(), bytes_.data() + bytes_.size());
}

OutputStream::Buffer::~Buffer() {
  try {
    write_out();  // what came before an error that ended the writing
  } catch (...) {
    return;  // is lost, and the error is the one to tell
  }
}

OutputStream::Buffer::int_type OutputStream::Buffer::overflow(int_type next) {
  write_out();
  if (!traits_type::eq_int_type(next, traits_type::eof())) {
    *pptr() = traits_type::to_char_type(next);
    pbump(1);
  }
  return traits_type::not_eof(next);
}

int OutputStream::Buffer::sync() {
  write_out();
  return 0;
}

void OutputStream::Buffer::write_out() {
  const char* from = pbase();
  const char* const end = pptr();
  setp(bytes_.data(), bytes_.data() + bytes_.size());
  while (from < end) {
    const ssize_t count = write(descriptor_, from, static_cast<std::size_t>(end - from));
    if (count >= 0) {
      from += count;
    } else if (errno == EPIPE) {
      throw ReaderGone();
    } else if (errno != EINTR) {
      throw Error(ErrorKind::io, name_ + ": cannot be written (" + std::strerror(errno) + ")");
    }
  }
}

}  // namespace fleetmeter::cli
