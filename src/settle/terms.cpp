#include "settle/terms.hpp"

#include <algorithm>

#include "base/calendar.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "model/price_names.hpp"
#include "rate/presets.hpp"

namespace fleetmeter::settle {

namespace {

using model::name_of;
using store::StoredCard;

const char* const kBuiltIn = "built in";

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "" : ", ") + printable(name);
  }
  return list;
}

/// The newest version of every card, the imported ones first. A card that is built in is left out
/// when one was imported under its name.
std::vector<StoredCard> cards_there_are(store::PriceReader& reader) {
  std::vector<StoredCard> all;
  const auto add = [&](const StoredCard& one) {
    if (std::none_of(all.begin(), all.end(),
                     [&](const StoredCard& known) { return known.card.name == one.card.name; })) {
      all.push_back(one);
    }
  };
  for (const StoredCard& one : reader.rate_cards()) {
    add(one);
  }
  for (const model::RateCard& card : rate::preset_cards()) {
    add({card, 0, kBuiltIn});
  }
  return all;
}

std::vector<model::Policy> policies_there_are(store::PriceReader& reader) {
  std::vector<model::Policy> all = reader.policies();
  for (const model::Policy& policy : rate::preset_policies()) {
    if (std::none_of(all.begin(), all.end(),
                     [&](const model::Policy& known) { return known.name == policy.name; })) {
      all.push_back(policy);
    }
  }
  return all;
}

template <class Item, class Name>
const Item& named(const std::vector<Item>& items, const std::string& wanted, Term term,
                  Name&& name) {
  std::vector<std::string> names;
  for (const Item& item : items) {
    names.push_back(name(item));
    if (names.back() == wanted) {
      return item;
    }
  }
  throw Error(ErrorKind::usage, spelled(term) + ": no such name (" + printable(wanted) + ")" +
                                    did_you_mean(wanted, names) + "; there are " + listed(names));
}

const std::string& card_name(const StoredCard& one) {
  return one.card.name;
}

StoredCard find_card(const Pricing& pricing, store::PriceReader& reader) {
  const std::vector<StoredCard> all = cards_there_are(reader);
  if (pricing.rates) {
    return named(all, *pricing.rates, Term::rates, card_name);
  }
  std::vector<std::string> imported;
  for (const StoredCard& one : all) {
    if (one.document_seq != 0) {
      imported.push_back(one.card.name);
    }
  }
  if (imported.size() == 1) {
    return named(all, imported.front(), Term::rates, card_name);
  }
  std::vector<std::string> names;
  for (const StoredCard& one : all) {
    names.push_back(one.card.name);
  }
  throw Error(ErrorKind::usage,
              spelled(Term::rates) + ": say at which prices; there are " + listed(names));
}

Cell text_or_null(const std::optional<std::string>& text) {
  return text ? Cell(*text) : Cell(nullptr);
}
Cell number_or_null(const std::optional<std::int64_t>& number) {
  return number ? Cell(*number) : Cell(nullptr);
}
Cell decimal_or_null(const std::optional<Decimal>& value) {
  return value ? Cell(*value) : Cell(nullptr);
}

}  // namespace

Terms find_terms(const Pricing& pricing, store::PriceReader& reader) {
  const StoredCard card = find_card(pricing, reader);
  const std::vector<model::Policy> policies = policies_there_are(reader);
  model::Policy policy =
      named(policies, pricing.policy, Term::policy,
            [](const model::Policy& one) -> const std::string& { return one.name; });
  if (pricing.tz) {
    policy.zone = base::Zone(*pricing.tz).name();
  }
  const std::string version =
      card.document_seq == 0 ? kBuiltIn
                             : "document " + std::to_string(card.document_seq) + ", " + card.source;
  return {rate::PriceBook(card.card, reader.deployments()), std::move(policy), version};
}

Table list_deployments(store::PriceReader& reader) {
  Table table;
  table.columns({"app_id", "deployment_id", "requested_cpu", "requested_memory_mb",
                 "rooms_per_process", "plan", "created_at_ms"});
  for (const model::Deployment& one : reader.deployments()) {
    table.row({one.app_id, one.deployment_id, decimal_or_null(one.requested_cpu),
               decimal_or_null(one.requested_memory_mb), number_or_null(one.rooms_per_process),
               text_or_null(one.plan), number_or_null(one.created_at_ms)});
  }
  return table;
}

Table list_rates(store::PriceReader& reader) {
  Table table;
  table.columns({"card", "unit", "from_quantity", "unit_price", "currency", "app_id",
                 "deployment_id", "region", "hosting", "plan", "from_ms", "to_ms", "source"});
  for (const StoredCard& stored : cards_there_are(reader)) {
    for (const model::Rate& rate : stored.card.rates) {
      for (const model::RateTier& tier : rate.tiers) {
        table.row({stored.card.name, std::string(name_of(model::kRateUnits, rate.unit)), tier.from,
                   tier.unit_price, stored.card.currency, text_or_null(rate.app_id),
                   text_or_null(rate.deployment_id), text_or_null(rate.region),
                   text_or_null(rate.hosting), text_or_null(rate.plan),
                   number_or_null(rate.from_ms), number_or_null(rate.to_ms), stored.source});
      }
    }
  }
  return table;
}

Table list_policies(store::PriceReader& reader) {
  Table table;
  table.columns({"policy", "start", "stop", "step", "per", "minimum_ms", "gb", "zone", "running",
                 "orphan", "amounts", "summary", "direction"});
  for (const model::Policy& one : policies_there_are(reader)) {
    table.row({one.name, std::string(name_of(model::kClockFields, one.clock_start)),
               std::string(name_of(model::kClockFields, one.clock_stop)),
               std::string(name_of(model::kSteps, one.step_ms)),
               std::string(name_of(model::kStepPer, one.step_per)), one.minimum_ms,
               std::string(name_of(model::kGb, one.gb_is_gib)), one.zone,
               std::string(name_of(model::kOpenRules, one.running)),
               std::string(name_of(model::kOpenRules, one.orphan)),
               std::string(name_of(model::kRoundings, one.amounts)), one.summary,
               std::string(name_of(model::kStepDirections, one.step_direction))});
  }
  return table;
}

Table list_invoices(store::PriceReader& reader) {
  Table table;
  table.columns({"invoice_id", "month", "status", "currency", "amount_due", "due_at_ms", "lines",
                 "versions", "source", "corrects"});
  for (const store::StoredInvoice& stored : reader.invoices()) {
    const model::Invoice& invoice = stored.invoice;
    table.row({invoice.invoice_id, text_or_null(invoice.month), invoice.status, invoice.currency,
               decimal_or_null(invoice.amount_due), number_or_null(invoice.due_at_ms),
               static_cast<std::int64_t>(invoice.lines.size()), stored.versions, stored.source,
               text_or_null(invoice.corrects)});
  }
  return table;
}

}  // namespace fleetmeter::settle
