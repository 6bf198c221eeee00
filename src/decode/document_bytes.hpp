#pragma once

#include <cstdint>

#include "base/sha256.hpp"
#include "decode/document_digest.hpp"
#include "decode/kept_bytes.hpp"
#include "decode/limits.hpp"
#include "decode/source_buffer.hpp"

namespace fleetmeter::decode {

/// What must not be lost of a document when its bytes leave the buffer: its digest, and its own
/// bytes and those of the value being read, as far as the record limit allows.
class DocumentBytes final : public SourceBuffer::Keeper {
 public:
  explicit DocumentBytes(const Limits& limits)
      : document_(limits.record_bytes), value_(limits.record_bytes) {}

  [[nodiscard]] std::uint64_t keep_from(const SourceBuffer& buffer) override;

  /// Spares digesting the next document if it turns out to have this length.
  void expect_digest(std::uint64_t length, const base::Sha256& digest) {
    digest_.expect(length, digest);
  }
  /// A document begins, and ends, at the place of reading.
  void begin(const SourceBuffer& buffer);
  [[nodiscard]] base::Sha256 end(const SourceBuffer& buffer);
  /// The document ends; nobody asks for its digest.
  void end_undigested();
  /// Whether a document has begun and not ended.
  [[nodiscard]] bool is_open() const { return is_open_; }

  /// The document. It is kept after its end, until the next one begins or forget() is called.
  [[nodiscard]] const KeptBytes& document() const { return document_; }
  void forget() { document_.end(); }

  /// The value being read: an element of the list, or what stands around the list.
  [[nodiscard]] KeptBytes& value() { return value_; }

 private:
  KeptBytes document_;
  KeptBytes value_;
  DocumentDigest digest_;
  bool is_open_ = false;
};

}  // namespace fleetmeter::decode
