#pragma once

// The whole public door.
#include "fleetmeter/backup.hpp"          // IWYU pragma: export
#include "fleetmeter/bounded.hpp"         // IWYU pragma: export
#include "fleetmeter/columns.hpp"         // IWYU pragma: export
#include "fleetmeter/compared_table.hpp"  // IWYU pragma: export
#include "fleetmeter/confine.hpp"         // IWYU pragma: export
#include "fleetmeter/contract.hpp"        // IWYU pragma: export
#include "fleetmeter/cost.hpp"            // IWYU pragma: export
#include "fleetmeter/decimal.hpp"         // IWYU pragma: export
#include "fleetmeter/diff.hpp"            // IWYU pragma: export
#include "fleetmeter/error.hpp"           // IWYU pragma: export
#include "fleetmeter/evidence.hpp"        // IWYU pragma: export
#include "fleetmeter/focus.hpp"           // IWYU pragma: export
#include "fleetmeter/ingest.hpp"          // IWYU pragma: export
#include "fleetmeter/int128.hpp"          // IWYU pragma: export
#include "fleetmeter/lake.hpp"            // IWYU pragma: export
#include "fleetmeter/limits.hpp"          // IWYU pragma: export
#include "fleetmeter/money.hpp"           // IWYU pragma: export
#include "fleetmeter/named_query.hpp"     // IWYU pragma: export
#include "fleetmeter/names.hpp"           // IWYU pragma: export
#include "fleetmeter/prune.hpp"           // IWYU pragma: export
#include "fleetmeter/public.hpp"          // IWYU pragma: export
#include "fleetmeter/push.hpp"            // IWYU pragma: export
#include "fleetmeter/question.hpp"        // IWYU pragma: export
#include "fleetmeter/reconciliation.hpp"  // IWYU pragma: export
#include "fleetmeter/report.hpp"          // IWYU pragma: export
#include "fleetmeter/seal.hpp"            // IWYU pragma: export
#include "fleetmeter/spelling.hpp"        // IWYU pragma: export
#include "fleetmeter/store.hpp"           // IWYU pragma: export
#include "fleetmeter/stores.hpp"          // IWYU pragma: export
#include "fleetmeter/stores_status.hpp"   // IWYU pragma: export
#include "fleetmeter/table.hpp"           // IWYU pragma: export
#include "fleetmeter/text.hpp"            // IWYU pragma: export
#include "fleetmeter/version.hpp"         // IWYU pragma: export
