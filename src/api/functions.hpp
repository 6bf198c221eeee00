#pragma once

#include <functional>

#include "fleetmeter/store.hpp"

struct sqlite3;

namespace fleetmeter {

/// Lets SQL on a connection ask what the commands ask:
///
///     SELECT * FROM billing(from, to, tz, by)     the columns of billing, those of groups first
///     SELECT * FROM egress(from, to, tz, by)
///     SELECT * FROM explain(process_id)
///     SELECT civil(ms, tz)                        the instant as clocks in the zone show it
///
/// `from` and `to` are texts as the commands read them, or unix milliseconds; whatever is NULL, or
/// not said, is as in the commands. `store` gives the store to ask, when a statement does;
/// `question` is what the questions have in common.
void add_functions(sqlite3* db, const std::function<const Store&()>& store,
                   const Question& question);

}  // namespace fleetmeter
