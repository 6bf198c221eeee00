// What rows of contract tables say of themselves: their columns and their days.

#include <algorithm>

#include "contract/processes.hpp"
#include "fleetmeter/contract.hpp"

namespace fleetmeter {

namespace {

Cell flag(bool value) {
  return std::int64_t{value ? 1 : 0};
}

Cell end_of(const std::optional<Bounded<std::int64_t>>& ends,
            std::int64_t Bounded<std::int64_t>::*which) {
  return ends ? Cell((*ends).*which) : Cell(nullptr);
}

}  // namespace

std::int64_t ContractProcess::day() const {
  std::int64_t earliest_ms = first_seen_ms;
  for (const auto& at : {starting_at_ms, started_at_ms, stopping_at_ms, terminated_at_ms}) {
    earliest_ms = std::min(earliest_ms, at.value_or(earliest_ms));
  }
  return contract::day_of(earliest_ms);
}

std::int64_t ContractHour::day() const {
  return contract::day_of(at_ms);
}

std::int64_t ContractStay::day() const {
  return contract::day_of(from_ms);
}

std::int64_t ContractPoll::day() const {
  return contract::day_of(observed_at_ms);
}

std::int64_t ContractSnapshot::day() const {
  return contract::day_of(observed_at_ms);
}

const std::vector<Column<ContractProcess>>& ContractProcess::columns() {
  using Row = ContractProcess;
  using Three = Bounded<std::int64_t>;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::process_id>{"process_id", ""},
      Field<&Row::app_id>{"app_id", "'' when unknown"},
      Field<&Row::deployment_id>{"deployment_id", "'' when unknown"},
      Field<&Row::region>{"region", "'' when unknown"},
      Field<&Row::starting_at_ms>{"starting_at_ms", "as it was last said; NULL: never"},
      Field<&Row::started_at_ms>{"started_at_ms", "likewise"},
      Field<&Row::stopping_at_ms>{"stopping_at_ms", "likewise"},
      Field<&Row::terminated_at_ms>{"terminated_at_ms", "likewise"},
      Field<&Row::first_seen_ms>{"first_seen_ms", ""},
      Field<&Row::last_seen_ms>{"last_seen_ms", ""},
      Field<&Row::rule>{"rule", "which row of the table of ends decided its billable span"},
      Field<&Row::billed_from_ms>{"billed_from_ms", "NULL: nothing of it is billable"},
      {"billed_to_ms", "where its billable span ends",
       [](const Row& row) { return end_of(row.billed_to_ms, &Three::point); }, CellKind::integer},
      {"billed_to_ms_lo", "at the earliest",
       [](const Row& row) { return end_of(row.billed_to_ms, &Three::lo); }, CellKind::integer},
      {"billed_to_ms_hi", "at the latest",
       [](const Row& row) { return end_of(row.billed_to_ms, &Three::hi); }, CellKind::integer},
      {"billable_ms", "up to the as-of",
       [](const Row& row) -> Cell { return row.billable_ms.point; }},
      {"billable_ms_lo", "at least", [](const Row& row) -> Cell { return row.billable_ms.lo; }},
      {"billable_ms_hi", "at most", [](const Row& row) -> Cell { return row.billable_ms.hi; }},
      {"egress_bytes", "up to the as-of",
       [](const Row& row) -> Cell { return row.egress_bytes.point; }},
      {"egress_bytes_lo", "at least", [](const Row& row) -> Cell { return row.egress_bytes.lo; }},
      {"egress_bytes_hi", "at most; where it is open, of what was seen",
       [](const Row& row) -> Cell { return row.egress_bytes.hi; }},
      Field<&Row::open_from_ms>{"open_from_ms",
                                "open in a window that ends after this and begins before the next"},
      Field<&Row::open_to_ms>{"open_to_ms", "NULL: open in none"},
      Field<&Row::unmetered_from_ms>{"unmetered_from_ms", "likewise where it had no counter"},
      Field<&Row::unmetered_to_ms>{"unmetered_to_ms", "NULL: in none"},
      Field<&Row::flags>{"flags", "what meters say of it, with a space between two"},
      {"is_settled", "1: no later as-of changes any of this",
       [](const Row& row) { return flag(row.is_settled); }},
  };
  return kColumns;
}

const std::vector<Column<ContractHour>>& ContractHour::columns() {
  using Row = ContractHour;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::process_id>{"process_id", ""},
      Field<&Row::at_ms>{"at_ms", "a boundary, or the as-of"},
      {"billable_ms", "before it", [](const Row& row) -> Cell { return row.billable_ms.point; }},
      {"billable_ms_lo", "at least", [](const Row& row) -> Cell { return row.billable_ms.lo; }},
      {"billable_ms_hi", "at most", [](const Row& row) -> Cell { return row.billable_ms.hi; }},
      {"egress_bytes", "before it", [](const Row& row) -> Cell { return row.egress_bytes.point; }},
      {"egress_bytes_lo", "at least", [](const Row& row) -> Cell { return row.egress_bytes.lo; }},
      {"egress_bytes_hi", "at most", [](const Row& row) -> Cell { return row.egress_bytes.hi; }},
      {"tail_ms", "how long billable_ms goes on by a millisecond a millisecond",
       [](const Row& row) -> Cell { return row.tail_ms.point; }},
      {"tail_ms_lo", "likewise billable_ms_lo",
       [](const Row& row) -> Cell { return row.tail_ms.lo; }},
      {"tail_ms_hi", "likewise billable_ms_hi",
       [](const Row& row) -> Cell { return row.tail_ms.hi; }},
  };
  return kColumns;
}

const std::vector<Column<ContractStay>>& ContractStay::columns() {
  using Row = ContractStay;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::room_id>{"room_id", ""},
      Field<&Row::process_id>{"process_id", "'' when nobody said which"},
      Field<&Row::from_ms>{"from_ms", ""},
      Field<&Row::to_ms>{"to_ms", "the as-of at the latest"},
  };
  return kColumns;
}

const std::vector<Column<ContractPoll>>& ContractPoll::columns() {
  using Row = ContractPoll;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::app_id>{"app_id", "'' when unknown"},
      Field<&Row::region>{"region", "'' when unknown"},
      Field<&Row::observed_at_ms>{"observed_at_ms", ""},
      {"is_capped", "1: some list of this instant was cut",
       [](const Row& row) { return flag(row.is_capped); }},
  };
  return kColumns;
}

const std::vector<Column<ContractSnapshot>>& ContractSnapshot::columns() {
  using Row = ContractSnapshot;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::snapshot_seq>{"snapshot_seq", "in the order in which they became known"},
      Field<&Row::observed_at_ms>{"observed_at_ms", ""},
      Field<&Row::source>{"source", "the file it stands in"},
      Field<&Row::byte_offset>{"byte_offset", "in that file, unpacked"},
      Field<&Row::byte_length>{"byte_length", ""},
      Field<&Row::sha256>{"sha256", "of exactly those bytes"},
      Field<&Row::process_count>{"process_count", "observations stored"},
      Field<&Row::room_count>{"room_count", "rooms of a document about rooms"},
      Field<&Row::duplicate_count>{"duplicate_count", "records that said what was known"},
      Field<&Row::restated_count>{"restated_count", "records that said something else of it"},
      Field<&Row::reject_count>{"reject_count", ""},
      Field<&Row::egressed_bytes_sum>{"egressed_bytes_sum",
                                      "control total over its observations, modulo 2^64"},
  };
  return kColumns;
}

const std::vector<Column<ContractMeta>>& ContractMeta::columns() {
  using Row = ContractMeta;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::contract_version>{"contract_version", "of these tables"},
      Field<&Row::program_version>{"program_version", "of fleetmeter"},
      Field<&Row::watermark_seq>{"watermark_seq", "the newest snapshot that counts"},
      Field<&Row::history_sha256>{"history_sha256", "over all snapshots up to it"},
      Field<&Row::as_of_ms>{"as_of_ms", "nothing later is answered"},
      Field<&Row::grain_ms>{"grain_ms", "the distance of boundaries"},
      Field<&Row::grace_ms>{"grace_ms", ""},
      Field<&Row::max_lifespan_ms>{"max_lifespan_ms", ""},
      Field<&Row::absence>{"absence", "trust or ignore"},
      Field<&Row::processes>{"processes", "rows of process"},
      Field<&Row::hours>{"hours", "rows of process_hour"},
      Field<&Row::stays>{"stays", "rows of room_stay"},
      Field<&Row::polls>{"polls", "rows of poll"},
      Field<&Row::snapshots>{"snapshots", "rows of snapshot"},
      {"billable_ms", "of all processes up to the as-of",
       [](const Row& row) -> Cell { return row.billable_ms.point; }},
      {"billable_ms_lo", "at least", [](const Row& row) -> Cell { return row.billable_ms.lo; }},
      {"billable_ms_hi", "at most", [](const Row& row) -> Cell { return row.billable_ms.hi; }},
      {"egress_bytes", "of all processes up to the as-of",
       [](const Row& row) -> Cell { return row.egress_bytes.point; }},
      {"egress_bytes_lo", "at least", [](const Row& row) -> Cell { return row.egress_bytes.lo; }},
      {"egress_bytes_hi", "at most", [](const Row& row) -> Cell { return row.egress_bytes.hi; }},
  };
  return kColumns;
}

}  // namespace fleetmeter
