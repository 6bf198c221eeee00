#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::cli {

/// Everything a command line can say, as it was typed. One struct, because the common options are
/// accepted before and after the command's name.
struct Options {
  std::string db;                ///< the store
  std::vector<std::string> dbs;  ///< those that are asked as one; empty: the one above is asked
  std::optional<std::string> format;
  std::optional<std::string> output;
  std::vector<std::string> used_paths;  ///< what the command line names of files, but for -o
  std::string color = "auto";
  std::optional<std::string> sort;
  std::optional<std::size_t> limit;
  bool total = false;
  bool exact = false;
  std::optional<std::size_t> width;  ///< of tables; absent: the terminal's
  bool upright = false;              ///< status: tables are blocks
  bool quiet = false;
  bool csv_safe = false;

  std::vector<std::string> paths;  ///< ingest
  std::optional<std::string> observed_at;
  std::string name_tz;
  std::string name_pattern;
  std::string list;
  std::string list_app;
  std::string list_region;
  std::string absence = "trust";
  std::vector<std::string> include;
  bool any_time = false;
  bool verbose = false;
  bool dry_run = false;
  std::int64_t max_record_mib = 16;

  WindowText window;
  std::optional<std::string> tz;  ///< absent: UTC, or the policy's
  std::optional<std::string> by;
  std::vector<std::string> app_ids;
  std::vector<std::string> deployment_ids;
  std::vector<std::string> regions;
  std::vector<std::string> process_ids;
  std::optional<std::string> as_of;
  std::string grace = "15m";
  std::string max_lifespan = "72h";
  std::optional<std::int64_t> known_seq;
  std::optional<std::string> known_at;
  bool scan = false;
  bool spark = false;

  std::string process_id;          ///< explain
  std::vector<std::string> flags;  ///< anomalies
  std::string gap;                 ///< coverage
  bool each_gap = false;
  bool advise = false;  ///< coverage
  bool sizes = false;   ///< status

  std::string action;  ///< deployments, rates, policy, invoice
  MoneyGiven given;
  std::optional<std::string> tax;        ///< reconcile
  std::optional<std::string> tolerance;  ///< reconcile
  std::string pack;                      ///< reconcile
  std::vector<std::string> invoice_ids;  ///< reconcile
  std::optional<std::string> year;       ///< reconcile
  bool ask = false;                      ///< reconcile
  std::optional<std::string> rates;      ///< cost
  std::string policy = "standard";
  bool priced = false;  ///< report, seal, export: some option about prices was given
  std::string section;

  FocusGiven focus;                  ///< export focus
  std::string grain = "1h";          ///< export lake, push
  std::vector<std::string> targets;  ///< push

  std::string tool;                   ///< completion: a shell; export: a program
  std::optional<std::string> folder;  ///< report
  bool catch_up = false;
  bool current = false;
  bool xlsx = false;
  std::optional<std::string> prometheus;
  std::optional<std::string> fail_on;

  std::string backup;                       ///< backup, restore: the copy
  std::string united;                       ///< unite: the new store
  bool drill = false;                       ///< restore
  std::optional<std::string> prune_before;  ///< prune: an instant
  std::optional<std::string> prune_to;      ///< prune: a folder, as the next two
  std::optional<std::string> prune_from;
  std::string moved;                       ///< explain
  bool put_back = false;                   ///< prune
  bool vacuum = false;                     ///< prune
  std::optional<std::string> seal;         ///< seals, verify, receipt
  std::string origin = "fleetmeter";       ///< seal
  std::optional<std::string> private_key;  ///< seal: a file, as the next four
  std::optional<std::string> public_key;   ///< verify
  std::optional<std::string> receipt;      ///< verify
  std::optional<std::string> time_stamp;   ///< seal: a request; verify: an answer
  std::optional<std::string> authorities;  ///< verify
  bool show_lines = false;                 ///< seals
  bool show_checkpoint = false;            ///< seals
  std::int64_t line_no = 0;                ///< receipt

  std::string name;  ///< query
  std::vector<std::string> parameters;
  std::map<std::string, std::string> query_options;  ///< by the parameters' own names
  bool show = false;

  bool of_billing = false;  ///< explain
  bool of_egress = false;
  std::vector<std::string> archive;

  std::optional<std::string> from_known;  ///< diff
  std::optional<std::string> to_known;

  std::string sql;  ///< sql
  std::optional<std::string> sql_file;
  bool list_tables = false;
  std::optional<std::string> schema;  ///< the table or view to describe
  std::string timeout = "60s";
  std::int64_t max_rows = 0;
};

/// A command: its name, the heading that it stands below in --help, what it says of itself, what
/// its answer holds, and what it does. The result is the exit code of a run without an error.
struct Command {
  const char* name;
  const char* group;
  const char* help;
  const char* gives;
  int (*run)(const Options&);
};

/// The commands of this binary, in the order of --help.
[[nodiscard]] const std::vector<Command>& commands();

/// What was typed; or an exit code, when that answers already (--help, --version).
struct Parsed {
  Options options;
  const Command* command = nullptr;
  int exit_code = 0;
};

/// The store where --db names none.
[[nodiscard]] std::string default_store();

/// Throws Error(usage) with the nearest names.
[[nodiscard]] Parsed parse(int argc, char** argv);

/// The question behind the options, in the zone of --tz or else in `zone`. Throws Error(usage).
[[nodiscard]] Question question_of(const Options& options, const std::string& zone = "UTC");

/// The window that the options name. One that counts from the as-of is the month or the day that it
/// is in the question's zone, at the as-of of the stores that are asked, as far as the question
/// says that what they hold is known. Throws Error(usage).
[[nodiscard]] WindowText window_of(const Options& options, const Question& question);

int run_ingest(const Options& options);
int run_status(const Options& options);
int run_billing(const Options& options);
int run_egress(const Options& options);
int run_explain(const Options& options);
int run_diff(const Options& options);
int run_anomalies(const Options& options);
int run_coverage(const Options& options);
int run_check(const Options& options);
int run_migrate(const Options& options);
int run_deployments(const Options& options);
int run_rates(const Options& options);
int run_policy(const Options& options);
int run_invoice(const Options& options);
int run_cost(const Options& options);
int run_compare(const Options& options);
int run_reconcile(const Options& options);
int run_report(const Options& options);
int run_seal(const Options& options);
int run_seals(const Options& options);
int run_verify(const Options& options);
int run_restatements(const Options& options);
int run_receipt(const Options& options);
int run_backup(const Options& options);
int run_unite(const Options& options);
int run_restore(const Options& options);
int run_prune(const Options& options);
int run_query(const Options& options);
int run_sql(const Options& options);
int run_export(const Options& options);
int run_push(const Options& options);
int run_completion(const Options& options);

}  // namespace fleetmeter::cli
