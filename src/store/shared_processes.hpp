#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "store/part.hpp"

namespace fleetmeter::store {

/// A process that was observed in several of some stores.
struct SharedProcess {
  struct In {
    std::size_t part = 0;  ///< its place among the stores
    std::int64_t process_key = 0;
    std::int64_t first_seen_ms = 0;
    std::int64_t last_seen_ms = 0;
  };
  std::string process_id;
  std::vector<In> in;  ///< at least two, by part
};

/// The processes that were observed in more than one store, by id. Reads the ids of all of them.
[[nodiscard]] std::vector<SharedProcess> shared_processes(const Parts& parts);

}  // namespace fleetmeter::store
