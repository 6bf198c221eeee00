#include "decode/kept_bytes.hpp"

#include <algorithm>

namespace fleetmeter::decode {

std::size_t KeptBytes::shown_when_over() const {
  constexpr std::size_t kMost = 64 * 1024;
  return std::min(kMost, limit_);
}

void KeptBytes::cut(const SourceBuffer& buffer) {
  if (needs_buffer() && !is_within_limit(buffer)) {
    beginning_ = buffer.since(begin_).substr(0, shown_when_over());
    state_ = State::beginning;
  }
}

std::string_view KeptBytes::shown(const SourceBuffer& buffer) const {
  switch (state_) {
    case State::nothing:
      return {};
    case State::beginning:
      return beginning_;
    case State::whole:
      break;
  }
  const std::string_view all = buffer.since(begin_);
  return all.size() > limit_ ? all.substr(0, shown_when_over()) : all;
}

}  // namespace fleetmeter::decode
