#include "fleetmeter/store.hpp"

#include <sqlite3.h>

#include "api/check.hpp"
#include "api/cost.hpp"
#include "api/evidence.hpp"
#include "api/ingest.hpp"
#include "api/meters.hpp"
#include "api/money_import.hpp"
#include "api/queries.hpp"
#include "api/reconcile.hpp"
#include "api/report.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/sandbox.hpp"

namespace fleetmeter {

struct Store::Inside {
  std::string path;
  bool writable = false;
  std::unique_ptr<SQLite::Database> db;
  std::unique_ptr<api::Ingestor> ingestor;  ///< null until the first ingest, and after a failure

  void expect_writable() const {
    if (!writable) {
      throw Error(ErrorKind::usage, path + ": this store was opened for questions only");
    }
  }

  /// Asks within one read transaction, so that an answer is of one moment.
  template <class Ask>
  auto ask(const Question& question, Ask&& ask_reader) const {
    return store::guarded(path, [&] {
      const store::ReadTransaction moment(*db);
      store::Reader reader(*db, question.known_seq);
      return ask_reader(reader);
    });
  }
};

Store::Store(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;
Store::~Store() = default;

void expect_store_name(const std::string& path) {
  store::check_store_name(path);
}

Store Store::open(const std::string& path) {
  return Store(std::unique_ptr<Inside>(
      new Inside{path, false, store::open_store(path, store::Access::read), nullptr}));
}

Store Store::open_or_create(const std::string& path) {
  return Store(std::unique_ptr<Inside>(
      new Inside{path, true, store::open_store(path, store::Access::write), nullptr}));
}

Migration Store::migrate(const std::string& path) {
  const std::int64_t from = store::schema_version_of(path);
  static_cast<void>(store::open_store(path, store::Access::write));
  return {from, store::schema_version()};
}

std::vector<SourceReport> Store::ingest(const std::vector<std::string>& paths,
                                        const IngestOptions& options) {
  if (options.dry_run) {
    return check_sources(paths, options);
  }
  inside_->expect_writable();
  return store::guarded(inside_->path, [&] {
    auto ingestor = std::move(inside_->ingestor);
    if (!ingestor) {
      ingestor = std::make_unique<api::Ingestor>(*inside_->db, inside_->path);
    }
    auto reports = ingestor->run(paths, options);
    inside_->ingestor = std::move(ingestor);
    return reports;
  });
}

std::vector<SourceReport> check_sources(const std::vector<std::string>& paths,
                                        const IngestOptions& options) {
  return api::check(paths, options);
}

std::vector<BillingRow> Store::billing(const Question& question) const {
  return inside_->ask(question, [&](auto& reader) { return api::ask_billing(question, reader); });
}

std::vector<EgressRow> Store::egress(const Question& question) const {
  return inside_->ask(question, [&](auto& reader) { return api::ask_egress(question, reader); });
}

Table Store::explain(const std::string& process_id, const Question& question) const {
  return inside_->ask(question,
                      [&](auto& reader) { return api::ask_explain(process_id, question, reader); });
}

Table Store::anomalies(const Question& question) const {
  return inside_->ask(question, [&](auto& reader) { return api::ask_anomalies(question, reader); });
}

Table Store::coverage(const Question& question, std::int64_t gap_ms, bool each_gap) const {
  return inside_->ask(question, [&](auto& reader) {
    return api::ask_coverage(question, gap_ms, each_gap, reader);
  });
}

Table Store::status(Gaps gaps) const {
  return inside_->ask({}, [&](auto& reader) {
    return api::ask_status(inside_->path, *inside_->db, gaps == Gaps::counted ? &reader : nullptr);
  });
}

Table Store::sizes() const {
  return inside_->ask({}, [&](auto&) { return api::ask_sizes(*inside_->db); });
}

Table Store::check() const {
  return inside_->ask({}, [&](auto& reader) { return api::ask_check(*inside_->db, reader); });
}

std::vector<MoneyReport> Store::import_money(MoneyKind kind, const std::vector<std::string>& paths,
                                             const MoneyGiven& given) {
  inside_->expect_writable();
  return store::guarded(inside_->path, [&] {
    store::PriceWriter writer(*inside_->db);
    return api::import_money(writer, kind, paths, given);
  });
}

Table Store::money(MoneyKind kind) const {
  return inside_->ask({}, [&](auto&) {
    store::PriceReader prices(*inside_->db);
    switch (kind) {
      case MoneyKind::deployments:
        return api::list_deployments(prices);
      case MoneyKind::rates:
        return api::list_rates(prices);
      case MoneyKind::policy:
        return api::list_policies(prices);
      case MoneyKind::invoice:
        break;
    }
    return api::list_invoices(prices);
  });
}

std::string Store::zone_of(const Pricing& pricing) const {
  return inside_->ask({}, [&](auto&) {
    store::PriceReader prices(*inside_->db);
    return api::find_terms(pricing, prices).policy.zone;
  });
}

Table Store::cost(const Question& question, const Pricing& pricing) const {
  return inside_->ask(question, [&](auto& reader) {
    store::PriceReader prices(*inside_->db);
    return api::ask_cost(question, api::find_terms(pricing, prices), reader);
  });
}

Reconciliation Store::reconcile(const std::string& invoice_id, const Question& question,
                                const Pricing& pricing) const {
  return inside_->ask(question, [&](auto& reader) {
    store::PriceReader prices(*inside_->db);
    const api::Terms terms = api::find_terms(pricing, prices);
    return api::ask_reconcile(invoice_id, question, terms, reader, prices);
  });
}

std::vector<ReportOutcome> Store::report(const ReportRequest& request,
                                         const Question& question) const {
  return inside_->ask(question,
                      [&](auto& reader) { return api::make_reports(request, question, reader); });
}

void Store::query(const std::string& name, const std::map<std::string, std::string>& parameters,
                  const Question& question, RowSink& sink) const {
  const store::StoreSpan span =
      inside_->ask(question, [](store::Reader& reader) { return reader.span(); });
  api::run_query(inside_->path, name, parameters, question, span, sink);
}

void Store::sql(const std::string& text, RowSink& sink, const SqlLimits& limits) const {
  store::run_sandboxed(inside_->path, {"sql", text}, {},
                       {limits.timeout_ms, limits.max_rows, limits.max_memory_bytes}, sink);
}

void give(const Question& question, const std::vector<BillingRow>& rows, RowSink& sink) {
  std::vector<std::string> names;
  for (const GroupBy by : question.by) {
    names.emplace_back(column_name(by));
  }
  names.insert(names.end(), {"processes", "billable_ms", "billable_ms_lo", "billable_ms_hi"});
  sink.columns(names);
  for (const BillingRow& row : rows) {
    std::vector<Cell> cells(row.group.begin(), row.group.end());
    cells.insert(cells.end(),
                 {row.processes, row.billable_ms, row.billable_ms_lo, row.billable_ms_hi});
    sink.row(cells);
  }
  sink.end();
}

void give(const Question& question, const std::vector<EgressRow>& rows, RowSink& sink) {
  std::vector<std::string> names;
  for (const GroupBy by : question.by) {
    names.emplace_back(column_name(by));
  }
  names.insert(names.end(), {"processes", "egress_bytes", "egress_bytes_lo", "egress_bytes_hi",
                             "open_processes", "unmetered_processes"});
  sink.columns(names);
  for (const EgressRow& row : rows) {
    std::vector<Cell> cells(row.group.begin(), row.group.end());
    cells.insert(cells.end(), {row.processes, row.egress_bytes, row.egress_bytes_lo,
                               row.egress_bytes_hi, row.open_processes, row.unmetered_processes});
    sink.row(cells);
  }
  sink.end();
}

SourceReport::Status SourceReport::status() const {
  const bool is_in_store = snapshots > 0 || known > 0 || duplicates > 0 || set_aside > 0;
  if (!error.empty() && !is_in_store) {
    return untimed > 0 ? Status::no_time : Status::unreadable;
  }
  if (!error.empty() || passed_over > 0 || (rejected > 0 && is_in_store)) {
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

}  // namespace

void give(const std::vector<SourceReport>& reports, RowSink& sink) {
  sink.columns({"source", "snapshots", "processes", "new", "duplicate", "restated", "rejected",
                "set_aside", "bytes", "mb_per_s", "passed_over", "shared_time", "placeholder_times",
                "made_good", "status", "error"});
  for (const SourceReport& report : reports) {
    const std::int64_t mb_per_s = report.elapsed_us > 0 ? report.bytes / report.elapsed_us : 0;
    sink.row({report.source, report.snapshots, report.processes, report.new_count,
              report.duplicates, report.restated, report.rejected, report.set_aside, report.bytes,
              mb_per_s, report.passed_over, report.shared_time, report.placeholder_times,
              report.made_good, std::string(status_name(report.status())), report.error});
  }
  sink.end();
}

void give(const std::vector<MoneyReport>& reports, RowSink& sink) {
  sink.columns({"source", "name", "items", "status", "problems"});
  for (const MoneyReport& report : reports) {
    const char* const status = report.is_new                              ? "new"
                               : report.name.empty() && report.items == 0 ? "refused"
                                                                          : "known";
    sink.row({report.source, report.name, static_cast<std::int64_t>(report.items),
              std::string(status), static_cast<std::int64_t>(report.problems.size())});
  }
  sink.end();
}

void give(const std::vector<ReportOutcome>& outcomes, RowSink& sink) {
  sink.columns({"period", "status", "anomalies", "gaps", "rejects"});
  for (const ReportOutcome& one : outcomes) {
    using Status = ReportOutcome::Status;
    const char* const status = one.status == Status::made        ? "made"
                               : one.status == Status::unchanged ? "unchanged"
                               : one.status == Status::remade    ? "remade"
                                                                 : "restated";
    sink.row({one.label, std::string(status), static_cast<std::int64_t>(one.anomalies),
              static_cast<std::int64_t>(one.gaps), one.rejects});
  }
  sink.end();
}

std::string version() {
  return FLEETMETER_VERSION;
}

std::string version_details() {
  return "fleetmeter " + version() + "\nstore schema " + std::to_string(store::schema_version()) +
         "\nSQLite " + sqlite3_libversion() + "\n";
}

}  // namespace fleetmeter
