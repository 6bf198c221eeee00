#include "settle/scoped_usage.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "reconcile/parts_of_whole.hpp"
#include "settle/cost.hpp"

namespace fleetmeter::settle {

namespace {

using base::Ratio;
using model::Product;

constexpr std::size_t kMostScopes = 200;  // with more, some fit by accident

/// As it is compared: lower case, and one space for everything that is no letter or digit.
std::string plain(std::string_view text) {
  std::string out = " ";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_of_word = std::isalnum(byte) != 0 || byte >= 0x80;
    if (is_of_word) {
      out += static_cast<char>(std::tolower(byte));
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out.back() == ' ' ? out : out + ' ';
}

/// The vendor's own regions: an invoice may name one in which nothing was ever seen.
constexpr std::array<const char*, 14> kVendorRegions{
    "Seattle", "Washington_DC", "Chicago",   "London", "Frankfurt",    "Mumbai", "Singapore",
    "Tokyo",   "Sydney",        "Sao_Paulo", "Dallas", "Johannesburg", "Dubai",  "Los_Angeles"};

/// The only one of some names that a description has as whole words.
std::optional<std::string> named(const std::string& description,
                                 const std::vector<std::string>& names) {
  std::optional<std::string> found;
  for (const std::string& name : names) {
    if (plain(name).size() > 2 && description.find(plain(name)) != std::string::npos) {
      if (found) {
        return std::nullopt;
      }
      found = name;
    }
  }
  return found;
}

bool holds(const std::optional<std::string>& wanted, const std::optional<std::string>& is) {
  return !wanted || wanted == is;
}

/// Whether a place lies in what is wanted; the price is not looked at.
bool lies_in(const LineScope& place, const LineScope& wanted) {
  return holds(wanted.app_id, place.app_id) && holds(wanted.deployment_id, place.deployment_id) &&
         holds(wanted.region, place.region);
}

Bounded<Int128> digits_of(const Bounded<Decimal>& value) {
  return {value.point.digits(), value.lo.digits(), value.hi.digits()};
}

Bounded<Ratio> in_units(const Bounded<Decimal>& metered, const Ratio& unit) {
  return {Ratio(metered.point) / unit, Ratio(metered.lo) / unit, Ratio(metered.hi) / unit};
}

}  // namespace

ScopedUsage::ScopedUsage(const Question& month, const Terms& terms, store::Reader& reader)
    : terms_(terms) {
  Question question = month;
  question.by = {GroupBy::app, GroupBy::deployment, GroupBy::region};
  std::set<std::string> apps;
  std::set<std::string> regions;
  for (const CostRow& row : cost(question, terms, reader)) {
    if (row.status == CostRow::Status::rounding) {
      continue;
    }
    Part& part = parts_.emplace_back();
    part.product =
        row.product == std::string("compute") ? model::Product::compute : model::Product::egress;
    part.scope = {row.group[0], row.group[1], row.group[2], row.unit_price};
    if (row.metered && row.status == CostRow::Status::rated) {
      const auto& rates = terms.book.card().rates;
      const auto rate = std::find_if(rates.begin(), rates.end(), [&](const model::Rate& one) {
        return one.product == part.product && rate::unit_name(one.unit, terms.policy) == row.unit;
      });
      if (rate != rates.end()) {
        part.unit = Ratio(rate::unit_size(rate->unit, terms.policy));
        part.quantity = in_units(*row.metered, part.unit);
      }
    }
    if (row.metered) {
      part.metered = digits_of(*row.metered);
    }
    part.processes = row.processes;
    part.open_processes =
        part.quantity ? row.open_processes : std::max(row.processes, row.open_processes);
    apps.insert(row.group[0]);
    regions.insert(row.group[2]);
  }
  apps_.assign(apps.begin(), apps.end());
  regions_.assign(regions.begin(), regions.end());
  load_wholes(question, reader);
}

void ScopedUsage::load_wholes(const Question& month, store::Reader& reader) {
  const meter::Window window{*month.from_ms, *month.to_ms};
  rate::Prices prices(terms_.book, Product::egress, window);
  if (terms_.book.changes(Product::egress, window).empty() || prices.know_hosting()) {
    return;  // by hosting, processes of one scope have several prices at once
  }
  for (const rate::Usage& usage : egress_usage(month, prices, reader).by_scope) {
    const rate::Scope& scope = usage.scope;
    wholes_.push_back({{scope.app_id, scope.deployment_id, scope.region, {}}, usage.metered});
  }
}

LineScope ScopedUsage::scope_of(const model::InvoiceLine& line) const {
  const std::string description = plain(line.description);
  LineScope scope{line.app_id, line.deployment_id, line.region, {}};
  if (!scope.app_id) {
    scope.app_id = named(description, apps_);
  }
  if (!scope.region) {
    scope.region = named(description, regions_);
    if (!scope.region) {
      scope.region = named(description, {kVendorRegions.begin(), kVendorRegions.end()});
    }
  }
  if (!scope.deployment_id) {
    const std::string word = " deployment ";
    const std::size_t at = description.find(word);
    const std::size_t begin = at == std::string::npos ? at : at + word.size();
    if (begin < description.size() &&
        std::isdigit(static_cast<unsigned char>(description[begin])) != 0) {
      scope.deployment_id = description.substr(begin, description.find(' ', begin) - begin);
    }
  }
  return scope;
}

std::vector<reconcile::Alteration> ScopedUsage::alterations(Product product) const {
  std::vector<std::pair<std::string, LineScope>> scopes;
  std::set<std::pair<std::string, std::string>> deployments;
  for (const Part& part : parts_) {
    deployments.emplace(*part.scope.app_id, *part.scope.deployment_id);
  }
  for (const std::string& app : apps_.size() > 1 ? apps_ : std::vector<std::string>()) {
    scopes.push_back({"app " + app, {app, {}, {}, {}}});
  }
  for (const std::string& region : regions_.size() > 1 ? regions_ : std::vector<std::string>()) {
    scopes.push_back({"region " + region, {{}, {}, region, {}}});
  }
  if (deployments.size() > 1) {
    for (const auto& [app, id] : deployments) {
      scopes.push_back({"deployment " + id + " of " + app, {app, id, {}, {}}});
    }
  }
  std::vector<reconcile::Alteration> all;
  if (scopes.size() <= kMostScopes) {
    for (const auto& [name, scope] : scopes) {
      const Bounded<Ratio> used = of(product, scope).quantity;
      if (used.point > Ratio()) {
        const auto less = [](const Ratio& value) { return Ratio() - value; };
        all.push_back({name + " left out", 1, {less(used.point), less(used.lo), less(used.hi)}});
        all.push_back({name + " counted twice", 1, used});
      }
    }
  }
  if (product == Product::egress) {
    const Ratio own(rate::unit_size(model::RateUnit::gb, terms_.policy));
    all.push_back({"GB of 1024 * 10^6 bytes", own / Ratio(1'024'000'000), {}});
    for (const int free : {1, 5, 10, 50, 100, 500, 1000}) {
      if (of(product, {}).quantity.lo > Ratio(free)) {
        const Ratio less(-free);
        all.push_back({std::to_string(free) + " GB free", 1, {less, less, less}});
      }
    }
  }
  return all;
}

MeteredScope ScopedUsage::of(model::Product product, const LineScope& scope) const {
  MeteredScope all;
  all.amount = Bounded<Int128>{};
  std::vector<std::pair<Decimal, Bounded<Ratio>>> by_price;
  for (const Part& part : parts_) {
    if (part.product != product || !lies_in(part.scope, scope) ||
        (scope.unit_price && part.scope.unit_price &&
         *scope.unit_price != *part.scope.unit_price)) {
      continue;
    }
    all.processes += part.processes;
    all.open_processes += part.open_processes;
    if (!part.quantity) {
      continue;
    }
    all.quantity += *part.quantity;
    if (!part.scope.unit_price) {
      all.amount.reset();
      continue;
    }
    const auto found = std::find_if(by_price.begin(), by_price.end(), [&](const auto& one) {
      return one.first == *part.scope.unit_price;
    });
    Bounded<Ratio>& at_price =
        found == by_price.end()
            ? by_price.emplace_back(*part.scope.unit_price, Bounded<Ratio>{}).second
            : found->second;
    at_price += *part.quantity;
  }
  const int digits = terms_.book.card().minor_digits;
  Bounded<Ratio> exact;
  for (const auto& [price, quantity] : by_price) {
    all.prices.push_back(price);
    const Ratio minor_price = Ratio(price) * Ratio(power_of_ten(digits));
    const auto worth = [&](const Ratio& one) {
      return (one * minor_price).round(0, terms_.policy.amounts).digits();
    };
    exact += {quantity.point * minor_price, quantity.lo * minor_price, quantity.hi * minor_price};
    if (all.amount) {
      *all.amount += {worth(quantity.point), worth(quantity.lo), worth(quantity.hi)};
    }
  }
  if (product == Product::egress && !scope.unit_price) {
    narrow(scope, exact, by_price.size(), all);
  }
  return all;
}

/// Brings the bounds closer where a price changes: bytes that were not sent at one price were sent
/// at the other. `worth` is what the usage comes to by its bounds at each price apart.
void ScopedUsage::narrow(const LineScope& scope, Bounded<Ratio> worth, std::size_t lines,
                         MeteredScope& all) const {
  const Ratio minor(power_of_ten(terms_.book.card().minor_digits));
  for (const Whole& whole : wholes_) {
    if (!lies_in(whole.scope, scope)) {
      continue;
    }
    std::vector<reconcile::UsedPart> in_units;
    std::vector<reconcile::UsedPart> in_money;
    for (const Part& part : parts_) {
      if (part.product == Product::egress && lies_in(part.scope, whole.scope)) {
        const Ratio one = part.quantity ? Ratio(1) / part.unit : Ratio();
        const Ratio price(part.scope.unit_price.value_or(Decimal()));
        in_units.push_back({part.metered, one});
        in_money.push_back({part.metered, one * price * minor});
      }
    }
    all.quantity += reconcile::closer_by(in_units, whole.bytes);
    worth += reconcile::closer_by(in_money, whole.bytes);
  }
  if (all.amount) {
    reconcile::narrow(*all.amount, worth.lo, worth.hi, lines, terms_.policy.amounts);
  }
}

}  // namespace fleetmeter::settle
