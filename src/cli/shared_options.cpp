#include "cli/shared_options.hpp"

#include <CLI/CLI.hpp>

#include "cli/values.hpp"

namespace fleetmeter::cli {

namespace {

/// A window that counts from the as-of. `--last-month=2024-11` is refused, not taken for a yes.
void add_counted(CLI::App& app, const char* name, bool& is_asked, const char* help) {
  const auto is_bare = [](const std::string& value) {
    return value == "true" ? std::string() : "a value (" + value + ')';
  };
  app.add_flag(name, is_asked, help)->check(is_bare, "")->group("Window");
}

}  // namespace

void add_absence(CLI::App& app, Options& o, const char* group) {
  app.add_option("--absence", o.absence,
                 "Whether a process is gone that a running list ought to hold: trust or ignore")
      ->type_name("HOW")
      ->capture_default_str()
      ->group(group);
}

void add_knowledge(CLI::App& app, Options& o) {
  add_number(app, "--known-seq", o.known_seq, {.least = 0},
             "Answer as if snapshots after number N had not come")
      ->group("Window");
  app.add_option("--known-at", o.known_at,
                 "Answer as if nothing had been stored after this instant")
      ->type_name("TIME")
      ->group("Window");
}

void add_belief(CLI::App& app, Options& o) {
  app.add_option("--as-of", o.as_of, "Answer up to this instant (default: the last observation)")
      ->type_name("TIME")
      ->group("Window");
  add_lives(app, o);
}

void add_lives(CLI::App& app, Options& o) {
  app.add_option("--grace", o.grace, "A process seen this recently still runs")
      ->type_name("DURATION")
      ->capture_default_str()
      ->group("Window");
  app.add_option("--max-lifespan", o.max_lifespan, "No process lives longer")
      ->type_name("DURATION")
      ->capture_default_str()
      ->group("Window");
  add_absence(app, o, "Window");
}

void add_period(CLI::App& app, Options& o) {
  app.add_option("--day", o.window.day, "One day, like 2024-11-03")
      ->type_name("DATE")
      ->group("Window");
  app.add_option("--month", o.window.month, "One month, like 2024-11")
      ->type_name("MONTH")
      ->group("Window");
  add_last_month(app, o);
  add_counted(app, "--this-month", o.window.this_month, "The month of the as-of");
  add_counted(app, "--yesterday", o.window.yesterday, "The day before that of the as-of");
}

void add_last_month(CLI::App& app, Options& o) {
  add_counted(app, "--last-month", o.window.last_month, "The month before that of the as-of");
}

void add_zone(CLI::App& app, Options& o, const std::string& of_what, const char* group) {
  app.add_option("--tz", o.tz, "IANA zone of " + of_what)->type_name("ZONE")->group(group);
}

void add_time(CLI::App& app, Options& o) {
  app.add_option("--from", o.window.from, "From this instant on: RFC 3339, or a date in --tz")
      ->type_name("TIME")
      ->group("Window");
  app.add_option("--to", o.window.to, "Until before this instant")
      ->type_name("TIME")
      ->group("Window");
  add_period(app, o);
  add_zone(app, o, "days, months and hours [UTC]");
  add_belief(app, o);
}

void add_window(CLI::App& app, Options& o) {
  add_time(app, o);
  add_knowledge(app, o);
}

void add_filters(CLI::App& app, Options& o) {
  const auto filter = [&](const char* name, std::vector<std::string>& into, const char* value,
                          const char* help) {
    app.add_option(name, into, help)->type_name(value)->allow_extra_args(false)->group("Filters");
  };
  filter("--app", o.app_ids, "APP", "Only this app (repeatable)");
  filter("--region", o.regions, "REGION", "Only this region (repeatable)");
  filter("--deployment", o.deployment_ids, "DEPLOYMENT", "Only this deployment (repeatable)");
  filter("--process", o.process_ids, "PROCESS",
         "Only this process, by the beginning of its id (repeatable)");
}

void add_scan(CLI::App& app, Options& o) {
  app.add_flag("--scan", o.scan, "Answer from the observations, not from summaries: same bytes")
      ->group("Window");
}

void add_parts(CLI::App& app, Options& o) {
  add_filters(app, o);
  app.add_option("--by", o.by,
                 "month, day, hour, app, deployment, region, process (cost: room): a comma list")
      ->type_name("LIST")
      ->group("Groups");
  add_scan(app, o);
}

void add_meter(CLI::App& app, Options& o) {
  add_window(app, o);
  add_parts(app, o);
}

void add_pricing(CLI::App& app, Options& o) {
  app.add_option("--rates", o.rates, "The rate card (default: the only one that was imported)")
      ->type_name("CARD")
      ->group("Prices");
  app.add_option("--policy", o.policy, "How usage becomes a quantity")
      ->type_name("POLICY")
      ->capture_default_str()
      ->group("Prices");
}

}  // namespace fleetmeter::cli
