#pragma once

#include <cstdint>

#include "base/sha256.hpp"
#include "decode/source_buffer.hpp"

namespace fleetmeter::decode {

/// The SHA-256 of one document after another, fed from a buffer before its bytes leave it.
///
/// A caller who has digested the bytes of the next document already says so with expect(). When the
/// document ends where the caller thought and still is in the buffer, it is not digested again.
class DocumentDigest {
 public:
  /// The next document will have this digest if it has this length.
  void expect(std::uint64_t length, const base::Sha256& digest);
  /// A document begins here.
  void begin(std::uint64_t offset) { begin_ = digested_to_ = offset; }
  /// Takes in the document's bytes before an offset, which may leave the buffer afterwards.
  void take_to(std::uint64_t offset, const SourceBuffer& buffer);
  /// The digest of the document, which ends at the place of reading.
  [[nodiscard]] base::Sha256 finish(const SourceBuffer& buffer);

 private:
  base::Sha256Stream stream_;
  std::uint64_t begin_ = 0;
  std::uint64_t digested_to_ = 0;
  std::uint64_t expected_length_ = 0;  ///< 0: none is expected
  base::Sha256 expected_{};
};

}  // namespace fleetmeter::decode
