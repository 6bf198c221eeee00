#include "store/price_reader.hpp"

#include "fleetmeter/text.hpp"
#include "model/price_names.hpp"
#include "sql/catalog.hpp"
#include "store/connection.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;
using model::value_of;

constexpr std::int64_t kMostMinorDigits = 8;

std::optional<Decimal> decimal_at(const Statement& row, int column) {
  const auto text = row.maybe_text(column);
  if (!text) {
    return std::nullopt;
  }
  const auto value = Decimal::parse(*text);
  if (!value) {
    throw damaged(row.column_name(column) + ": " + fleetmeter::printable(*text) +
                  " is not a number");
  }
  return value;
}

void read_rates(SQLite::Database& db, StoredCard& stored) {
  Statement row(db, ask::list_rates);
  row.bind(":document_seq", stored.document_seq);
  std::vector<model::Rate>& rates = stored.card.rates;
  while (row.next()) {
    if (rates.size() == static_cast<std::size_t>(row.integer(0))) {
      rates.push_back({value_of(model::kProducts, row.text(1)),
                       value_of(model::kRateUnits, row.text(2)),
                       row.maybe_text(3),
                       row.maybe_text(4),
                       row.maybe_text(5),
                       row.maybe_text(6),
                       row.maybe_text(7),
                       row.maybe_integer(8),
                       row.maybe_integer(9),
                       {}});
    }
    if (rates.size() != static_cast<std::size_t>(row.integer(0)) + 1) {
      throw damaged("rate: the numbers of a card's rates do not count up from 0");
    }
    rates.back().tiers.push_back(
        {decimal_at(row, 10).value_or(Decimal()), decimal_at(row, 11).value_or(Decimal())});
  }
}

void read_lines(SQLite::Database& db, StoredInvoice& stored) {
  Statement row(db, ask::list_invoice_lines);
  row.bind(":document_seq", stored.document_seq);
  while (row.next()) {
    stored.invoice.lines.push_back({value_of(model::kLineKinds, row.text(0)), row.text(1),
                                    row.text(2), decimal_at(row, 3), decimal_at(row, 4),
                                    decimal_at(row, 5), decimal_at(row, 6)});
  }
}

}  // namespace

std::vector<model::Deployment> PriceReader::deployments() {
  std::vector<model::Deployment> all;
  Statement row(db_, ask::list_deployments);
  while (row.next()) {
    all.push_back({row.text(0), row.text(1), decimal_at(row, 2), decimal_at(row, 3),
                   row.maybe_integer(4), row.maybe_text(5), row.maybe_integer(6)});
  }
  return all;
}

std::vector<model::Deployment> PriceReader::deployment_sizes() {
  std::vector<model::Deployment> all;
  Statement row(db_, ask::list_deployment_sizes);
  while (row.next()) {
    model::Deployment one;
    one.app_id = row.text(0);
    one.deployment_id = row.text(1);
    one.requested_cpu = decimal_at(row, 2);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<StoredCard> PriceReader::rate_cards() {
  std::vector<StoredCard> all;
  Statement row(db_, ask::list_rate_cards);
  while (row.next()) {
    StoredCard& stored = all.emplace_back();
    stored.document_seq = row.integer(0);
    stored.card.name = row.text(1);
    stored.card.currency = row.text(2);
    const std::int64_t digits = row.integer(3);
    if (digits < 0 || digits > kMostMinorDigits) {
      throw damaged("rate_card: minor_digits is " + std::to_string(digits));
    }
    stored.card.minor_digits = static_cast<int>(digits);
    stored.source = row.text(4);
  }
  for (StoredCard& stored : all) {
    read_rates(db_, stored);
  }
  return all;
}

std::vector<model::Policy> PriceReader::policies() {
  std::vector<model::Policy> all;
  Statement row(db_, ask::list_policies);
  while (row.next()) {
    model::Policy& policy = all.emplace_back();
    policy.name = row.text(0);
    policy.summary = row.text(1);
    policy.clock_start = value_of(model::kClockFields, row.text(2));
    policy.clock_stop = value_of(model::kClockFields, row.text(3));
    policy.step_ms = row.integer(4);
    policy.step_per = value_of(model::kStepPer, row.text(5));
    policy.minimum_ms = row.integer(6);
    policy.gb_is_gib = value_of(model::kGb, row.text(7));
    policy.zone = row.text(8);
    policy.running = value_of(model::kOpenRules, row.text(9));
    policy.orphan = value_of(model::kOpenRules, row.text(10));
    policy.amounts = value_of(model::kRoundings, row.text(11));
  }
  return all;
}

std::vector<StoredInvoice> PriceReader::invoices() {
  std::vector<StoredInvoice> all;
  Statement row(db_, ask::list_invoices);
  while (row.next()) {
    StoredInvoice& stored = all.emplace_back();
    stored.document_seq = row.integer(0);
    model::Invoice& invoice = stored.invoice;
    invoice.invoice_id = row.text(1);
    invoice.status = row.text(2);
    invoice.currency = row.text(3);
    invoice.month = row.maybe_text(4);
    invoice.amount_due = decimal_at(row, 5);
    invoice.due_at_ms = row.maybe_integer(6);
    stored.source = row.text(7);
    stored.versions = row.integer(8);
  }
  for (StoredInvoice& stored : all) {
    read_lines(db_, stored);
  }
  return all;
}

}  // namespace fleetmeter::store
