#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <vector>

#include "model/life.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// The processes whose observations may show something odd, as far as what is kept beside the
/// observations can tell: those of any other need not be read for it. To be asked in the order of
/// process_key: it looks a range of keys ahead.
class Suspects {
 public:
  explicit Suspects(SQLite::Database& db);

  [[nodiscard]] bool holds(const model::ProcessFacts& facts);

 private:
  void look_ahead(std::int64_t process_key);

  Query<ask::ListSuspects> list_;
  std::vector<std::int64_t> restated_at_ms_;  ///< sorted
  std::int64_t from_key_ = 0;
  std::int64_t to_key_ = 0;
  std::vector<std::int64_t> process_keys_;  ///< of [from_key, to_key), sorted
};

}  // namespace fleetmeter::store
