#include <algorithm>

#include "decode/money_documents.hpp"
#include "fleetmeter/text.hpp"
#include "model/price_names.hpp"

namespace fleetmeter::decode {

namespace {

using model::Rate;
using model::RateCard;
using model::RateTier;
using model::RateUnit;

/// What is sold by a unit.
model::Product product_of(RateUnit unit) {
  return unit == RateUnit::vcpu_hour || unit == RateUnit::active_hour ? model::Product::compute
                                                                      : model::Product::egress;
}

void read_unit(MoneyFields& fields, Rate& rate) {
  if (!fields.required_text({"unit"}).empty()) {
    rate.unit = fields.choice({"unit"}, model::kRateUnits, rate.unit);
  }
  rate.product = product_of(rate.unit);
}

Decimal not_negative(MoneyFields& fields, std::string_view name) {
  const Decimal value = fields.decimal({name}).value_or(Decimal{});
  if (value.digits() < 0) {
    fields.note(name, "less than 0 (" + to_text(value) + ")");
  }
  return value;
}

/// The scope and time of a rate, and its unit.
Rate read_scope(MoneyFields& fields) {
  Rate rate;
  read_unit(fields, rate);
  rate.app_id = fields.text({"app_id"});
  rate.deployment_id = fields.deployment_id({"deployment_id"});
  rate.region = fields.text({"region"});
  rate.hosting = fields.text({"hosting"});
  rate.plan = fields.text({"plan"});
  rate.from_ms = fields.instant({"from"});
  rate.to_ms = fields.instant({"to"});
  if (rate.from_ms && rate.to_ms && *rate.from_ms >= *rate.to_ms) {
    fields.note("to", "not later than from");
  }
  if (rate.deployment_id && !rate.app_id) {
    fields.note("deployment_id", "needs app_id: a deployment's id is its own only within its app");
  }
  return rate;
}

/// The first units cost nothing; what follows costs what it did.
void give_free(Rate& rate, const Decimal& free) {
  if (free.digits() == 0) {
    return;
  }
  Decimal price = rate.tiers.front().unit_price;
  std::vector<RateTier> tiers{{Decimal(), Decimal()}};
  std::vector<RateTier> later;
  for (const RateTier& tier : rate.tiers) {
    if (tier.from <= free) {
      price = tier.unit_price;
    } else {
      later.push_back(tier);
    }
  }
  tiers.push_back({free, price});
  tiers.insert(tiers.end(), later.begin(), later.end());
  rate.tiers = std::move(tiers);
}

void check_tiers(MoneyFields& fields, const Rate& rate) {
  for (std::size_t i = 0; i < rate.tiers.size(); ++i) {
    if (i == 0 ? rate.tiers[i].from.digits() != 0 : rate.tiers[i].from <= rate.tiers[i - 1].from) {
      fields.note("tiers", i == 0 ? "the first does not begin at 0"
                                  : "each must begin above the one before it");
      return;
    }
  }
}

void read_tiers(MoneyFields& fields, const JsonTree& list, Rate& rate,
                std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    MoneyFields tier(list.items[i], fields.place_of("tiers") + '/' + std::to_string(i), problems);
    rate.tiers.push_back({not_negative(tier, "from"), not_negative(tier, "price")});
    tier.refuse_others();
  }
  if (list.items.empty()) {
    fields.note("tiers", "an empty list");
  }
}

Rate read_rate(const JsonTree& object, const std::string& pointer, std::vector<Problem>& problems) {
  MoneyFields fields(object, pointer, problems);
  Rate rate = read_scope(fields);
  const JsonTree* const tiers = fields.child({"tiers"});
  const JsonTree* const price = fields.child({"price"});
  if ((tiers != nullptr) == (price != nullptr)) {
    fields.note("price", "give either price or tiers");
  }
  if (tiers != nullptr) {
    read_tiers(fields, *tiers, rate, problems);
  } else {
    rate.tiers.push_back({Decimal(), not_negative(fields, "price")});
  }
  const Decimal free = not_negative(fields, "free");
  check_tiers(fields, rate);
  fields.refuse_others();
  if (fields.clean()) {
    give_free(rate, free);
  }
  return rate;
}

bool same_scope(const Rate& a, const Rate& b) {
  return a.product == b.product && a.app_id == b.app_id && a.deployment_id == b.deployment_id &&
         a.region == b.region && a.hosting == b.hosting && a.plan == b.plan;
}

bool overlap(const Rate& a, const Rate& b) {
  return (!a.from_ms || !b.to_ms || *a.from_ms < *b.to_ms) &&
         (!b.from_ms || !a.to_ms || *b.from_ms < *a.to_ms);
}

void refuse_overlaps(const RateCard& card, std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < card.rates.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (same_scope(card.rates[i], card.rates[j]) && overlap(card.rates[i], card.rates[j])) {
        problems.push_back(
            {"/rates/" + std::to_string(i),
             "holds for the same, at the same time, as /rates/" + std::to_string(j)});
      }
    }
  }
}

void read_head(MoneyFields& fields, RateCard& card) {
  const std::string currency = fields.text({"currency"}).value_or(card.currency);
  if (!card.rates.empty() && currency != card.currency) {
    fields.note("currency", "a card has one currency (" + card.currency + " above, " +
                                printable(currency, 20) + " here)");
  }
  if (currency.size() != 3 ||
      currency.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos) {
    fields.note("currency", "not an ISO 4217 code like USD (" + printable(currency, 20) + ")");
  }
  card.currency = currency;
  fields.expect_currency(currency);
  card.minor_digits = static_cast<int>(
      std::clamp<std::int64_t>(fields.integer({"minor_digits"}).value_or(2), -1, 9));
  if (card.minor_digits < 0 || card.minor_digits > 8) {
    fields.note("minor_digits", "not within 0 to 8");
  }
}

MoneyDocument<RateCard> read_card(const JsonTree& root) {
  MoneyDocument<RateCard> document;
  MoneyFields fields(root, "", document.problems);
  RateCard card;
  if (fields.integer({"fleetmeter_rates"}) != 1) {
    fields.note("fleetmeter_rates", "a rate card begins with \"fleetmeter_rates\": 1");
  }
  card.name = fields.required_text({"name"});
  read_head(fields, card);
  static_cast<void>(fields.text({"summary"}, MoneyFields::kLongestText));
  const JsonTree* const rates = fields.child({"rates"});
  if (rates == nullptr || rates->items.empty()) {
    fields.note("rates", "is missing, or no list");
  } else {
    for (std::size_t i = 0; i < rates->items.size(); ++i) {
      card.rates.push_back(
          read_rate(rates->items[i], "/rates/" + std::to_string(i), document.problems));
    }
  }
  fields.refuse_others();
  refuse_overlaps(card, document.problems);
  if (document.problems.empty()) {
    document.items.push_back(std::move(card));
  }
  return document;
}

/// A row of a CSV: a rate, or, with a tier_from above 0, a further tier of the row before it.
void read_row(MoneyFields& fields, RateCard& card) {
  read_head(fields, card);
  Rate rate = read_scope(fields);
  const RateTier tier{not_negative(fields, "tier_from"), not_negative(fields, "price")};
  const Decimal free = not_negative(fields, "free");
  if (fields.child({"price"}) == nullptr) {
    fields.note("price", "is missing");
  }
  fields.refuse_others();
  if (tier.from.digits() == 0) {
    rate.tiers.push_back(tier);
    give_free(rate, free);
    card.rates.push_back(std::move(rate));
  } else if (card.rates.empty() || !same_scope(card.rates.back(), rate) ||
             card.rates.back().tiers.back().from >= tier.from) {
    fields.note("tier_from", "a tier above 0 follows the lower one of the same rate");
  } else {
    card.rates.back().tiers.push_back(tier);
  }
}

MoneyDocument<RateCard> read_rows(const JsonTree& table) {
  MoneyDocument<RateCard> document;
  for (const JsonTree& row : table.items) {
    MoneyFields fields(row, "", document.problems);
    const std::string name = fields.required_text({"card"});
    const auto known = std::find_if(document.items.begin(), document.items.end(),
                                    [&](const RateCard& card) { return card.name == name; });
    RateCard& card = known != document.items.end() ? *known : document.items.emplace_back();
    card.name = name;
    read_row(fields, card);
  }
  for (const RateCard& card : document.items) {
    refuse_overlaps(card, document.problems);
  }
  if (table.items.empty()) {
    document.problems.push_back({"", "no rates"});
  }
  if (!document.problems.empty()) {
    document.items.clear();
  }
  return document;
}

}  // namespace

MoneyDocument<RateCard> read_rate_cards(std::string_view bytes) {
  const JsonTree root = read_money(bytes);
  return root.kind == JsonTree::Kind::array && !root.items.empty() && !root.items[0].text.empty()
             ? read_rows(root)
             : read_card(root);
}

}  // namespace fleetmeter::decode
