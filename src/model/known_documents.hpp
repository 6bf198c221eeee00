#pragma once

#include <cstdint>
#include <optional>

#include "base/sha256.hpp"
#include "model/document.hpp"
#include "model/record.hpp"

namespace fleetmeter::model {

/// A document that is stored.
struct KnownDocument {
  std::int64_t processes = 0;       ///< its good records of processes
  std::int64_t observed_at_ms = 0;  ///< the time that it is stored for
};

/// Tells which documents are stored already, so that they need not be decoded again.
class KnownDocuments {
 public:
  virtual ~KnownDocuments() = default;

  /// The document of this digest, when nothing in it was rejected and it is stored for
  /// `fallback_at_ms`, or for a time that it, or what was around it, said. Whether the same bytes
  /// are true at that time again is the caller's to tell. Nothing when no such document is known:
  /// it is then decoded, which is never wrong. A document that now says something as a list that it
  /// did not say then, by `claim`, is not known.
  [[nodiscard]] virtual std::optional<KnownDocument> find(const base::Sha256& sha256,
                                                          Instant fallback_at_ms,
                                                          const ListClaim& claim) = 0;
};

}  // namespace fleetmeter::model
