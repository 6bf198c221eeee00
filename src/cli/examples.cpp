#include <map>

#include "cli/description.hpp"

namespace fleetmeter::cli {

namespace {

using Examples = std::map<std::string, std::vector<Example>>;

/// Every line is run by a test (tests/cases/help_examples.test), on the archive that it makes.
const Examples& examples() {
  static const Examples kExamples{
      {"ingest",
       {{"A folder of polls, which changes nothing when it is run again",
         "fleetmeter ingest archive"},
        {"What a file holds, without storing it", "fleetmeter ingest poll.json --dry-run"},
        {"A poll from a pipe, true now", "cat poll.json | fleetmeter ingest - --observed-at now"}}},
      {"deployments",
       {{"The machines that processes run on", "fleetmeter deployments import deployments.csv"},
        {"What is known of them", "fleetmeter deployments"}}},
      {"rates",
       {{"Every price, imported and built in", "fleetmeter rates"},
        {"A rate card of your own", "fleetmeter rates import rates.csv"}}},
      {"policy", {{"How usage can become a quantity", "fleetmeter policy"}}},
      {"invoice",
       {{"The vendor's invoice", "fleetmeter invoice import invoice.csv"},
        {"How its lines were read", "fleetmeter invoice show INV-7"}}},
      {"billing",
       {{"A month in New York, by region",
         "fleetmeter billing --month 2024-11 --tz America/New_York --by region"},
        {"The month before that of the last snapshot, by app",
         "fleetmeter billing --last-month --by app"},
        {"The ten longest processes",
         "fleetmeter billing --by process --sort billable:desc --limit 10"},
        {"Each region's course, and the total", "fleetmeter billing --by region --spark --total"},
        {"All stores of a folder as one", "fleetmeter billing --db stores --month 2024-11"}}},
      {"egress",
       {{"One day by app and region, for a spreadsheet",
         "fleetmeter egress --day 2024-11-01 --by app,region -o egress.csv"},
        {"A region by hour, as it was known at snapshot 1",
         "fleetmeter egress --region Tokyo --by hour --known-seq 1"}}},
      {"cost",
       {{"A month by product", "fleetmeter cost --month 2024-11 --rates vcpu-hours"},
        {"By day, with the total",
         "fleetmeter cost --rates vcpu-hours --by day --sort amount:desc --total"}}},
      {"coverage",
       {{"Where polls are missing", "fleetmeter coverage --gaps"},
        {"How wide the bounds would be, polled otherwise", "fleetmeter coverage --advise"}}},
      {"anomalies",
       {{"What is odd about a region's processes", "fleetmeter anomalies --region Tokyo"},
        {"Those of one kind, for another program",
         "fleetmeter anomalies --flag stale_read --format ndjson"}}},
      {"explain",
       {{"The evidence behind a process, by the beginning of its id",
         "fleetmeter explain 00fc104d"},
        {"The processes behind a row of billing",
         "fleetmeter explain --billing --day 2024-11-01 --region Tokyo"}}},
      {"diff",
       {{"What came to be known since snapshot 1, by region",
         "fleetmeter diff --from-known 1 --by region"},
        {"And why", "fleetmeter diff --from-known 1 --section causes"}}},
      {"status",
       {{"What is in the store", "fleetmeter status"},
        {"What takes room in the file", "fleetmeter status --sizes --total"}}},
      {"compare", {{"Somebody's table beside what was metered", "fleetmeter compare theirs.csv"}}},
      {"reconcile",
       {{"Whether an invoice can stand", "fleetmeter reconcile INV-7 --rates vcpu-hours"},
        {"What explains the difference",
         "fleetmeter reconcile INV-7 --rates vcpu-hours --section waterfall"}}},
      {"report",
       {{"A page and tables for every day and month that is over",
         "fleetmeter report --out reports --catch-up"}}},
      {"seal", {{"A month, for good", "fleetmeter seal --month 2024-10"}}},
      {"seals",
       {{"What is sealed", "fleetmeter seals"},
        {"The lines of one seal", "fleetmeter seals 2024-10 --lines"}}},
      {"verify", {{"Whether all seals still hold", "fleetmeter verify"}}},
      {"restatements", {{"What is known otherwise by now", "fleetmeter restatements"}}},
      {"receipt", {{"A proof of the first line", "fleetmeter receipt 2024-10 0"}}},
      {"query",
       {{"What there is to ask", "fleetmeter query"},
        {"How many ran at once", "fleetmeter query peak_processes_by_hour --day 2024-11-01"},
        {"How often each region was polled", "fleetmeter query polls_by_region --gap 15m"},
        {"What one query takes and gives", "fleetmeter help query polls_by_region"}}},
      {"sql",
       {{"A question of your own",
         "fleetmeter sql 'SELECT region, count(*) FROM process_latest GROUP BY region'"},
        {"The tables and views", "fleetmeter sql --tables"},
        {"What one of them holds", "fleetmeter sql --schema process_latest"}}},
      {"export",
       {{"What Datasette is told", "fleetmeter export datasette -o metadata.json"},
        {"What it costs, as FOCUS has it",
         "fleetmeter export focus --rates vcpu-hours -o focus.csv"},
        {"Tables for DuckDB, ClickHouse and the like", "fleetmeter export lake november"}}},
      {"push",
       {{"A database", "fleetmeter push postgresql:///fleet"},
        {"Two, each with a half",
         "fleetmeter push postgresql://one/fleet postgresql://two/fleet"}}},
      {"check", {{"Whether the store agrees with itself", "fleetmeter check"}}},
      {"backup", {{"A copy of the store, with its manifest", "fleetmeter backup november.db"}}},
      {"restore",
       {{"Try whether a copy could be put back", "fleetmeter restore --drill november.db"},
        {"Put it where no store is", "fleetmeter --db again.db restore november.db"}}},
      {"unite",
       {{"One store of two", "fleetmeter unite --db fleetmeter.db --db again.db both.db"}}},
      {"prune",
       {{"What was over before November, into a file",
         "fleetmeter --db again.db prune --before 2024-11-01 --to ."},
        {"Put it back", "fleetmeter --db again.db prune --restore --from ."}}},
      {"migrate", {{"A store of an older version", "fleetmeter migrate"}}},
      {"completion",
       {{"For this shell of bash", ". <(fleetmeter completion bash)"},
        {"The manual page", "fleetmeter completion man > fleetmeter.1"}}},
  };
  return kExamples;
}

}  // namespace

std::vector<Example> examples_of(const std::string& command) {
  const auto found = examples().find(command);
  return found == examples().end() ? std::vector<Example>() : found->second;
}

}  // namespace fleetmeter::cli
