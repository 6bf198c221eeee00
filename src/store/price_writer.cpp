#include "store/price_writer.hpp"

#include <chrono>

#include "base/sha256.hpp"
#include "model/policy_names.hpp"
#include "model/price_names.hpp"
#include "sql/catalog.hpp"
#include "store/connection.hpp"

namespace fleetmeter::store {

namespace {

namespace ingest = sql::queries::ingest;
using model::name_of;

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::optional<std::string> text_of(const std::optional<Decimal>& value) {
  return value ? std::optional(to_text(*value)) : std::nullopt;
}

}  // namespace

std::int64_t PriceWriter::add_source(const MoneyOrigin& origin) {
  Statement(db_, ingest::add_source)
      .bind(":path", std::string_view(origin.path))
      .bind(":encoding", std::string_view(origin.encoding))
      .bind(":ingested_at_ms", now_ms())
      .run();
  return db_.getLastInsertRowid();
}

/// The number of a new document; absent when it is known.
std::optional<std::int64_t> PriceWriter::begin(const MoneyOrigin& origin, std::string_view kind,
                                               const std::string& name) {
  const base::Sha256 digest = base::sha256(origin.raw);
  Statement find(db_, ingest::find_money_document);
  find.bind(":kind", kind)
      .bind_blob(":sha256", base::as_bytes(digest))
      .bind(":given", std::string_view(origin.given))
      .bind(":name", std::string_view(name));
  if (find.next()) {
    return std::nullopt;
  }
  source_key_ = add_source(origin);
  Statement(db_, ingest::add_money_document)
      .bind(":kind", kind)
      .bind(":name", std::string_view(name))
      .bind(":source_key", source_key_)
      .bind_blob(":sha256", base::as_bytes(digest))
      .bind(":given", std::string_view(origin.given))
      .bind_blob(":raw", origin.raw)
      .bind(":imported_at_ms", now_ms())
      .run();
  return db_.getLastInsertRowid();
}

void PriceWriter::add_rejects(const MoneyOrigin& origin, std::int64_t source_key, bool whole,
                              const std::vector<MoneyReject>& rejects) {
  const base::Sha256 digest = base::sha256(origin.raw);
  const auto length = static_cast<std::int64_t>(origin.raw.size());
  for (std::size_t i = 0; i < rejects.size(); ++i) {
    Statement add(db_, ingest::add_reject);
    add.bind(":source_key", source_key)
        .bind(":snapshot_seq", std::optional<std::int64_t>())
        .bind(":record_offset", std::int64_t{0})
        .bind(":record_length", length)
        .bind(":byte_offset", std::int64_t{0})
        .bind(":json_pointer", std::string_view(rejects[i].place))
        .bind(":reason", std::string_view(rejects[i].reason))
        .bind(":ingested_at_ms", now_ms());
    if (whole && i == 0) {
      add.bind_blob(":raw", origin.raw).bind_blob(":document_sha256", base::as_bytes(digest));
    } else {
      add.bind_null(":raw").bind_null(":document_sha256");
    }
    add.run();
  }
}

bool PriceWriter::write(const MoneyOrigin& origin,
                        const std::vector<model::Deployment>& deployments,
                        const std::vector<MoneyReject>& rejects) {
  WriteTransaction transaction(db_);
  const auto document_seq = begin(origin, "deployments", "");
  if (!document_seq) {
    return false;
  }
  Statement add(db_, ingest::add_deployment,
                {":document_seq", ":position", ":app_id", ":deployment_id", ":requested_cpu",
                 ":requested_memory_mb", ":rooms_per_process", ":plan", ":created_at_ms"});
  std::int64_t position = 0;
  for (const model::Deployment& one : deployments) {
    const auto cpu = text_of(one.requested_cpu);
    const auto memory = text_of(one.requested_memory_mb);
    add.with(*document_seq, position++, std::string_view(one.app_id),
             std::string_view(one.deployment_id), cpu, memory, one.rooms_per_process, one.plan,
             one.created_at_ms)
        .run();
  }
  add_rejects(origin, source_key_, false, rejects);
  transaction.commit();
  return true;
}

bool PriceWriter::write(const MoneyOrigin& origin, const model::RateCard& card) {
  WriteTransaction transaction(db_);
  const auto document_seq = begin(origin, "rates", card.name);
  if (!document_seq) {
    return false;
  }
  Statement(db_, ingest::add_rate_card, {":document_seq", ":name", ":currency", ":minor_digits"})
      .with(*document_seq, std::string_view(card.name), std::string_view(card.currency),
            std::int64_t{card.minor_digits})
      .run();
  Statement add(db_, ingest::add_rate,
                {":document_seq", ":rate_no", ":product", ":unit", ":app_id", ":deployment_id",
                 ":region", ":hosting", ":plan", ":from_ms", ":to_ms"});
  Statement add_tier(db_, ingest::add_rate_tier,
                     {":document_seq", ":rate_no", ":tier_no", ":from_quantity", ":unit_price"});
  for (std::size_t i = 0; i < card.rates.size(); ++i) {
    const model::Rate& rate = card.rates[i];
    const auto rate_no = static_cast<std::int64_t>(i);
    add.with(*document_seq, rate_no, name_of(model::kProducts, rate.product),
             name_of(model::kRateUnits, rate.unit), rate.app_id, rate.deployment_id, rate.region,
             rate.hosting, rate.plan, rate.from_ms, rate.to_ms)
        .run();
    std::int64_t tier_no = 0;
    for (const model::RateTier& tier : rate.tiers) {
      const std::string from = to_text(tier.from);
      const std::string price = to_text(tier.unit_price);
      add_tier
          .with(*document_seq, rate_no, tier_no++, std::string_view(from), std::string_view(price))
          .run();
    }
  }
  transaction.commit();
  return true;
}

bool PriceWriter::write(const MoneyOrigin& origin, const model::Policy& policy) {
  WriteTransaction transaction(db_);
  const auto document_seq = begin(origin, "policy", policy.name);
  if (!document_seq) {
    return false;
  }
  Statement(db_, ingest::add_policy,
            {":document_seq", ":name", ":summary", ":clock_start", ":clock_stop", ":step_ms",
             ":step_per", ":minimum_ms", ":gb", ":zone", ":running", ":orphan", ":amounts"})
      .with(*document_seq, std::string_view(policy.name), std::string_view(policy.summary),
            name_of(model::kClockFields, policy.clock_start),
            name_of(model::kClockFields, policy.clock_stop), policy.step_ms,
            name_of(model::kStepPer, policy.step_per), policy.minimum_ms,
            name_of(model::kGb, policy.gb_is_gib), std::string_view(policy.zone),
            name_of(model::kOpenRules, policy.running), name_of(model::kOpenRules, policy.orphan),
            name_of(model::kRoundings, policy.amounts))
      .run();
  transaction.commit();
  return true;
}

bool PriceWriter::write(const MoneyOrigin& origin, const model::Invoice& invoice) {
  WriteTransaction transaction(db_);
  const auto document_seq = begin(origin, "invoice", invoice.invoice_id);
  if (!document_seq) {
    return false;
  }
  const auto amount_due = text_of(invoice.amount_due);
  Statement(db_, ingest::add_invoice,
            {":document_seq", ":invoice_id", ":status", ":currency", ":month", ":amount_due",
             ":due_at_ms"})
      .with(*document_seq, std::string_view(invoice.invoice_id), std::string_view(invoice.status),
            std::string_view(invoice.currency), invoice.month, amount_due, invoice.due_at_ms)
      .run();
  Statement add(db_, ingest::add_invoice_line,
                {":document_seq", ":line_no", ":kind", ":description", ":unit", ":quantity",
                 ":unit_price", ":amount", ":discount"});
  std::int64_t line_no = 0;
  for (const model::InvoiceLine& line : invoice.lines) {
    const auto quantity = text_of(line.quantity);
    const auto unit_price = text_of(line.unit_price);
    const auto amount = text_of(line.amount);
    const auto discount = text_of(line.discount);
    add.with(*document_seq, line_no++, name_of(model::kLineKinds, line.kind),
             std::string_view(line.description), std::string_view(line.unit), quantity, unit_price,
             amount, discount)
        .run();
  }
  transaction.commit();
  return true;
}

void PriceWriter::reject(const MoneyOrigin& origin, const std::vector<MoneyReject>& rejects) {
  WriteTransaction transaction(db_);
  const base::Sha256 digest = base::sha256(origin.raw);
  Statement find(db_, ingest::find_rejected_document);
  find.bind_blob(":document_sha256", base::as_bytes(digest))
      .bind(":path", std::string_view(origin.path))
      .bind(":record_offset", std::int64_t{0});
  const bool known = find.next();
  find.reset();
  if (!known) {
    add_rejects(origin, add_source(origin), true, rejects);
    transaction.commit();
  }
}

}  // namespace fleetmeter::store
