#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "fleetmeter/error.hpp"
#include "model/document.hpp"

namespace fleetmeter::ingest {

/// One event while sources are read, in their order. A source is opened, gives parts of documents,
/// and ends, well or with an error. It pauses when nothing more comes for now, perhaps in the
/// middle of a document.
struct Delivery {
  enum class Kind { opened, part, paused, ended };

  Kind kind = Kind::part;
  std::size_t source_number = 0;  ///< from 0
  std::string encoding;           ///< when opened: plain, gzip or zstd
  model::DocumentPart part;       ///< of a part
  std::int64_t bytes_read = 0;    ///< of this source so far, after decompression
  std::optional<Error> error;     ///< when ended: what stopped the source
  std::string note;               ///< when ended well: what to tell the user; "" for nothing
};

}  // namespace fleetmeter::ingest
