#include "fleetmeter/store.hpp"

#include <sqlite3.h>

#include "api/check.hpp"
#include "api/functions.hpp"
#include "api/inside.hpp"
#include "ask/diff.hpp"
#include "ask/evidence.hpp"
#include "ask/meters.hpp"
#include "ask/names.hpp"
#include "ask/queries.hpp"
#include "ask/shares.hpp"
#include "ask/window.hpp"
#include "contract/tables.hpp"
#include "ingest/ingest.hpp"
#include "ingest/money_import.hpp"
#include "ingest/sources.hpp"
#include "ingest/verify.hpp"
#include "nightly/report.hpp"
#include "settle/compare.hpp"
#include "settle/cost.hpp"
#include "settle/focus.hpp"
#include "settle/invoice_lines.hpp"
#include "settle/pack.hpp"
#include "settle/reconcile.hpp"
#include "settle/report_money.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/sandbox.hpp"

namespace fleetmeter {

Store::Store(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;
Store::~Store() = default;

void expect_store_name(const std::string& path) {
  store::check_store_name(path);
}

Store Store::open(const std::string& path) {
  return Store(std::unique_ptr<Inside>(
      new Inside{path, false, store::open_store(path, store::Access::read)}));
}

Store Store::open_or_create(const std::string& path) {
  return Store(std::unique_ptr<Inside>(
      new Inside{path, true, store::open_store(path, store::Access::write)}));
}

Store Store::open_to_write(const std::string& path) {
  static_cast<void>(store::schema_version_of(path));  // of one that is not there it throws
  return open_or_create(path);
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
  return inside_->ingest(paths, options);
}

SourceReport Store::ingest(const Input& input, const IngestOptions& options) {
  return options.dry_run ? ingest::check(input, options) : inside_->ingest(input, options);
}

void Store::stop_when(std::stop_token token) {
  inside_->stop = std::move(token);
}

std::vector<SourceReport> check_sources(const std::vector<std::string>& paths,
                                        const IngestOptions& options) {
  return ingest::check(paths, options);
}

std::vector<BillingRow> Store::billing(const Question& question) const {
  return inside_->ask(question, [&](auto& reader) { return ask::billing(question, reader); });
}

std::vector<EgressRow> Store::egress(const Question& question) const {
  return inside_->ask(question, [&](auto& reader) { return ask::egress(question, reader); });
}

std::vector<EvidencePiece> Store::explain(const std::string& process_id,
                                          const Question& question) const {
  return inside_->ask_with_archive(
      question, [&](auto& reader) { return ask::explain(process_id, question, reader); });
}

std::vector<BillingShare> Store::billing_shares(const Question& question) const {
  return inside_->ask_with_archive(
      question, [&](auto& reader) { return ask::billing_shares(question, reader); });
}

std::vector<EgressShare> Store::egress_shares(const Question& question) const {
  return inside_->ask_with_archive(
      question, [&](auto& reader) { return ask::egress_shares(question, reader); });
}

std::vector<VerifiedDocument> Store::verify_documents(const std::vector<std::string>& process_ids,
                                                      const std::vector<std::string>& archive,
                                                      const Question& question) const {
  return inside_->ask_with_archive(
      question, [&](auto& reader) { return ingest::verify(process_ids, archive, reader); });
}

Difference Store::diff(const Question& question, const Known& from, const Known& to,
                       DiffDepth depth) const {
  return store::guarded(inside_->path, [&] {
    const store::ReadTransaction moment(*inside_->db);
    store::Reader before(*inside_->db, inside_->known_seq(from), question.absence);
    store::Reader after(*inside_->db, inside_->known_seq(to), question.absence);
    return ask::diff(question, before, after, depth);
  });
}

std::vector<Anomaly> Store::anomalies(const Question& question) const {
  return inside_->ask(question, [&](auto& reader) { return ask::anomalies(question, reader); });
}

Coverage Store::coverage(const Question& question, std::int64_t gap_ms) const {
  return inside_->ask(question,
                      [&](auto& reader) { return ask::coverage(question, gap_ms, reader); });
}

std::vector<PollingAdvice> Store::advise(const Question& question) const {
  return inside_->ask(question, [&](auto& reader) { return ask::advise(question, reader); });
}

StoreStatus Store::status(Gaps gaps, const Question& question) const {
  return inside_->ask(question, [&](auto& reader) {
    return ask::status(inside_->path, reader, gaps == Gaps::counted);
  });
}

std::vector<std::string> Store::names(NameKind kind) const {
  return inside_->ask({}, [&](auto&) { return ask::names(kind, *inside_->db); });
}

std::optional<std::int64_t> Store::as_of(const Question& question) const {
  return inside_->ask(question, [&](auto& reader) { return ask::as_of(question, reader.span()); });
}

std::string Store::remark_on_window(const Question& question) const {
  return inside_->ask(question,
                      [&](auto& reader) { return ask::remark_on_window(question, reader.span()); });
}

std::vector<std::string> Store::process_ids(const std::string& begin, std::size_t most) const {
  return inside_->ask({}, [&](auto&) { return ask::process_ids(begin, most, *inside_->db); });
}

std::vector<TreeSize> Store::sizes() const {
  return inside_->ask({}, [&](auto&) { return ask::sizes(*inside_->db); });
}

std::vector<Finding> Store::check() const {
  return inside_->ask({}, [&](auto& reader) { return api::check(*inside_->db, reader); });
}

std::vector<MoneyReport> Store::import_money(MoneyKind kind, const std::vector<std::string>& paths,
                                             const MoneyGiven& given) {
  inside_->expect_writable();
  return store::guarded(inside_->path, [&] {
    store::PriceWriter writer(*inside_->db, ingest::wall_clock_ms());
    return ingest::import_money(writer, kind, paths, given);
  });
}

Table Store::money(MoneyKind kind) const {
  return inside_->ask({}, [&](auto&) {
    store::PriceReader prices(*inside_->db);
    switch (kind) {
      case MoneyKind::deployments:
        return settle::list_deployments(prices);
      case MoneyKind::rates:
        return settle::list_rates(prices);
      case MoneyKind::policy:
        return settle::list_policies(prices);
      case MoneyKind::invoice:
        break;
    }
    return settle::list_invoices(prices);
  });
}

Table Store::invoice_lines(const std::string& invoice_id) const {
  return inside_->ask({}, [&](auto&) {
    store::PriceReader prices(*inside_->db);
    return settle::invoice_lines(invoice_id, prices);
  });
}

std::string Store::zone_of(const Pricing& pricing) const {
  return inside_->ask({}, [&](auto&) {
    store::PriceReader prices(*inside_->db);
    return settle::find_terms(pricing, prices).policy.zone;
  });
}

std::vector<CostRow> Store::cost(const Question& question, const Pricing& pricing) const {
  return inside_->ask(question, [&](auto& reader) {
    store::PriceReader prices(*inside_->db);
    return settle::cost(question, settle::find_terms(pricing, prices), reader);
  });
}

std::vector<InvoiceVerdict> Store::reconcile_year(const std::string& year, const Question& question,
                                                  const Pricing& pricing,
                                                  const ReconcileGiven& given) const {
  return inside_->ask(question, [&](auto& reader) {
    store::PriceReader prices(*inside_->db);
    const settle::Terms terms = settle::find_terms(pricing, prices);
    return settle::reconcile_year(year, question, terms, given, reader, prices);
  });
}

FocusExport Store::focus(const Question& question, const Pricing& pricing,
                         const FocusGiven& given) const {
  return inside_->ask(question, [&](auto& reader) {
    store::PriceReader prices(*inside_->db);
    return settle::focus(question, settle::find_terms(pricing, prices), given, reader);
  });
}

ComparedTable Store::compare(const std::string& path, const Question& question) const {
  return inside_->ask(question,
                      [&](auto& reader) { return settle::compare(path, question, reader); });
}

std::map<std::string, std::string> Store::pack(const std::vector<std::string>& invoice_ids,
                                               const Reconciliation& said, const Question& question,
                                               const Pricing& pricing) const {
  return inside_->ask(question, [&](auto& reader) {
    store::PriceReader prices(*inside_->db);
    const settle::Terms terms = settle::find_terms(pricing, prices);
    return settle::pack(invoice_ids, said, question, terms, *inside_->db, reader, prices);
  });
}

Reconciliation Store::reconcile(const std::vector<std::string>& invoice_ids,
                                const Question& question, const Pricing& pricing,
                                const ReconcileGiven& given) const {
  return inside_->ask(question, [&](auto& reader) {
    store::PriceReader prices(*inside_->db);
    const settle::Terms terms = settle::find_terms(pricing, prices);
    return settle::reconcile(invoice_ids, question, terms, given, reader, prices);
  });
}

std::vector<ReportOutcome> Store::report(const ReportRequest& request,
                                         const Question& question) const {
  return inside_->ask(question, [&](auto& reader) {
    std::optional<settle::ReportMoney> prices;
    if (request.pricing) {
      prices.emplace(*request.pricing, request.invoice_ids, *inside_->db, reader);
    }
    return nightly::make_reports(request, question, reader, prices ? &*prices : nullptr,
                                 seal::sealed_months_for_reports(*inside_->db));
  });
}

void Store::contract(const Question& question, const ContractGiven& given,
                     ContractSink& sink) const {
  inside_->ask(question,
               [&](auto& reader) { contract::give_tables(question, given, reader, sink); });
}

ContractMeta Store::contract_head(const Question& question, const ContractGiven& given) const {
  return inside_->ask(question,
                      [&](auto& reader) { return contract::head(question, given, reader); });
}

std::string Store::history_sha256(std::int64_t watermark_seq) const {
  return inside_->ask(
      {}, [&](auto& reader) { return contract::history_digest(reader, watermark_seq); });
}

void Store::query(const std::string& name, const std::map<std::string, std::string>& parameters,
                  const Question& question, RowSink& sink, const ProcessChoices& process) const {
  const ask::KnownSpan known = inside_->ask(question, [&](store::Reader& reader) {
    ask::expect_observations(name, parameters, question, reader, *inside_->db);
    return ask::KnownSpan{reader.known_seq(), reader.span()};
  });
  ask::run_query(inside_->path, name, parameters, question, known, process, inside_->stop, sink);
}

void Store::sql(const std::string& text, RowSink& sink, const SqlLimits& limits,
                const Question& question) const {
  const auto known_seq =
      inside_->ask(question, [](store::Reader& reader) { return reader.known_seq(); });
  Question in_common;  // of what functions in the statement ask
  in_common.absence = question.absence;
  store::run_sandboxed(inside_->path, {"sql", text}, {},
                       {.timeout_ms = limits.timeout_ms,
                        .max_rows = limits.max_rows,
                        .max_memory_bytes = limits.max_memory_bytes,
                        .limits_process_memory = limits.process.limit_memory,
                        .on_overrun = limits.process.on_overrun,
                        .stop = inside_->stop,
                        .add_functions =
                            [&](sqlite3* db) {
                              add_functions(
                                  db, [this]() -> const Store& { return *this; }, in_common);
                            },
                        .known_seq = known_seq},
                       sink);
}

std::string version() {
  return FLEETMETER_VERSION;
}

std::string version_details() {
  return "fleetmeter " + version() + "\nstore schema " + std::to_string(store::schema_version()) +
         "\nSQLite " + sqlite3_libversion() + "\n";
}

}  // namespace fleetmeter
