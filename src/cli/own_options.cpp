#include "cli/own_options.hpp"

#include <CLI/CLI.hpp>
#include <initializer_list>
#include <map>

#include "cli/query_options.hpp"
#include "cli/shared_options.hpp"
#include "cli/values.hpp"

namespace fleetmeter::cli {

namespace {

/// Remembers whether one of some options was given, be it as it would be without.
void note_given(CLI::App& app, Options& o, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    app.get_option(name)->each([&o](const std::string&) { o.priced = true; });
  }
}

// ---- what each command takes besides the common options

void add_ingest(CLI::App& app, Options& o) {
  app.add_option("paths", o.paths, "Files, folders, or - for standard input")->required();
  app.add_option("--observed-at", o.observed_at,
                 "When documents without a time were true: an instant, mtime or now")
      ->type_name("TIME");
  app.add_option("--name-tz", o.name_tz,
                 "IANA zone of times in file names that say none (else they are no times)")
      ->type_name("ZONE");
  app.add_option(
         "--name-pattern", o.name_pattern,
         "How paths say it, like 'apps/{app}/{region}/{list}-{time}.json'; also {epoch}, {*}")
      ->type_name("PATTERN");
  app.add_option("--list", o.list,
                 "Which list documents hold that do not say it: running, stopped, latest, info")
      ->type_name("KIND");
  app.add_option("--list-app", o.list_app, "The app that a list was asked for, if it says none")
      ->type_name("APP");
  app.add_option("--list-region", o.list_region, "Likewise the region")->type_name("REGION");
  add_absence(app, o, "Options");
  app.add_option("--include", o.include, "In folders, also read files called so (repeatable)")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  app.add_flag("--any-time", o.any_time,
               "Also documents of before 2000, or of more than a day ahead of this clock");
  app.add_flag("--dry-run", o.dry_run, "Decode, check and report; write nothing");
  app.add_flag("-v,--verbose", o.verbose, "On a terminal, too, a row for each source");
  add_number(app, "--max-record", o.max_record_mib, {.least = 1, .most = 1024},
             "Largest record, in MiB [16]");
}

void add_answer(CLI::App& app, Options& o) {
  add_meter(app, o);
  app.add_flag("--spark", o.spark, "One more column: the course of each row through the window")
      ->group("Groups");
}

void add_status(CLI::App& app, Options& o) {
  app.add_flag("--sizes", o.sizes, "What each table and index takes in the file");
  add_knowledge(app, o);
}

void add_explain(CLI::App& app, Options& o) {
  app.add_option("process_id", o.process_id, "The process, as the vendor names it");
  app.add_flag(
      "--billing", o.of_billing,
      "Instead of one process: those behind a row of billing, chosen by window and filters");
  app.add_flag("--egress", o.of_egress, "Likewise, behind a row of egress");
  app.add_option("--verify", o.archive,
                 "Read the documents again in this archive: do they say what the store has?")
      ->type_name("PATH");
  app.add_option("--archive", o.moved,
                 "Where the files are that `prune` moved observations to: reads what it needs")
      ->type_name("DIR");
  add_window(app, o);
  add_filters(app, o);
}

void add_diff(CLI::App& app, Options& o) {
  app.add_option("--from-known", o.from_known,
                 "The earlier state of knowledge: the number of its newest snapshot, or a time")
      ->type_name("STATE")
      ->required();
  app.add_option("--to-known", o.to_known, "The later one (default: all that is known by now)")
      ->type_name("STATE");
  app.add_option("--section", o.section, "rows, processes or causes [rows]")->type_name("SECTION");
  add_time(app, o);
  add_parts(app, o);
}

void add_anomalies(CLI::App& app, Options& o) {
  add_window(app, o);
  add_filters(app, o);
  app.add_option("--flag", o.flags, "Only this flag (repeatable)")
      ->type_name("FLAG")
      ->allow_extra_args(false);
}

void add_coverage(CLI::App& app, Options& o) {
  add_window(app, o);
  add_filters(app, o);
  app.add_option("--gap", o.gap, "A span without a poll is a gap when longer than this")
      ->type_name("DURATION");
  app.add_flag("--gaps", o.each_gap, "List the gaps and holes themselves");
  app.add_flag("--advise", o.advise,
               "How wide the bounds of billable time would be, polled otherwise");
  add_scan(app, o);
}

void add_documents(CLI::App& app, Options& o) {
  app.add_option("action", o.action, "import, or list")->type_name("ACTION");
  app.add_option("paths", o.paths, "Files to import, or - for standard input");
}

void add_invoice(CLI::App& app, Options& o) {
  app.add_option("action", o.action, "import, list or show")->type_name("ACTION");
  app.add_option("paths", o.paths, "Files to import, or - for standard input; the invoice to show");
  app.add_option("--id", o.given.invoice_id, "What the invoice is called, if it does not say")
      ->type_name("ID");
  app.add_option("--month", o.given.month, "Its month, like 2024-11")->type_name("MONTH");
  app.add_option("--currency", o.given.currency, "Its currency [USD]")->type_name("CURRENCY");
}

void add_cost(CLI::App& app, Options& o) {
  add_meter(app, o);
  add_pricing(app, o);
}

void add_compare(CLI::App& app, Options& o) {
  app.add_option("table", o.paths, "A CSV of groups and quantities, or - for standard input")
      ->required()
      ->expected(1);
  add_window(app, o);
  add_filters(app, o);
  add_scan(app, o);
}

void add_reconcile(CLI::App& app, Options& o) {
  app.add_option("invoice_id", o.invoice_ids,
                 "The invoice, as `fleetmeter invoice` lists it; several of one month as one");
  app.add_option("--year", o.year, "Every invoice of a year instead, a row each")
      ->type_name("YEAR");
  app.add_option(
         "--section", o.section,
         "header, lines, waterfall, policies, contributors or facts (default: all; in csv, tsv "
         "and ndjson the lines)")
      ->type_name("SECTION");
  app.add_flag("--ask", o.ask, "What to ask the vendor for: the facts that would settle it");
  app.add_option("--pack", o.pack, "Also makes a folder to send, with everything to check it by")
      ->type_name("DIR");
  app.add_option("--tax", o.tax, "The tax that is due on it: 19%, or an amount")
      ->type_name("SHARE|AMOUNT");
  app.add_option("--tolerance", o.tolerance,
                 "Lets so much pass, up or down: 2%, or an amount (beside what FOCUS lets pass)")
      ->type_name("SHARE|AMOUNT");
  add_pricing(app, o);
  add_belief(app, o);
  add_knowledge(app, o);
  add_zone(app, o, "the billing month [the policy's]", "Prices");
  add_scan(app, o);
}

void add_report(CLI::App& app, Options& o) {
  app.add_option("--out", o.folder, "The folder that holds a folder per period")->type_name("DIR");
  add_period(app, o);
  app.add_flag("--catch-up", o.catch_up,
               "Every day and month that is over and missing, or of which more became known");
  app.add_flag("--current", o.current,
               "With --catch-up: the day and month that are not over as well, marked so");
  app.add_flag("--xlsx", o.xlsx,
               "Also report.xlsx, a workbook with a summary and one sheet per CSV");
  app.add_option("--prom", o.prometheus, "Write metrics for a node exporter's textfile collector")
      ->type_name("FILE");
  app.add_option("--fail-on", o.fail_on,
                 "Exit 1 when a report made now has one: anomaly, coverage, reject (a comma list)")
      ->type_name("LIST");
  add_pricing(app, o);
  note_given(app, o, {"--rates", "--policy"});
  app.add_option("--invoice", o.invoice_ids,
                 "In the report of its month: this invoice beside it (repeatable)")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->group("Prices");
  add_zone(app, o, "days and months [UTC, or the policy's]");
  add_belief(app, o);
  add_knowledge(app, o);
}

void add_seal_name(CLI::App& app, Options& o) {
  app.add_option("seal", o.seal, "The seal: its number, or its month");
}

void add_seal(CLI::App& app, Options& o) {
  app.add_option("--month", o.window.month, "The month, like 2024-11; it must be over")
      ->type_name("MONTH")
      ->group("Window");
  add_last_month(app, o);
  add_zone(app, o, "the month [UTC, or the policy's]");
  add_belief(app, o);
  add_knowledge(app, o);
  add_pricing(app, o);
  note_given(app, o, {"--rates", "--policy"});
  app.add_option("--key", o.private_key,
                 "Sign with this Ed25519 key, as `openssl genpkey -algorithm ed25519` makes it")
      ->type_name("FILE");
  app.add_option("--origin", o.origin, "Who seals, like example.com/billing")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--tsq", o.time_stamp, "Write a request (RFC 3161) to stamp the checkpoint")
      ->type_name("FILE");
}

void add_seals(CLI::App& app, Options& o) {
  add_seal_name(app, o);
  app.add_flag("--lines", o.show_lines, "Print its lines, over which its root is computed");
  app.add_flag("--checkpoint", o.show_checkpoint, "Print its checkpoint, with the signature");
}

void add_verify(CLI::App& app, Options& o) {
  add_seal_name(app, o);
  app.add_option("--public-key", o.public_key,
                 "Whose signature it must bear, as `openssl pkey -pubout` writes it")
      ->type_name("FILE");
  app.add_option("--receipt", o.receipt, "Check a receipt instead, without a store")
      ->type_name("FILE");
  app.add_option("--tsr", o.time_stamp, "Also check the answer of a time-stamping authority")
      ->type_name("FILE");
  app.add_option("--ca", o.authorities, "The certificates (PEM) that are trusted for --tsr")
      ->type_name("FILE");
}

void add_receipt(CLI::App& app, Options& o) {
  add_seal_name(app, o);
  app.get_option("seal")->required();
  add_number(app, "line", o.line_no, {}, "The line, counted from 0, as in `seals SEAL --lines`")
      ->required();
}

void add_unite(CLI::App& app, Options& o) {
  app.add_option("file", o.united, "The new store")->required();
}

void add_backup(CLI::App& app, Options& o) {
  app.add_option("file", o.backup, "The copy")->required();
}

void add_restore(CLI::App& app, Options& o) {
  add_backup(app, o);
  app.add_flag("--drill", o.drill,
               "Only try it, in a folder that goes afterwards, and run every check besides");
}

void add_prune(CLI::App& app, Options& o) {
  app.add_option("--before", o.prune_before,
                 "Of processes that were over before; a date is its midnight in UTC")
      ->type_name("TIME");
  app.add_option("--to", o.prune_to, "The folder in which the file is made")->type_name("DIR");
  app.add_flag("--vacuum", o.vacuum, "Give the room that is free then back to the file system");
  app.add_flag("--restore", o.put_back, "Put everything back that was moved");
  app.add_option("--from", o.prune_from, "The folder in which the files are")->type_name("DIR");
}

void add_export(CLI::App& app, Options& o) {
  app.add_option("tool", o.tool, "datasette, focus or lake")->required();
  app.add_option("folder", o.folder, "lake: the folder that it is written into");
  app.add_option("--focus-version", o.focus.version, "focus: which version of it: 1.2, 1.3 or 1.4")
      ->type_name("VERSION")
      ->capture_default_str();
  app.add_option("--account", o.focus.account, "focus: what BillingAccountId says")
      ->type_name("ID")
      ->capture_default_str();
  app.add_flag("--rooms", o.focus.rooms, "focus: shared among rooms by time, as cost --by room is");
  app.add_option("--grain", o.grain, "lake: the distance of boundaries, a whole part of a day")
      ->type_name("DURATION")
      ->capture_default_str();
  add_window(app, o);
  add_filters(app, o);
  add_pricing(app, o);
  note_given(app, o, {"--rates", "--policy", "--focus-version", "--account"});
  add_scan(app, o);
}

void add_push(CLI::App& app, Options& o) {
  app.add_option("target", o.targets,
                 "A database, as libpq names it; several are shards, always in the same order")
      ->required();
  app.add_option("--grain", o.grain, "The distance of boundaries, a whole part of a day")
      ->type_name("DURATION")
      ->capture_default_str();
  add_lives(app, o);
}

void add_completion(CLI::App& app, Options& o) {
  app.add_option("shell", o.tool, "bash, zsh, fish; or man, for the manual page")->required();
}

void add_query(CLI::App& app, Options& o) {
  app.add_option("name", o.name, "The query; without a name all are listed");
  add_query_options(app, o);
  app.add_option("--param", o.parameters, "A parameter by its name in the SQL (repeatable)")
      ->type_name("K=V")
      ->allow_extra_args(false);
  app.add_flag("--show", o.show, "Print its SQL, ready for the sqlite3 shell");
  add_window(app, o);
}

void add_sql(CLI::App& app, Options& o) {
  app.add_option("select", o.sql, "The SELECT; without it, standard input");
  app.add_flag("--tables", o.list_tables, "List the tables and views, and what a row of each is");
  app.add_option("--schema", o.schema, "What the columns of a table or view hold")
      ->type_name("TABLE");
  app.add_option("-f,--file", o.sql_file, "Read it from a file")->type_name("FILE");
  app.add_option("--timeout", o.timeout, "Stop after this long")
      ->type_name("DURATION")
      ->capture_default_str();
  add_number(app, "--max-rows", o.max_rows, {}, "Stop after so many rows (0: all)");
  add_knowledge(app, o);
}

using AddOptions = void (*)(CLI::App&, Options&);
const std::map<std::string, AddOptions>& own_options() {
  static const std::map<std::string, AddOptions> kOwn{
      {"anomalies", add_anomalies}, {"backup", add_backup},     {"unite", add_unite},
      {"billing", add_answer},      {"compare", add_compare},   {"completion", add_completion},
      {"cost", add_cost},           {"coverage", add_coverage}, {"deployments", add_documents},
      {"diff", add_diff},           {"egress", add_answer},     {"explain", add_explain},
      {"export", add_export},       {"ingest", add_ingest},     {"invoice", add_invoice},
      {"policy", add_documents},    {"prune", add_prune},       {"push", add_push},
      {"query", add_query},         {"rates", add_documents},   {"receipt", add_receipt},
      {"reconcile", add_reconcile}, {"report", add_report},     {"restore", add_restore},
      {"seal", add_seal},           {"seals", add_seals},       {"sql", add_sql},
      {"status", add_status},       {"verify", add_verify}};
  return kOwn;
}

}  // namespace

void add_own_options(const std::string& command, CLI::App& app, Options& options) {
  if (const auto own = own_options().find(command); own != own_options().end()) {
    own->second(app, options);
  }
}

}  // namespace fleetmeter::cli
