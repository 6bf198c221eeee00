// The columns of the answers that ask/ gives.

#include "fleetmeter/evidence.hpp"
#include "fleetmeter/question.hpp"

namespace fleetmeter {

const std::vector<Column<BillingRow>>& BillingRow::columns() {
  using Row = BillingRow;
  static const std::vector<Column<Row>> kColumns{
      {"processes", "with billable time, or maybe with some",
       [](const Row& row) -> Cell { return row.processes; }},
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
      {"processes", "that sent something, or may have",
       [](const Row& row) -> Cell { return row.processes; }},
      {"egress_bytes", "that left in the window",
       [](const Row& row) -> Cell { return row.egress_bytes.point; }},
      {"egress_bytes_lo", "at least", [](const Row& row) -> Cell { return row.egress_bytes.lo; }},
      {"egress_bytes_hi", "at most; of open processes only what was seen",
       [](const Row& row) -> Cell { return row.egress_bytes.hi; }},
      {"open_processes", "may have sent more than anybody read",
       [](const Row& row) -> Cell { return row.open_processes; }},
      {"unmetered_processes", "never said a counter: their egress is unknown, not 0",
       [](const Row& row) -> Cell { return row.unmetered_processes; }},
  };
  return kColumns;
}

const std::vector<Column<Anomaly>>& Anomaly::columns() {
  using Row = Anomaly;
  static const std::vector<Column<Row>> kColumns{
      {"process_id", "", [](const Row& row) -> Cell { return row.process_id; }},
      {"flag", "what is odd",
       [](const Row& row) -> Cell { return std::string(flag_name(row.flag)); }},
      {"app_id", "empty when nobody said it", [](const Row& row) -> Cell { return row.app_id; }},
      {"deployment_id", "empty when nobody said it",
       [](const Row& row) -> Cell { return row.deployment_id; }},
      {"region", "empty when nobody said it", [](const Row& row) -> Cell { return row.region; }},
      {"observed_at_ms", "of the snapshot that shows it",
       [](const Row& row) -> Cell { return row.observed_at_ms; }},
      {"snapshot_seq", "its number, by when it became known",
       [](const Row& row) -> Cell { return row.from.snapshot_seq; }},
      {"evidence", "a sentence", [](const Row& row) -> Cell { return row.evidence; }},
      {"source", "the file it came from", [](const Row& row) -> Cell { return row.from.source; }},
      {"byte_offset", "where its document begins there",
       [](const Row& row) -> Cell { return row.from.byte_offset; }},
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
      {"name", "", [](const Row& row) -> Cell { return row.name; }},
      {"at_ms", "unix ms", [](const Row& row) { return cell_of(row.at_ms); }},
      {"to_ms", "unix ms; the end of a span", [](const Row& row) { return cell_of(row.to_ms); }},
      {"value", "milliseconds under billable, bytes elsewhere",
       [](const Row& row) { return cell_of(row.value); }},
      {"value_lo", "at least", [](const Row& row) { return cell_of(row.value_lo); }},
      {"value_hi", "at most", [](const Row& row) { return cell_of(row.value_hi); }},
      {"note", "the rule, or what was read", [](const Row& row) { return cell_of(row.note); }},
      {"snapshot_seq", "of the snapshot that says it; empty where none does",
       [](const Row& row) -> Cell {
         return row.from ? Cell(row.from->snapshot_seq) : Cell(nullptr);
       }},
      {"source", "the file it came from",
       [](const Row& row) -> Cell { return row.from ? Cell(row.from->source) : Cell(nullptr); }},
      {"byte_offset", "where its document begins there",
       [](const Row& row) -> Cell {
         return row.from ? Cell(row.from->byte_offset) : Cell(nullptr);
       }},
      {"byte_length", "",
       [](const Row& row) -> Cell {
         return row.from ? Cell(row.from->byte_length) : Cell(nullptr);
       }},
      {"sha256", "of the document, hexadecimal",
       [](const Row& row) -> Cell { return row.from ? Cell(row.from->sha256) : Cell(nullptr); }},
  };
  return kColumns;
}

const std::vector<Column<PlaceCoverage>>& PlaceCoverage::columns() {
  using Row = PlaceCoverage;
  static const std::vector<Column<Row>> kColumns{
      {"app_id", "empty when nobody said it", [](const Row& row) -> Cell { return row.app_id; }},
      {"region", "empty when nobody said it", [](const Row& row) -> Cell { return row.region; }},
      {"polls", "instants at which one of its processes was seen",
       [](const Row& row) -> Cell { return row.polls; }},
      {"capped_polls", "of them, those at which some list was cut",
       [](const Row& row) -> Cell { return row.capped_polls; }},
      {"first_poll_at_ms", "empty when no poll lies in the window",
       [](const Row& row) { return cell_of(row.first_poll_at_ms); }},
      {"last_poll_at_ms", "", [](const Row& row) { return cell_of(row.last_poll_at_ms); }},
      {"usual_interval_ms", "the median distance between polls",
       [](const Row& row) -> Cell { return row.usual_interval_ms; }},
      {"gaps", "spans between polls that are too long, while a process was alive",
       [](const Row& row) -> Cell { return row.gaps; }},
      {"longest_gap_ms", "", [](const Row& row) -> Cell { return row.longest_gap_ms; }},
      {"uncovered_ms", "the sum of the gaps",
       [](const Row& row) -> Cell { return row.uncovered_ms; }},
      {"unpolled_ms", "far from any of its polls, whatever ran",
       [](const Row& row) -> Cell { return row.unpolled_ms; }},
  };
  return kColumns;
}

const std::vector<Column<CoverageGap>>& CoverageGap::columns() {
  using Row = CoverageGap;
  static const std::vector<Column<Row>> kColumns{
      {"app_id", "empty when nobody said it", [](const Row& row) -> Cell { return row.app_id; }},
      {"region", "empty when nobody said it", [](const Row& row) -> Cell { return row.region; }},
      {"from_ms", "the poll before, or the window's begin",
       [](const Row& row) -> Cell { return row.from_ms; }},
      {"to_ms", "the poll after, or the window's end",
       [](const Row& row) -> Cell { return row.to_ms; }},
      {"gap_ms", "", [](const Row& row) -> Cell { return row.length_ms(); }},
  };
  return kColumns;
}

const std::vector<Column<StoreStatus>>& StoreStatus::columns() {
  using Row = StoreStatus;
  static const std::vector<Column<Row>> kColumns{
      {"store", "its path", [](const Row& row) -> Cell { return row.store; }},
      {"schema_version", "", [](const Row& row) -> Cell { return row.schema_version; }},
      {"store_bytes", "with its log", [](const Row& row) -> Cell { return row.store_bytes; }},
      {"first_observed_at_ms", "empty in an empty store",
       [](const Row& row) { return cell_of(row.first_observed_at_ms); }},
      {"last_observed_at_ms", "", [](const Row& row) { return cell_of(row.last_observed_at_ms); }},
      {"sources", "files that gave something", [](const Row& row) -> Cell { return row.sources; }},
      {"snapshots", "documents stored", [](const Row& row) -> Cell { return row.snapshots; }},
      {"capped_snapshots", "of them, those whose list was cut",
       [](const Row& row) -> Cell { return row.capped_snapshots; }},
      {"processes", "observed at least once", [](const Row& row) -> Cell { return row.processes; }},
      {"rooms", "", [](const Row& row) -> Cell { return row.rooms; }},
      {"ports", "", [](const Row& row) -> Cell { return row.ports; }},
      {"observations", "what one snapshot said of one process",
       [](const Row& row) -> Cell { return row.observations; }},
      {"duplicates", "records that said again what was known",
       [](const Row& row) -> Cell { return row.duplicates; }},
      {"restated", "records that said something else of a known instant",
       [](const Row& row) -> Cell { return row.restated; }},
      {"rejects", "things wrong in documents, but for those made good",
       [](const Row& row) -> Cell { return row.rejects; }},
      {"set_aside", "vendor objects that are not processes, kept whole",
       [](const Row& row) -> Cell { return row.set_aside; }},
      {"made_good", "rejects whose place held a good document later",
       [](const Row& row) -> Cell { return row.made_good; }},
      {"shared_time", "snapshots that share the time in a source's name",
       [](const Row& row) -> Cell { return row.shared_time; }},
      {"gaps", "as coverage lists them", [](const Row& row) { return cell_of(row.gaps); }},
  };
  return kColumns;
}

const std::vector<Column<TreeSize>>& TreeSize::columns() {
  using Row = TreeSize;
  static const std::vector<Column<Row>> kColumns{
      {"table", "", [](const Row& row) -> Cell { return row.table; }},
      {"name", "of the index; of the table itself for its rows",
       [](const Row& row) -> Cell { return row.name; }},
      {"bytes", "whole pages", [](const Row& row) -> Cell { return row.bytes; }},
      {"unused_bytes", "of them, free inside the pages",
       [](const Row& row) -> Cell { return row.unused_bytes; }},
      {"bytes_per_observation", "two decimals",
       [](const Row& row) -> Cell {
         return row.bytes_per_observation ? Cell(to_text(*row.bytes_per_observation))
                                          : Cell(nullptr);
       }},
  };
  return kColumns;
}

}  // namespace fleetmeter
