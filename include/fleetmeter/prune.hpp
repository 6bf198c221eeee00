#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// Which observations Store::prune moves out of a store, and where to.
struct PruneRequest {
  /// Those of processes of which no answer about this instant or a later one needs any.
  std::int64_t before_ms = 0;
  std::string folder;   ///< where the file is made; it must be there
  bool vacuum = false;  ///< give the room that is free then back to the file system
};

/// What became of it. The file is absent when there was nothing to move.
struct Pruning {
  std::optional<std::string> file;  ///< its name: the SHA-256 of its bytes, and `.parquet`
  std::int64_t file_bytes = 0;
  std::int64_t before_ms = 0;
  std::int64_t processes = 0;     ///< whose observations were moved, all of them
  std::int64_t observations = 0;  ///< that were moved
  // Of the processes that were seen before then and never later, those that keep theirs:
  std::int64_t kept_unended = 0;    ///< nothing says that they ended
  std::int64_t kept_reaching = 0;   ///< they may have lived until then, or the sums lack them
  std::int64_t kept_for_seals = 0;  ///< a seal is worked out again from their observations
  std::int64_t store_bytes = 0;     ///< the size of the store's file
  std::int64_t free_bytes = 0;      ///< of it, what the next ingest fills again

  static const std::vector<Column<Pruning>>& columns();
};

/// A file whose observations are in the store again.
struct Unpruning {
  std::string file;
  std::int64_t processes = 0;
  std::int64_t observations = 0;

  static const std::vector<Column<Unpruning>>& columns();
};

}  // namespace fleetmeter
