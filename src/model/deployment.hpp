#pragma once

#include <optional>
#include <string>

#include "fleetmeter/decimal.hpp"
#include "model/record.hpp"

namespace fleetmeter::model {

/// What one document says of the machine that one deployment's processes run on. A deployment is
/// named by its app and its id together: the id alone repeats from app to app.
struct Deployment {
  std::string app_id;
  std::string deployment_id;
  std::optional<Decimal> requested_cpu;        ///< vCPU, greater than 0
  std::optional<Decimal> requested_memory_mb;  ///< kept, never priced
  std::optional<std::int64_t> rooms_per_process;
  std::optional<std::string> plan;  ///< `tiny`, `small` …, where the vendor said one
  Instant created_at_ms;
};

}  // namespace fleetmeter::model
