#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <vector>

#include "model/life.hpp"

namespace fleetmeter::store {

/// The processes whose observations may show something odd, as far as what is kept beside the
/// observations can tell: those of any other need not be read for it.
class Suspects {
 public:
  explicit Suspects(SQLite::Database& db);

  [[nodiscard]] bool holds(const model::ProcessFacts& facts) const;

 private:
  std::vector<std::int64_t> process_keys_;    ///< sorted
  std::vector<std::int64_t> restated_at_ms_;  ///< sorted
};

}  // namespace fleetmeter::store
