#include "store/price_writer.hpp"

#include "base/sha256.hpp"
#include "model/policy_names.hpp"
#include "model/price_names.hpp"
#include "store/connection.hpp"

namespace fleetmeter::store {

namespace {

using model::name_of;

constexpr std::string_view kDeployments = "deployments";

std::optional<std::string> text_of(const std::optional<Decimal>& value) {
  return value ? std::optional(to_text(*value)) : std::nullopt;
}

}  // namespace

std::int64_t PriceWriter::add_source(const MoneyOrigin& origin) {
  sums_.forget();  // the source is written first; what is there is of a document that failed
  Query<ingest::AddSource> add(db_);
  return sums_.of("source").insert(
      db_, add, {.path = origin.path, .encoding = origin.encoding, .ingested_at_ms = now_ms_});
}

/// Whether a document is there already, and counts. Of deployments every document counts as far as
/// none after it says otherwise; of anything else the newest of its name does.
bool PriceWriter::counts_already(const MoneyOrigin& origin, const base::Sha256& digest,
                                 std::string_view kind, const std::string& name) {
  const sql::Blob sha256{base::as_bytes(digest)};
  return kind == kDeployments
             ? Query<ingest::FindDeploymentsDocument>(db_)
                   .first({.sha256 = sha256, .given = origin.given})
                   .has_value()
             : Query<ingest::FindMoneyDocument>(db_)
                   .first({.kind = kind, .sha256 = sha256, .given = origin.given, .name = name})
                   .has_value();
}

/// The number of a new document; absent when it is known.
std::optional<std::int64_t> PriceWriter::begin(const MoneyOrigin& origin, std::string_view kind,
                                               const std::string& name) {
  const base::Sha256 digest = base::sha256(origin.raw);
  if (counts_already(origin, digest, kind, name)) {
    return std::nullopt;
  }
  source_key_ = add_source(origin);
  Query<ingest::AddMoneyDocument> add(db_);
  return sums_.of("money_document")
      .insert(db_, add,
              {.kind = kind,
               .name = name,
               .source_key = source_key_,
               .sha256 = {base::as_bytes(digest)},
               .given = origin.given,
               .raw = {origin.raw},
               .imported_at_ms = now_ms_});
}

void PriceWriter::add_rejects(const MoneyOrigin& origin, std::int64_t source_key, bool whole,
                              const std::vector<MoneyReject>& rejects) {
  const base::Sha256 digest = base::sha256(origin.raw);
  const auto length = static_cast<std::int64_t>(origin.raw.size());
  Query<ingest::AddReject> add(db_);
  for (std::size_t i = 0; i < rejects.size(); ++i) {
    std::optional<sql::Blob> raw;
    std::optional<sql::Blob> document_sha256;
    if (whole && i == 0) {
      raw = sql::Blob{origin.raw};
      document_sha256 = sql::Blob{base::as_bytes(digest)};
    }
    sums_.of("reject").insert(db_, add,
                              {.source_key = source_key,
                               .snapshot_seq = std::nullopt,
                               .record_offset = 0,
                               .record_length = length,
                               .byte_offset = 0,
                               .json_pointer = rejects[i].place,
                               .reason = rejects[i].reason,
                               .raw = raw,
                               .document_sha256 = document_sha256,
                               .ingested_at_ms = now_ms_});
  }
}

bool PriceWriter::write(const MoneyOrigin& origin,
                        const std::vector<model::Deployment>& deployments,
                        const std::vector<MoneyReject>& rejects) {
  WriteTransaction transaction(db_);
  const auto document_seq = begin(origin, kDeployments, "");
  if (!document_seq) {
    return false;
  }
  Query<ingest::AddDeployment> add(db_);
  std::int64_t position = 0;
  for (const model::Deployment& one : deployments) {
    const auto cpu = text_of(one.requested_cpu);
    const auto memory = text_of(one.requested_memory_mb);
    add.run({.document_seq = *document_seq,
             .position = position++,
             .app_id = one.app_id,
             .deployment_id = one.deployment_id,
             .requested_cpu = cpu,
             .requested_memory_mb = memory,
             .rooms_per_process = one.rooms_per_process,
             .plan = one.plan,
             .created_at_ms = one.created_at_ms});
  }
  add_rejects(origin, source_key_, false, rejects);
  sums_.flush();
  transaction.commit();
  return true;
}

bool PriceWriter::write(const MoneyOrigin& origin, const model::RateCard& card) {
  WriteTransaction transaction(db_);
  const auto document_seq = begin(origin, "rates", card.name);
  if (!document_seq) {
    return false;
  }
  Query<ingest::AddRateCard>(db_).run({.document_seq = *document_seq,
                                       .name = card.name,
                                       .currency = card.currency,
                                       .minor_digits = card.minor_digits});
  Query<ingest::AddRate> add(db_);
  Query<ingest::AddRateTier> add_tier(db_);
  for (std::size_t i = 0; i < card.rates.size(); ++i) {
    const model::Rate& rate = card.rates[i];
    const auto rate_no = static_cast<std::int64_t>(i);
    add.run({.document_seq = *document_seq,
             .rate_no = rate_no,
             .product = name_of(model::kProducts, rate.product),
             .unit = name_of(model::kRateUnits, rate.unit),
             .app_id = rate.app_id,
             .deployment_id = rate.deployment_id,
             .region = rate.region,
             .hosting = rate.hosting,
             .plan = rate.plan,
             .from_ms = rate.from_ms,
             .to_ms = rate.to_ms});
    std::int64_t tier_no = 0;
    for (const model::RateTier& tier : rate.tiers) {
      const std::string from = to_text(tier.from);
      const std::string price = to_text(tier.unit_price);
      add_tier.run({.document_seq = *document_seq,
                    .rate_no = rate_no,
                    .tier_no = tier_no++,
                    .from_quantity = from,
                    .unit_price = price});
    }
  }
  sums_.flush();
  transaction.commit();
  return true;
}

bool PriceWriter::write(const MoneyOrigin& origin, const model::Policy& policy) {
  WriteTransaction transaction(db_);
  const auto document_seq = begin(origin, "policy", policy.name);
  if (!document_seq) {
    return false;
  }
  Query<ingest::AddPolicy>(db_).run(
      {.document_seq = *document_seq,
       .name = policy.name,
       .summary = policy.summary,
       .clock_start = name_of(model::kClockFields, policy.clock_start),
       .clock_stop = name_of(model::kClockFields, policy.clock_stop),
       .step_ms = policy.step_ms,
       .step_per = name_of(model::kStepPer, policy.step_per),
       .step_direction = name_of(model::kStepDirections, policy.step_direction),
       .minimum_ms = policy.minimum_ms,
       .gb = name_of(model::kGb, policy.gb_is_gib),
       .zone = policy.zone,
       .running = name_of(model::kOpenRules, policy.running),
       .orphan = name_of(model::kOpenRules, policy.orphan),
       .amounts = name_of(model::kRoundings, policy.amounts)});
  sums_.flush();
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
  Query<ingest::AddInvoice>(db_).run({.document_seq = *document_seq,
                                      .invoice_id = invoice.invoice_id,
                                      .status = invoice.status,
                                      .currency = invoice.currency,
                                      .month = invoice.month,
                                      .amount_due = amount_due,
                                      .due_at_ms = invoice.due_at_ms,
                                      .corrects = invoice.corrects,
                                      .takes_off = std::int64_t{invoice.takes_off}});
  Query<ingest::AddInvoiceLine> add(db_);
  std::int64_t line_no = 0;
  for (const model::InvoiceLine& line : invoice.lines) {
    const auto quantity = text_of(line.quantity);
    const auto unit_price = text_of(line.unit_price);
    const auto amount = text_of(line.amount);
    const auto discount = text_of(line.discount);
    add.run({.document_seq = *document_seq,
             .line_no = line_no++,
             .kind = name_of(model::kLineKinds, line.kind),
             .description = line.description,
             .unit = line.unit,
             .quantity = quantity,
             .unit_price = unit_price,
             .amount = amount,
             .discount = discount,
             .app_id = line.app_id,
             .deployment_id = line.deployment_id,
             .region = line.region});
  }
  sums_.flush();
  transaction.commit();
  return true;
}

void PriceWriter::reject(const MoneyOrigin& origin, const std::vector<MoneyReject>& rejects) {
  WriteTransaction transaction(db_);
  const base::Sha256 digest = base::sha256(origin.raw);
  Query<ingest::ListRejectedPlaces> rejected(db_);
  const bool known =
      rejected.first({.document_sha256 = sql::Blob{base::as_bytes(digest)}, .path = origin.path})
          .has_value();
  if (!known) {
    add_rejects(origin, add_source(origin), true, rejects);
    sums_.flush();
    transaction.commit();
  }
}

}  // namespace fleetmeter::store
