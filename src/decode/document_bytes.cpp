#include "decode/document_bytes.hpp"

#include <algorithm>

namespace fleetmeter::decode {

std::uint64_t DocumentBytes::keep_from(const SourceBuffer& buffer) {
  document_.cut(buffer);
  value_.cut(buffer);
  std::uint64_t keep = buffer.offset();
  if (value_.needs_buffer()) {
    keep = std::min(keep, value_.offset());
  }
  if (document_.needs_buffer()) {
    keep = std::min(keep, document_.offset());
  }
  if (is_open_) {
    digest_.take_to(keep, buffer);
  }
  return keep;
}

void DocumentBytes::begin(const SourceBuffer& buffer) {
  document_.begin(buffer.offset());
  value_.end();
  digest_.begin(buffer.offset());
  is_open_ = true;
}

base::Sha256 DocumentBytes::end(const SourceBuffer& buffer) {
  end_undigested();
  return digest_.finish(buffer);
}

void DocumentBytes::end_undigested() {
  value_.end();
  is_open_ = false;
}

}  // namespace fleetmeter::decode
