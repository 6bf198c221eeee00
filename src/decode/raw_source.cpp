#include "decode/raw_source.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kHead = 4;

}  // namespace

void RawSource::read_head() {
  head_.resize(kHead);
  std::size_t got = 0;
  while (got < head_.size()) {
    const std::size_t more = read_more(head_.data() + got, head_.size() - got);
    if (more == 0) {
      break;
    }
    got += more;
  }
  head_.resize(got);
}

std::size_t RawSource::read(char* into, std::size_t size) {
  if (head_used_ < head_.size()) {
    const std::size_t count = head_.copy(into, size, head_used_);
    head_used_ += count;
    return count;
  }
  return read_more(into, size);
}

}  // namespace fleetmeter::decode
