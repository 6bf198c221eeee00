#include "store/price_reader.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "fleetmeter/text.hpp"
#include "model/price_names.hpp"
#include "store/connection.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::int64_t kMostMinorDigits = 8;

/// A decimal as it was written; `column` is named when the text is none.
Decimal decimal_of(const char* column, const std::string& text) {
  const auto value = Decimal::parse(text);
  if (!value) {
    throw damaged(std::string(column) + ": " + fleetmeter::printable(text) + " is not a number");
  }
  return *value;
}

std::optional<Decimal> decimal_of(const char* column, const std::optional<std::string>& text) {
  return text ? std::optional(decimal_of(column, *text)) : std::nullopt;
}

/// What a word of a closed list means; `column` is named when the list does not hold it.
template <class Names>
auto meaning_of(const char* column, const Names& names, const std::string& word) {
  const auto value = model::find_value(names, word);
  if (!value) {
    throw damaged(std::string(column) + ": " + fleetmeter::printable(word) +
                  " is none of its words");
  }
  return *value;
}

void read_rates(SQLite::Database& db, StoredCard& stored) {
  std::vector<model::Rate>& rates = stored.card.rates;
  Query<ask::ListRates> tiers(db);
  for (const auto& row : tiers.rows({.document_seq = stored.document_seq})) {
    const auto rate_no = static_cast<std::size_t>(row.rate_no);
    if (rates.size() == rate_no) {
      rates.push_back({meaning_of("product", model::kProducts, row.product),
                       meaning_of("unit", model::kRateUnits, row.unit),
                       row.app_id,
                       row.deployment_id,
                       row.region,
                       row.hosting,
                       row.plan,
                       row.from_ms,
                       row.to_ms,
                       {}});
    }
    if (rates.size() != rate_no + 1) {
      throw damaged("rate: the numbers of a card's rates do not count up from 0");
    }
    rates.back().tiers.push_back(
        {decimal_of("from_quantity", row.from_quantity), decimal_of("unit_price", row.unit_price)});
  }
}

void read_lines(SQLite::Database& db, StoredInvoice& stored) {
  Query<ask::ListInvoiceLines> lines(db);
  for (const auto& row : lines.rows({.document_seq = stored.document_seq})) {
    stored.invoice.lines.push_back(
        {meaning_of("kind", model::kLineKinds, row.kind), row.description, row.unit,
         decimal_of("quantity", row.quantity), decimal_of("unit_price", row.unit_price),
         decimal_of("amount", row.amount), decimal_of("discount", row.discount), row.app_id,
         row.deployment_id, row.region});
  }
}

/// A note is of the month of the invoice that it corrects, wherever that is known.
void take_months(std::vector<StoredInvoice>& all) {
  std::map<std::string, std::optional<std::string>> month_of;
  for (const StoredInvoice& one : all) {
    month_of[one.invoice.invoice_id] = one.invoice.month;
  }
  for (StoredInvoice& one : all) {
    if (one.invoice.corrects) {
      const auto found = month_of.find(*one.invoice.corrects);
      if (found != month_of.end() && found->second) {
        one.invoice.month = found->second;
      }
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const StoredInvoice& a, const StoredInvoice& b) {
    const auto key = [](const StoredInvoice& one) {
      return std::tuple(!one.invoice.month, one.invoice.month, one.invoice.invoice_id);
    };
    return key(a) < key(b);
  });
}

}  // namespace

std::vector<model::Deployment> PriceReader::deployments() {
  std::vector<model::Deployment> all;
  Query<ask::ListDeployments> deployments(db_);
  for (const auto& row : deployments.rows({.known_document_seq = known_document_seq_})) {
    all.push_back({row.app_id, row.deployment_id, decimal_of("requested_cpu", row.requested_cpu),
                   decimal_of("requested_memory_mb", row.requested_memory_mb),
                   row.rooms_per_process, row.plan, row.created_at_ms});
  }
  return all;
}

std::vector<model::Deployment> PriceReader::deployment_sizes() {
  std::vector<model::Deployment> all;
  Query<ask::ListDeploymentSizes> sizes(db_);
  for (const auto& row : sizes.rows()) {
    model::Deployment one;
    one.app_id = row.app_id;
    one.deployment_id = row.deployment_id;
    one.requested_cpu = decimal_of("requested_cpu", row.requested_cpu);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<StoredCard> PriceReader::rate_cards() {
  std::vector<StoredCard> all;
  Query<ask::ListRateCards> cards(db_);
  for (const auto& row : cards.rows({.known_document_seq = known_document_seq_})) {
    StoredCard& stored = all.emplace_back();
    stored.document_seq = row.document_seq;
    stored.card.name = row.name;
    stored.card.currency = row.currency;
    if (row.minor_digits < 0 || row.minor_digits > kMostMinorDigits) {
      throw damaged("rate_card: minor_digits is " + std::to_string(row.minor_digits));
    }
    stored.card.minor_digits = static_cast<int>(row.minor_digits);
    stored.source = row.source;
  }
  for (StoredCard& stored : all) {
    read_rates(db_, stored);
  }
  return all;
}

std::vector<model::Policy> PriceReader::policies() {
  std::vector<model::Policy> all;
  Query<ask::ListPolicies> policies(db_);
  for (const auto& row : policies.rows({.known_document_seq = known_document_seq_})) {
    model::Policy& policy = all.emplace_back();
    policy.name = row.name;
    policy.summary = row.summary;
    policy.clock_start = meaning_of("clock_start", model::kClockFields, row.clock_start);
    policy.clock_stop = meaning_of("clock_stop", model::kClockFields, row.clock_stop);
    policy.step_ms = row.step_ms;
    policy.step_per = meaning_of("step_per", model::kStepPer, row.step_per);
    policy.step_direction =
        meaning_of("step_direction", model::kStepDirections, row.step_direction);
    policy.minimum_ms = row.minimum_ms;
    policy.gb_is_gib = meaning_of("gb", model::kGb, row.gb);
    policy.zone = row.zone;
    policy.running = meaning_of("running", model::kOpenRules, row.running);
    policy.orphan = meaning_of("orphan", model::kOpenRules, row.orphan);
    policy.amounts = meaning_of("amounts", model::kRoundings, row.amounts);
  }
  return all;
}

std::vector<StoredInvoice> PriceReader::invoices() {
  std::vector<StoredInvoice> all;
  Query<ask::ListInvoices> invoices(db_);
  for (const auto& row : invoices.rows()) {
    StoredInvoice& stored = all.emplace_back();
    stored.document_seq = row.document_seq;
    model::Invoice& invoice = stored.invoice;
    invoice.invoice_id = row.invoice_id;
    invoice.status = row.status;
    invoice.currency = row.currency;
    invoice.month = row.month;
    invoice.amount_due = decimal_of("amount_due", row.amount_due);
    invoice.due_at_ms = row.due_at_ms;
    invoice.corrects = row.corrects;
    invoice.takes_off = row.takes_off != 0;
    stored.source = row.source;
    stored.versions = row.versions;
  }
  for (StoredInvoice& stored : all) {
    read_lines(db_, stored);
  }
  take_months(all);
  return all;
}

}  // namespace fleetmeter::store
