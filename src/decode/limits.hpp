#pragma once

#include <cstddef>

namespace fleetmeter::decode {

/// Limits that keep memory flat whatever is fed in.
struct Limits {
  /// A longer record is rejected, and only its beginning is kept to be shown.
  std::size_t record_bytes = 16 * 1024 * 1024;
  /// A value may stand inside so many brackets, those of its document among them.
  unsigned depth = 64;
};

}  // namespace fleetmeter::decode
