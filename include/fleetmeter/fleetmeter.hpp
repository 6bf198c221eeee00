#pragma once

// The whole public door.
#include "fleetmeter/decimal.hpp"         // IWYU pragma: export
#include "fleetmeter/error.hpp"           // IWYU pragma: export
#include "fleetmeter/ingest.hpp"          // IWYU pragma: export
#include "fleetmeter/int128.hpp"          // IWYU pragma: export
#include "fleetmeter/money.hpp"           // IWYU pragma: export
#include "fleetmeter/question.hpp"        // IWYU pragma: export
#include "fleetmeter/reconciliation.hpp"  // IWYU pragma: export
#include "fleetmeter/report.hpp"          // IWYU pragma: export
#include "fleetmeter/store.hpp"           // IWYU pragma: export
#include "fleetmeter/table.hpp"           // IWYU pragma: export
#include "fleetmeter/text.hpp"            // IWYU pragma: export
