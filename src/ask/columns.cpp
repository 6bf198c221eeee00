// The columns of the answers that ask/ gives.

#include <algorithm>
#include <string_view>

#include "fleetmeter/evidence.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/stores_status.hpp"

namespace fleetmeter {

const std::vector<Column<BillingRow>>& BillingRow::columns() {
  using Row = BillingRow;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::processes>{"processes", "with billable time, or maybe with some"},
      {"billable_ms", "from startedAt to stoppingAt, in the window",
       [](const Row& row) -> Cell { return row.billable_ms.point; }},
      {"billable_ms_lo", "at least", [](const Row& row) -> Cell { return row.billable_ms.lo; }},
      {"billable_ms_hi", "at most", [](const Row& row) -> Cell { return row.billable_ms.hi; }},
  };
  return kColumns;
}

const std::vector<Column<EgressRow>>& EgressRow::columns() {
  using Row = EgressRow;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::processes>{"processes", "that sent something, or may have"},
      {"egress_bytes", "that left in the window",
       [](const Row& row) -> Cell { return row.egress_bytes.point; }},
      {"egress_bytes_lo", "at least", [](const Row& row) -> Cell { return row.egress_bytes.lo; }},
      {"egress_bytes_hi", "at most; of open processes only what was seen",
       [](const Row& row) -> Cell { return row.egress_bytes.hi; }},
      Field<&Row::open_processes>{"open_processes", "may have sent more than anybody read"},
      Field<&Row::unmetered_processes>{"unmetered_processes",
                                       "never said a counter: their egress is unknown, not 0"},
  };
  return kColumns;
}

const std::vector<Column<VerifiedDocument>>& VerifiedDocument::columns() {
  using Row = VerifiedDocument;
  static const std::vector<Column<Row>> kColumns{
      {"snapshot_seq", "of the document, by when it became known",
       [](const Row& row) -> Cell { return row.from.snapshot_seq; }},
      {"source", "the file that it came from, as it was named then",
       [](const Row& row) -> Cell { return row.from.source; }},
      {"byte_offset", "where it begins there",
       [](const Row& row) -> Cell { return row.from.byte_offset; }},
      {"byte_length", "", [](const Row& row) -> Cell { return row.from.byte_length; }},
      {"sha256", "what its digest was", [](const Row& row) -> Cell { return row.from.sha256; }},
      Field<&Row::file>{"file", "that was read now; empty when there is none of this name"},
      {"result", "holds, changed, missing or contradicted",
       [](const Row& row) -> Cell { return std::string(result_name(row.result)); }},
      Field<&Row::note>{"note", "what is wrong; empty when nothing is"},
  };
  return kColumns;
}

const std::vector<Column<Anomaly>>& Anomaly::columns() {
  using Row = Anomaly;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::process_id>{"process_id", ""},
      {"flag", "what is odd",
       [](const Row& row) -> Cell { return std::string(flag_name(row.flag)); }},
      Field<&Row::app_id>{"app_id", "empty when nobody said it"},
      Field<&Row::deployment_id>{"deployment_id", "empty when nobody said it"},
      Field<&Row::region>{"region", "empty when nobody said it"},
      Field<&Row::observed_at_ms>{"observed_at_ms", "of the snapshot that shows it"},
      {"snapshot_seq", "its number, by when it became known",
       [](const Row& row) -> Cell { return row.from.snapshot_seq; }},
      Field<&Row::evidence>{"evidence", "a sentence"},
      {"source", "the file it came from", [](const Row& row) -> Cell { return row.from.source; }},
      {"byte_offset", "where its document begins there",
       [](const Row& row) -> Cell { return row.from.byte_offset; }},
  };
  return kColumns;
}

const std::vector<Column<BillingShare>>& BillingShare::columns() {
  using Row = BillingShare;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::process_id>{"process_id", ""},
      Field<&Row::app_id>{"app_id", "empty when nobody said it"},
      Field<&Row::deployment_id>{"deployment_id", "empty when nobody said it"},
      Field<&Row::region>{"region", "empty when nobody said it"},
      Field<&Row::rule>{"rule", "complete, or the flag of the rule that decided its end"},
      Field<&Row::from_ms>{"from_ms", "unix ms: its billable time in the window begins"},
      Field<&Row::to_ms>{"to_ms", "unix ms: and ends"},
      {"billable_ms", "its part of the row",
       [](const Row& row) -> Cell { return row.billable_ms.point; }},
      {"billable_ms_lo", "at least", [](const Row& row) -> Cell { return row.billable_ms.lo; }},
      {"billable_ms_hi", "at most", [](const Row& row) -> Cell { return row.billable_ms.hi; }},
  };
  return kColumns;
}

const std::vector<Column<EgressShare>>& EgressShare::columns() {
  using Row = EgressShare;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::process_id>{"process_id", ""},
      Field<&Row::app_id>{"app_id", "empty when nobody said it"},
      Field<&Row::deployment_id>{"deployment_id", "empty when nobody said it"},
      Field<&Row::region>{"region", "empty when nobody said it"},
      Field<&Row::first_seen_ms>{"first_seen_ms", "unix ms"},
      Field<&Row::last_seen_ms>{"last_seen_ms", "unix ms"},
      {"egress_bytes", "its part of the row",
       [](const Row& row) -> Cell { return row.egress_bytes.point; }},
      {"egress_bytes_lo", "at least", [](const Row& row) -> Cell { return row.egress_bytes.lo; }},
      {"egress_bytes_hi", "at most; of one that is open only what was seen",
       [](const Row& row) -> Cell { return row.egress_bytes.hi; }},
      {"open", "1: it may have sent more than anybody read",
       [](const Row& row) -> Cell { return std::int64_t{row.is_open}; }},
      {"unmetered", "1: it never said a counter, and adds nothing",
       [](const Row& row) -> Cell { return std::int64_t{row.is_unmetered}; }},
  };
  return kColumns;
}

const std::vector<Column<EvidencePiece>>& EvidencePiece::columns() {
  using Row = EvidencePiece;
  static const std::vector<Column<Row>> kColumns{
      {"section",
       "what kind of piece: process, window, timestamp, billable, flag, egress, anchor, segment, "
       "snapshot",
       [](const Row& row) -> Cell { return std::string(section_name(row.section)); }},
      Field<&Row::name>{"name", ""},
      Field<&Row::at_ms>{"at_ms", "unix ms"},
      Field<&Row::to_ms>{"to_ms", "unix ms; the end of a span"},
      Field<&Row::value>{"value", "milliseconds under billable, bytes elsewhere"},
      Field<&Row::value_lo>{"value_lo", "at least"},
      Field<&Row::value_hi>{"value_hi", "at most"},
      Field<&Row::note>{"note", "the rule, or what was read"},
      {"snapshot_seq", "of the snapshot that says it; empty where none does",
       [](const Row& row) -> Cell {
         return row.from ? Cell(row.from->snapshot_seq) : Cell(nullptr);
       },
       CellKind::integer},
      {"source", "the file it came from",
       [](const Row& row) -> Cell { return row.from ? Cell(row.from->source) : Cell(nullptr); },
       CellKind::text},
      {"byte_offset", "where its document begins there",
       [](const Row& row) -> Cell {
         return row.from ? Cell(row.from->byte_offset) : Cell(nullptr);
       },
       CellKind::integer},
      {"byte_length", "",
       [](const Row& row) -> Cell {
         return row.from ? Cell(row.from->byte_length) : Cell(nullptr);
       },
       CellKind::integer},
      {"sha256", "of the document, hexadecimal",
       [](const Row& row) -> Cell { return row.from ? Cell(row.from->sha256) : Cell(nullptr); },
       CellKind::text},
  };
  return kColumns;
}

const std::vector<Column<PlaceCoverage>>& PlaceCoverage::columns() {
  using Row = PlaceCoverage;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::app_id>{"app_id", "empty when nobody said it"},
      Field<&Row::region>{"region", "empty when nobody said it"},
      Field<&Row::polls>{"polls",
                         "instants at which a process was seen there, or a running list, maybe an "
                         "empty one, speaks for it"},
      Field<&Row::capped_polls>{"capped_polls", "of them, those at which some list was cut"},
      Field<&Row::first_poll_at_ms>{"first_poll_at_ms", "empty when no poll lies in the window"},
      Field<&Row::last_poll_at_ms>{"last_poll_at_ms", ""},
      Field<&Row::usual_interval_ms>{"usual_interval_ms", "the median distance between polls"},
      Field<&Row::gaps>{"gaps", "spans between polls that are too long, while a process was alive"},
      Field<&Row::longest_gap_ms>{"longest_gap_ms", ""},
      Field<&Row::uncovered_ms>{"uncovered_ms", "the sum of the gaps"},
      Field<&Row::unpolled_ms>{"unpolled_ms", "far from any of its polls, whatever ran"},
      Field<&Row::lists>{"lists", "running lists that prove something and speak for it"},
      Field<&Row::holes>{"holes",
                         "spans between two running lists, of which the later was cut and shows no "
                         "process as old as the earlier list"},
      Field<&Row::longest_hole_ms>{"longest_hole_ms", ""},
      Field<&Row::hole_ms>{"hole_ms", "the sum of the holes"},
      Field<&Row::seen_ms>{"seen_ms",
                           "between running lists that follow closely and without a hole: every "
                           "process would have been seen"},
      Field<&Row::seen_share>{"seen_share", "the same in percent of the window, rounded down"},
  };
  return kColumns;
}

const std::vector<Column<CoverageGap>>& CoverageGap::columns() {
  using Row = CoverageGap;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::app_id>{"app_id", "empty when nobody said it"},
      Field<&Row::region>{"region", "empty when nobody said it"},
      Field<&Row::from_ms>{"from_ms", "the poll before, or the window's begin"},
      Field<&Row::to_ms>{"to_ms", "the poll after, or the window's end"},
      {"gap_ms", "", [](const Row& row) -> Cell { return row.length_ms(); }},
      {"kind", "gap, or hole",
       [](const Row& row) -> Cell { return std::string(kind_name(row.kind)); }},
  };
  return kColumns;
}

const std::vector<Column<PollingAdvice>>& PollingAdvice::columns() {
  using Row = PollingAdvice;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::advice>{"advice", "a way of polling"},
      {"basis", "measured on this archive, or computed from it",
       [](const Row& row) -> Cell { return std::string(basis_name(row.basis)); }},
      Field<&Row::interval_ms>{"interval_ms", "the usual distance between polls"},
      {"billable_ms", "as billing would have answered",
       [](const Row& row) -> Cell { return row.billable_ms.point; }},
      {"billable_ms_lo", "at least", [](const Row& row) -> Cell { return row.billable_ms.lo; }},
      {"billable_ms_hi", "at most, but for the processes missed",
       [](const Row& row) -> Cell { return row.billable_ms.hi; }},
      Field<&Row::width_share>{"width_share",
                               "hi - lo in percent of the point, rounded up; empty when it is 0"},
      Field<&Row::polls_per_day>{"polls_per_day", "requests that it takes in a day, rounded up"},
      Field<&Row::processes_missed>{"processes_missed",
                                    "that are in the archive, and that nobody would have seen"},
  };
  return kColumns;
}

namespace {

/// What rows say of a store, be it one of several.
template <class Row>
std::vector<Column<Row>> status_columns() {
  return {
      Field<&StoreStatus::store>{"store", "its path"},
      Field<&StoreStatus::schema_version>{"schema_version", ""},
      Field<&StoreStatus::store_bytes>{"store_bytes", "with its log"},
      Field<&StoreStatus::first_observed_at_ms>{"first_observed_at_ms", "empty in an empty store"},
      Field<&StoreStatus::last_observed_at_ms>{"last_observed_at_ms", ""},
      Field<&StoreStatus::sources>{"sources", "files that gave something"},
      Field<&StoreStatus::snapshots>{"snapshots", "documents stored"},
      Field<&StoreStatus::capped_snapshots>{"capped_snapshots",
                                            "of them, those whose list was cut"},
      Field<&StoreStatus::processes>{"processes", "observed at least once"},
      Field<&StoreStatus::rooms>{"rooms", ""},
      Field<&StoreStatus::ports>{"ports", ""},
      Field<&StoreStatus::observations>{"observations", "what one snapshot said of one process"},
      Field<&StoreStatus::duplicates>{"duplicates", "records that said again what was known"},
      Field<&StoreStatus::restated>{"restated",
                                    "records that said something else of a known instant"},
      Field<&StoreStatus::rejects>{"rejects", "things wrong in documents, but for those made good"},
      Field<&StoreStatus::set_aside>{"set_aside",
                                     "vendor objects that are not processes, kept whole"},
      Field<&StoreStatus::made_good>{"made_good", "rejects whose place held a good document later"},
      Field<&StoreStatus::shared_time>{"shared_time",
                                       "snapshots that share the time in a source's name"},
      Field<&StoreStatus::gaps>{"gaps", "as coverage lists them"},
      Field<&StoreStatus::running_lists>{"running_lists",
                                         "snapshots that say so, and count as evidence"},
      Field<&StoreStatus::proving_lists>{"proving_lists", "of them, those that prove something"},
      Field<&StoreStatus::scope_contradicted>{
          "scope_contradicted", "of them, those that hold what they were not asked for"},
      Field<&StoreStatus::gone>{"gone", "processes without an end that a list proves gone"},
      Field<&StoreStatus::pruned_observations>{
          "pruned_observations", "of the observations, those that were moved to files"},
      Field<&StoreStatus::pruned_before_ms>{
          "pruned_before_at_ms",
          "no answer about this instant or a later one needs any of them; empty: none were moved"},
  };
}

/// A cell that is empty in the row of all stores.
template <auto member>
Cell but_of_all(const StoresStatus& row) {
  return row.is_all ? Cell(nullptr) : cell_of(row.*member);
}

}  // namespace

const std::vector<Column<StoreStatus>>& StoreStatus::columns() {
  static const std::vector<Column<StoreStatus>> kColumns = status_columns<StoreStatus>();
  return kColumns;
}

const std::vector<Column<StoresStatus>>& StoresStatus::columns() {
  using Row = StoresStatus;
  static const std::vector<Column<Row>> kColumns = [] {
    std::vector<Column<Row>> columns = status_columns<Row>();
    const auto at = [&](std::string_view name) {
      return std::find_if(columns.begin(), columns.end(),
                          [&](const Column<Row>& column) { return column.name == name; });
    };
    at("store")->meaning = "its path; in the last row `all` and how many they are";
    at("snapshots")->meaning =
        "documents stored; of all a sum: one in two stores counts twice, as does what it says";
    at("processes")->meaning = "observed at least once; of all each counts once";
    *at("rooms") = {"rooms", "empty of all, because a room may lie in several",
                    but_of_all<&Row::rooms>};
    *at("ports") = {"ports", "likewise", but_of_all<&Row::ports>};
    *at("gaps") = {"gaps",
                   "as coverage lists them; empty of all, because another store may have polled "
                   "meanwhile",
                   but_of_all<&Row::gaps>, CellKind::integer};
    *at("gone") = {
        "gone",
        "processes without an end that a list proves gone; of all, be it in another store; empty "
        "where that needs what was moved to files",
        [](const Row& row) { return row.is_gone_known ? Cell(row.gone) : Cell(nullptr); }};
    columns.insert(at("rooms"), Field<&Row::shared_processes>{
                                    "shared_processes",
                                    "of them, those that were observed in another store, too"});
    return columns;
  }();
  return kColumns;
}

const std::vector<Column<TreeSize>>& TreeSize::columns() {
  using Row = TreeSize;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::table>{"table", ""},
      Field<&Row::name>{"name", "of the index; of the table itself for its rows"},
      Field<&Row::bytes>{"bytes", "whole pages"},
      Field<&Row::unused_bytes>{"unused_bytes", "of them, free inside the pages"},
      {"bytes_per_observation", "two decimals",
       [](const Row& row) -> Cell {
         return row.bytes_per_observation ? Cell(to_text(*row.bytes_per_observation))
                                          : Cell(nullptr);
       },
       CellKind::text},
  };
  return kColumns;
}

}  // namespace fleetmeter
