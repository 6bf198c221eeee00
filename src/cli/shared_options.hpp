#pragma once

#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace fleetmeter::cli {

// Options that several commands share, in the groups in which their help shows them.

/// What is believed of processes that were not seen to end.
void add_absence(CLI::App& app, Options& o, const char* group);
/// Up to when what was stored counts.
void add_knowledge(CLI::App& app, Options& o);
void add_belief(CLI::App& app, Options& o);
/// The same without the as-of.
void add_lives(CLI::App& app, Options& o);
/// A day or a month, named or counted from the as-of.
void add_period(CLI::App& app, Options& o);
void add_last_month(CLI::App& app, Options& o);
/// --tz: `of_what` says the zone of which times it is, and what it is when it is not said.
void add_zone(CLI::App& app, Options& o, const std::string& of_what, const char* group = "Window");
/// Which time is asked for, and what is believed.
void add_time(CLI::App& app, Options& o);
void add_window(CLI::App& app, Options& o);
void add_filters(CLI::App& app, Options& o);
void add_scan(CLI::App& app, Options& o);
/// What an answer is of, and divided by.
void add_parts(CLI::App& app, Options& o);
void add_meter(CLI::App& app, Options& o);
void add_pricing(CLI::App& app, Options& o);

}  // namespace fleetmeter::cli
