// The generated pages of docs/ are up to date. With FLEETMETER_UPDATE_DOCS=1 they are rewritten.

#include <sstream>
#include <string>

#include "fleetmeter/fleetmeter.hpp"
#include "sql/catalog.hpp"
#include "sql/contract.hpp"
#include "support/catch.hpp"
#include "support/pages.hpp"

namespace {

using namespace fleetmeter;
using test::check_page;

void describe(std::ostream& out, const char* title, const std::vector<sql::Declared>& declared) {
  if (declared.empty()) {
    return;
  }
  out << '\n' << title << "\n\n| name | type | meaning |\n|---|---|---|\n";
  for (const sql::Declared& one : declared) {
    out << "| `" << one.name << "` | " << one.type << " | " << one.meaning << " |\n";
  }
}

/// The sentences above a table or view, and its statement.
void split(const sql::SqlText& file, std::string& comment, std::string& statement) {
  std::istringstream lines{std::string(file.text)};
  for (std::string line; std::getline(lines, line);) {
    if (statement.empty() && line.rfind("--", 0) == 0) {
      comment += line.size() > 3 ? line.substr(3) + '\n' : "\n";
    } else {
      statement += line + '\n';
    }
  }
}

/// A table of the columns of one kind of rows.
template <class Row>
void describe_answer(std::ostream& out, const char* answer) {
  out << "\n## " << answer << "\n\n| column | says |\n|---|---|\n";
  for (const fleetmeter::Column<Row>& column : Row::columns()) {
    out << "| `" << column.name << "` | " << column.meaning << " |\n";
  }
}

}  // namespace

TEST_CASE("docs/queries.md says what the contracts say", "[docs]") {
  std::ostringstream out;
  out << "# The named queries\n\nGenerated from the contracts in `queries/`; do not edit.\n\n"
         "`fleetmeter query NAME` runs one; `fleetmeter query --show NAME` prints it ready for the "
         "stock `sqlite3` shell.\nThe parameters `from_ms`, `to_ms`, `as_of_ms`, `grace_ms`, "
         "`max_lifespan_ms` and `trust_absence` come from the options\n(`--from`, `--to`, `--day`, "
         "`--month`, `--last-month`, `--this-month`, `--yesterday`, `--tz`, `--as-of`, `--grace`, "
         "`--max-lifespan`, `--absence`); the others are "
         "options of their own:\n`gap_ms` is `--gap 15m`, `at_ms` is `--at "
         "2024-11-03T08:30:00Z`. `fleetmeter help query NAME` lists them.\n\n"
         "They run unchanged in PostgreSQL 15 as well, on the tables and views of a store, and "
         "give "
         "the same answers.\nINTEGER is BIGINT there. Texts are sorted by their bytes, so the "
         "database must have been created with the\nlocale C: `createdb --template template0 "
         "--locale C NAME`. A parameter `:name` is a variable of psql.\n";
  for (const sql::SqlText* file : sql::all_queries) {
    const sql::Contract contract = sql::parse_contract(*file);
    out << "\n## " << contract.name << "\n\n" << contract.summary << "\n";
    describe(out, "Takes:", contract.in);
    describe(out, "Gives:", contract.out);
    out << "\nRows: " << contract.rows << ".\n";
    if (!contract.notes.empty()) {
      out << '\n' << contract.notes << '\n';
    }
  }
  check_page("queries.md", out.str());
}

TEST_CASE("docs/schema.md says what schema/ says", "[docs]") {
  std::ostringstream tables;
  std::ostringstream views;
  for (const sql::SqlText* file : sql::all_schema) {
    std::string comment;
    std::string statement;
    split(*file, comment, statement);
    const bool is_view = statement.rfind("CREATE VIEW", 0) == 0;
    const std::string stem(file->path.substr(7, file->path.size() - 11));
    (is_view ? views : tables) << "\n### " << stem << "\n\n"
                               << comment << "\n```sql\n"
                               << statement << "```\n";
  }
  check_page(
      "schema.md",
      "# The store's schema\n\nGenerated from `schema/`; do not edit. Every time is unix "
      "milliseconds UTC, every `_bytes` is bytes.\n\n## Views\n\nMade for any SQLite client: "
      "units in the names, no function of ours.\nAll but five run in "
      "PostgreSQL 15 as they stand; those say what keeps them from it.\n" +
          views.str() + "\n## Tables\n" + tables.str());
}

TEST_CASE("docs/answers.md says what the columns say", "[docs]") {
  std::ostringstream out;
  out << "# The columns of every answer\n\nGenerated from the lists from which CSV, JSON and "
         "tables "
         "are made; do not edit.\n\nTimes (`_ms` where a moment is meant) are unix milliseconds "
         "UTC, spans are milliseconds, `_bytes` are bytes. The\ncolumns of `--by` come first. A "
         "name "
         "with `_lo` is a lower bound, one with `_hi` an upper bound.\n";
  describe_answer<BillingRow>(out, "billing");
  describe_answer<EgressRow>(out, "egress");
  describe_answer<CostRow>(out, "cost");
  describe_answer<ComparedCell>(out, "compare");
  describe_answer<InvoiceVerdict>(out, "reconcile, with --year");
  describe_answer<EvidencePiece>(out, "explain");
  describe_answer<BillingShare>(out, "explain --billing");
  describe_answer<EgressShare>(out, "explain --egress");
  describe_answer<VerifiedDocument>(out, "explain, with --verify");
  describe_answer<Anomaly>(out, "anomalies");
  describe_answer<PlaceCoverage>(out, "coverage");
  describe_answer<CoverageGap>(out, "coverage --gaps");
  describe_answer<PollingAdvice>(out, "coverage --advise");
  describe_answer<ReconciliationFact>(out, "reconcile, section header");
  describe_answer<ReconciliationLine>(out, "reconcile, section lines");
  describe_answer<ReconciliationStep>(out, "reconcile, section waterfall");
  describe_answer<ReconciliationPolicy>(out, "reconcile, section policies");
  describe_answer<ReconciliationContributor>(out, "reconcile, section contributors");
  describe_answer<ReconciliationFactAsked>(out, "reconcile, section facts");
  describe_answer<SourceReport>(out, "ingest");
  describe_answer<MoneyReport>(out, "deployments, rates, policy, invoice: import");
  describe_answer<SealRow>(out, "seal, seals");
  describe_answer<SealFinding>(out, "verify");
  describe_answer<ReceiptSaid>(out, "verify --receipt");
  describe_answer<TimeStampSaid>(out, "verify --tsr");
  describe_answer<Restatement>(out, "restatements");
  describe_answer<ReportOutcome>(out, "report");
  describe_answer<StoreStatus>(out, "status");
  describe_answer<StoresStatus>(out, "status of several stores");
  describe_answer<TreeSize>(out, "status --sizes");
  describe_answer<Finding>(out, "check");
  describe_answer<BackupFinding>(out, "backup, restore");
  describe_answer<Pruning>(out, "prune");
  describe_answer<Unpruning>(out, "prune --restore");
  describe_answer<PushedShard>(out, "push");
  describe_answer<LakeFile>(out, "export lake");
  describe_answer<ContractProcess>(out, "contract table process");
  describe_answer<ContractHour>(out, "contract table process_hour");
  describe_answer<ContractStay>(out, "contract table room_stay");
  describe_answer<ContractPoll>(out, "contract table poll");
  describe_answer<ContractSnapshot>(out, "contract table snapshot");
  describe_answer<ContractMeta>(out, "contract table meta");
  check_page("answers.md", out.str());
}
