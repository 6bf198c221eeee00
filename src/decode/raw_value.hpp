#pragma once

#include <cstdint>
#include <string_view>

namespace fleetmeter::decode {

/// One JSON value inside a document, as bytes that nobody has looked into yet.
struct RawValue {
  /// The value, or only its beginning when it is oversize. Valid until the next call of what gave
  /// it. At least SourceBuffer::kPadding readable bytes follow, unless it is oversize.
  std::string_view bytes;
  std::uint64_t offset = 0;  ///< in the source
  std::uint64_t length = 0;  ///< of the whole value, also when it is oversize
  bool oversize = false;     ///< it is longer than Limits::record_bytes
  bool too_deep = false;     ///< it is nested deeper than Limits::depth
};

}  // namespace fleetmeter::decode
