#include "meter/life.hpp"

#include <algorithm>

namespace fleetmeter::meter {

std::int64_t death_bound(const Life& life, const Belief& belief, Believed believed) {
  if (life.terminated_at_ms) {
    return *life.terminated_at_ms;
  }
  if (believed == Believed::running) {
    return belief.as_of_ms;
  }
  const std::int64_t begin =
      life.started_at_ms.value_or(life.starting_at_ms.value_or(life.last_seen_ms));
  return std::min(belief.as_of_ms, std::max(life.last_seen_ms, begin + belief.max_lifespan_ms));
}

}  // namespace fleetmeter::meter
