// The columns of what ingest/ gives.

#include "fleetmeter/ingest.hpp"
#include "fleetmeter/money.hpp"

namespace fleetmeter {

SourceReport::Status SourceReport::status() const {
  if (!error.empty() && !is_in_store()) {
    return untimed > 0 ? Status::no_time : Status::unreadable;
  }
  if (!error.empty() || passed_over > 0 || (rejected > 0 && is_in_store())) {
    return Status::partly;
  }
  if (rejected > 0) {
    return Status::rejected;
  }
  return snapshots == 0 && (known > 0 || duplicates > 0) ? Status::known : Status::stored;
}

namespace {

const char* status_name(SourceReport::Status status) {
  switch (status) {
    case SourceReport::Status::stored:
      return "stored";
    case SourceReport::Status::known:
      return "known";
    case SourceReport::Status::partly:
      return "partly";
    case SourceReport::Status::no_time:
      return "no_time";
    case SourceReport::Status::unreadable:
      return "unreadable";
    case SourceReport::Status::rejected:
      break;
  }
  return "rejected";
}

const char* status_name(const MoneyReport& report) {
  return report.is_new ? "new" : report.name.empty() && report.items == 0 ? "refused" : "known";
}

}  // namespace

const std::vector<Column<SourceReport>>& SourceReport::columns() {
  using Row = SourceReport;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::source>{"source", "the file or folder, as it was named"},
      Field<&Row::snapshots>{"snapshots", "documents stored"},
      Field<&Row::processes>{"processes", "good records of processes"},
      Field<&Row::new_count>{"new", "of them, of processes never seen before"},
      Field<&Row::duplicates>{"duplicate",
                              "records that said again what was known for that instant"},
      Field<&Row::restated>{"restated", "records that said something else of a known instant"},
      Field<&Row::rejected>{"rejected", "records, or whole documents, that were not stored"},
      Field<&Row::set_aside>{"set_aside", "vendor objects that are not processes, kept whole"},
      Field<&Row::bytes>{"bytes", "read, unpacked"},
      {"mb_per_s", "",
       [](const Row& row) -> Cell { return row.elapsed_us > 0 ? row.bytes / row.elapsed_us : 0; }},
      Field<&Row::passed_over>{"passed_over", "entries of a folder that are no archives"},
      Field<&Row::shared_time>{"shared_time",
                               "new documents that share the time in the source's name"},
      Field<&Row::placeholder_times>{"placeholder_times",
                                     "times that mean none (year 1, 1970, 9999), read as null"},
      Field<&Row::made_good>{"made_good",
                             "rejects of earlier runs whose place holds a good document now"},
      {"status", "stored, known, partly, no_time, unreadable or rejected",
       [](const Row& row) -> Cell { return std::string(status_name(row.status())); }},
      Field<&Row::error>{"error", "what stopped this source; empty when nothing did"},
      Field<&Row::scope_contradicted>{
          "scope_contradicted",
          "running lists that hold a process of another app or region than they were asked for"},
  };
  return kColumns;
}

const std::vector<Column<MoneyReport>>& MoneyReport::columns() {
  using Row = MoneyReport;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::source>{"source", "the file, as it was named"},
      Field<&Row::name>{"name", "of the card, policy or invoice"},
      {"items", "deployments, rates, or lines in it",
       [](const Row& row) -> Cell { return static_cast<std::int64_t>(row.items); }},
      {"status", "new, known or refused",
       [](const Row& row) -> Cell { return std::string(status_name(row)); }},
      {"problems", "how many things are wrong in it",
       [](const Row& row) -> Cell { return static_cast<std::int64_t>(row.problems.size()); }},
  };
  return kColumns;
}

}  // namespace fleetmeter
