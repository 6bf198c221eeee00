#pragma once

#include <cstdint>
#include <optional>

#include "base/sha256.hpp"
#include "model/record.hpp"

namespace fleetmeter::model {

/// Tells which documents are stored already, so that they need not be decoded again.
class KnownDocuments {
 public:
  virtual ~KnownDocuments() = default;

  /// How many good records of processes the document of this digest has, when it is stored for the
  /// time it says itself, or else for `fallback_at_ms`, and nothing in it was rejected. Nothing
  /// when that is not known: the document is then decoded, which is never wrong.
  [[nodiscard]] virtual std::optional<std::int64_t> processes_of(const base::Sha256& sha256,
                                                                 Instant fallback_at_ms) = 0;
};

}  // namespace fleetmeter::model
