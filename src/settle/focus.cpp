// The columns of the dataset Cost and Usage, as the FinOps Open Cost and Usage Specification
// (FOCUS) defines them. The FOCUS columns come first and then those of ours, each in the order of
// the alphabet; docs/money.md says why the disputed ones hold what they hold.

#include "settle/focus.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "settle/focus_charges.hpp"

namespace fleetmeter::settle {

namespace {

constexpr const char* kVendor = "Hathora";

/// The versions of the specification, of which there was one after the other.
enum Version { v1_2, v1_3, v1_4 };
constexpr std::array<const char*, 3> kVersions{"1.2", "1.3", "1.4"};

Version version_of(const std::string& name) {
  const auto* const found = std::find(kVersions.begin(), kVersions.end(), name);
  if (found == kVersions.end()) {
    throw Error(ErrorKind::usage,
                "FOCUS: no such version (" + base::printable(name) + "); there are 1.2, 1.3, 1.4");
  }
  return static_cast<Version>(found - kVersions.begin());
}

/// A charge with what its texts are made of.
struct Charge {
  const FocusCharge& of;
  const Terms& terms;
  const FocusGiven& given;

  [[nodiscard]] const model::Rate& rate() const { return terms.book.card().rates[of.rate_no]; }
  [[nodiscard]] const model::RateTier& tier() const { return rate().tiers[of.tier_no]; }
  [[nodiscard]] bool is_compute() const { return rate().product == model::Product::compute; }
  [[nodiscard]] std::string unit() const { return rate::unit_name(rate().unit, terms.policy); }
};

Cell text_or_null(const std::string& text) {
  return text.empty() ? Cell(nullptr) : Cell(text);
}

/// Of a charge for usage; NULL of one that rounds.
Cell of_usage(const Charge& charge, Cell cell) {
  return charge.of.is_rounding ? Cell(nullptr) : std::move(cell);
}

Cell number(const Decimal& value) {
  return trimmed(value);
}

constexpr std::int64_t kSecond = 1000;
constexpr int kSecondPlaces = 3;  // it has 10^3 ms

/// `2024-11-03T05:00:00Z`, without places that FOCUS does not know.
Cell instant(std::int64_t ms) {
  return base::format_utc(ms).substr(0, std::string("2024-11-03T05:00:00").size()) + 'Z';
}
Cell end_instant(std::int64_t ms) {
  return instant(ms % kSecond == 0 ? ms : ms + kSecond);
}

/// Units as the specification spells them; a vCPU counts as a core there.
std::string pricing_unit(const Charge& charge) {
  switch (charge.rate().unit) {
    case model::RateUnit::vcpu_hour:
      return "Core-Hours";
    case model::RateUnit::active_hour:
      return "Hours";
    default:
      return charge.unit();
  }
}

std::string consumed_unit(const Charge& charge) {
  return !charge.is_compute()                               ? "B"
         : charge.rate().unit == model::RateUnit::vcpu_hour ? "Core-Seconds"
                                                            : "Seconds";
}

std::string sku_id(const Charge& charge) {
  return (charge.is_compute() ? "compute/" : "egress/") + charge.unit();
}

/// Names one price of a card by where and when it holds, and what it is.
std::string sku_price_id(const Charge& charge) {
  const model::Rate& rate = charge.rate();
  std::string id = charge.terms.book.card().name + '/' + charge.unit();
  const auto add = [&](const char* name, const std::optional<std::string>& value) {
    id += value ? std::string("/") + name + '=' + *value : "";
  };
  const auto add_instant = [&](const char* name, const model::Instant& at_ms) {
    add(name, at_ms ? std::optional(base::format_utc(*at_ms)) : std::nullopt);
  };
  add("app", rate.app_id);
  add("deployment", rate.deployment_id);
  add("plan", rate.plan);
  add("region", rate.region);
  add("hosting", rate.hosting);
  add_instant("from", rate.from_ms);
  add_instant("to", rate.to_ms);
  if (rate.tiers.size() > 1) {
    add("tier", to_text(trimmed(charge.tier().from)));
  }
  add("price", to_text(trimmed(charge.tier().unit_price)));
  return id;
}

std::string description(const Charge& charge) {
  const std::string product = charge.is_compute() ? "compute" : "egress";
  const std::string unit = charge.unit();
  if (charge.of.is_rounding) {
    return "Rounding of the month's line of " + product + " by " + unit;
  }
  return (charge.is_compute() ? "Time of processes of " : "Bytes sent by processes of ") +
         (charge.of.app_id.empty() ? "an unknown app" : charge.of.app_id) +
         (charge.of.region.empty() ? "" : " in " + charge.of.region) + " at " +
         to_text(trimmed(charge.tier().unit_price)) + ' ' + charge.terms.book.card().currency +
         " per " + unit;
}

struct FocusColumn {
  const char* name;
  Version from;
  Version until;
  Cell (*of)(const Charge& charge);
};

Cell none(const Charge& /*charge*/) {
  return nullptr;
}
Cell zero(const Charge& /*charge*/) {
  return std::int64_t{0};
}
Cell vendor(const Charge& /*charge*/) {
  return std::string(kVendor);
}
Cell cost_of(const Charge& charge) {
  return number(charge.of.cost.point);
}
Cell unit_price(const Charge& charge) {
  return of_usage(charge, number(charge.tier().unit_price));
}
Cell region(const Charge& charge) {
  return text_or_null(charge.of.region);
}
Cell app(const Charge& charge) {
  return text_or_null(charge.of.app_id);
}

/// How a room came to its share, as a JSON object. Its numbers are numbers there.
std::string method_details(const Allocated& allocated) {
  return R"({"Elements":[{"AllocatedRatio":)" + to_text(trimmed(allocated.ratio)) +
         R"(,"UsageUnit":"Seconds","UsageQuantity":)" + to_text(trimmed(allocated.seconds)) + "}]}";
}

/// Of a charge that is divided among rooms; NULL of another.
template <class Of>
Cell of_allocated(const Charge& charge, const Of& of) {
  return charge.of.allocated ? Cell(of(*charge.of.allocated)) : Cell(nullptr);
}

std::vector<FocusColumn> of_rooms() {
  return {
      {"AllocatedMethodDetails", v1_3, v1_4,
       [](const Charge& c) { return of_allocated(c, method_details); }},
      {"AllocatedMethodId", v1_3, v1_4,
       [](const Charge& c) {
         return of_allocated(c, [](const Allocated& /*a*/) { return std::string("room-time"); });
       }},
      {"AllocatedResourceId", v1_3, v1_4,
       [](const Charge& c) {
         return of_allocated(c, [](const Allocated& a) { return text_or_null(a.room_id); });
       }},
      {"AllocatedResourceName", v1_3, v1_4, none},
      {"AllocatedTags", v1_3, v1_4, none},
  };
}

std::vector<FocusColumn> what_and_when() {
  return {
      {"BilledCost", v1_2, v1_4, zero},
      {"BillingAccountId", v1_2, v1_4, [](const Charge& c) -> Cell { return c.given.account; }},
      {"BillingAccountName", v1_2, v1_4, none},
      {"BillingCurrency", v1_2, v1_4,
       [](const Charge& c) -> Cell { return c.terms.book.card().currency; }},
      {"BillingPeriodEnd", v1_2, v1_4,
       [](const Charge& c) { return end_instant(c.of.billing_period.to_ms); }},
      {"BillingPeriodStart", v1_2, v1_4,
       [](const Charge& c) { return instant(c.of.billing_period.from_ms); }},
      {"ChargeCategory", v1_2, v1_4,
       [](const Charge& c) -> Cell {
         return std::string(c.of.is_rounding ? "Adjustment" : "Usage");
       }},
      {"ChargeClass", v1_2, v1_4, none},
      {"ChargeDescription", v1_2, v1_4, [](const Charge& c) -> Cell { return description(c); }},
      {"ChargeFrequency", v1_2, v1_4,
       [](const Charge& /*c*/) -> Cell { return std::string("Usage-Based"); }},
      {"ChargePeriodEnd", v1_2, v1_4,
       [](const Charge& c) { return end_instant(c.of.period.to_ms); }},
      {"ChargePeriodStart", v1_2, v1_4,
       [](const Charge& c) { return instant(c.of.period.from_ms); }},
      {"ConsumedQuantity", v1_2, v1_4,
       [](const Charge& c) { return of_usage(c, number(c.of.consumed)); }},
      {"ConsumedUnit", v1_2, v1_4, [](const Charge& c) { return of_usage(c, consumed_unit(c)); }},
  };
}

std::vector<FocusColumn> cost_and_place() {
  return {
      {"ContractedCost", v1_2, v1_4, cost_of},
      {"ContractedUnitPrice", v1_2, v1_4, unit_price},
      {"EffectiveCost", v1_2, v1_4, zero},
      {"HostProviderName", v1_3, v1_4, vendor},
      {"InvoiceDetailId", v1_4, v1_4, none},
      {"InvoiceId", v1_2, v1_4, none},
      {"InvoiceIssuerName", v1_2, v1_4, vendor},
      {"ListCost", v1_2, v1_4, cost_of},
      {"ListUnitPrice", v1_2, v1_4, unit_price},
      {"PricingCategory", v1_2, v1_4,
       [](const Charge& c) { return of_usage(c, std::string("Standard")); }},
      {"PricingQuantity", v1_2, v1_4,
       [](const Charge& c) { return of_usage(c, number(c.of.quantity.point)); }},
      {"PricingUnit", v1_2, v1_4, [](const Charge& c) { return of_usage(c, pricing_unit(c)); }},
      {"ProviderName", v1_2, v1_3, vendor},
      {"PublisherName", v1_2, v1_3, vendor},
      {"RegionId", v1_2, v1_4, region},
      {"RegionName", v1_2, v1_4, region},
      {"ResourceId", v1_2, v1_4,
       [](const Charge& c) {
         return of_allocated(c, [](const Allocated& a) { return a.process_id; });
       }},
      {"ResourceName", v1_2, v1_4, none},
      {"ResourceType", v1_2, v1_4,
       [](const Charge& c) {
         return of_allocated(c, [](const Allocated& /*a*/) { return std::string("Process"); });
       }},
  };
}

std::vector<FocusColumn> service_and_sku() {
  return {
      {"ServiceCategory", v1_2, v1_4,
       [](const Charge& c) -> Cell {
         return std::string(c.is_compute() ? "Compute" : "Networking");
       }},
      {"ServiceName", v1_2, v1_4,
       [](const Charge& c) -> Cell {
         return std::string(c.is_compute() ? "Hathora Processes" : "Hathora Egress");
       }},
      {"ServiceProviderName", v1_3, v1_4, vendor},
      {"ServiceSubcategory", v1_2, v1_4,
       [](const Charge& c) -> Cell {
         return std::string(c.is_compute() ? "Containers" : "Other (Networking)");
       }},
      {"SkuId", v1_2, v1_4, [](const Charge& c) { return of_usage(c, sku_id(c)); }},
      {"SkuMeter", v1_2, v1_4,
       [](const Charge& c) {
         return of_usage(c, std::string(c.is_compute() ? "Process Time" : "Data Sent"));
       }},
      {"SkuPriceDetails", v1_2, v1_4, none},
      {"SkuPriceId", v1_2, v1_4, [](const Charge& c) { return of_usage(c, sku_price_id(c)); }},
      {"SubAccountId", v1_2, v1_4, app},
      {"SubAccountName", v1_2, v1_4, app},
      {"x_CostHi", v1_2, v1_4, [](const Charge& c) { return number(c.of.cost.hi); }},
      {"x_CostLo", v1_2, v1_4, [](const Charge& c) { return number(c.of.cost.lo); }},
      {"x_OpenProcesses", v1_2, v1_4,
       [](const Charge& c) { return of_usage(c, c.of.open_processes); }},
      {"x_Processes", v1_2, v1_4, [](const Charge& c) { return of_usage(c, c.of.processes); }},
      {"x_QuantityHi", v1_2, v1_4,
       [](const Charge& c) { return of_usage(c, number(c.of.quantity.hi)); }},
      {"x_QuantityLo", v1_2, v1_4,
       [](const Charge& c) { return of_usage(c, number(c.of.quantity.lo)); }},
      {"x_UnseenSeconds", v1_2, v1_4,
       [](const Charge& c) {
         return of_usage(c, number({c.of.unseen_ms, kSecondPlaces}));
       }},
  };
}

std::vector<FocusColumn> columns_of(Version version, bool rooms) {
  if (rooms && version < v1_3) {
    throw Error(ErrorKind::usage, std::string("FOCUS ") + kVersions[version] +
                                      " cannot share a charge among rooms; 1.3 and 1.4 can");
  }
  std::vector<FocusColumn> columns = rooms ? of_rooms() : std::vector<FocusColumn>{};
  for (const auto& part : {what_and_when(), cost_and_place(), service_and_sku()}) {
    std::copy_if(part.begin(), part.end(), std::back_inserter(columns),
                 [&](const FocusColumn& column) {
                   return column.from <= version && version <= column.until;
                 });
  }
  return columns;
}

}  // namespace

FocusExport focus(const Question& question, const Terms& terms, const FocusGiven& given,
                  store::Reader& reader) {
  const std::vector<FocusColumn> columns = columns_of(version_of(given.version), given.rooms);
  FocusCharges charges = focus_charges(question, terms, given.rooms, reader);
  FocusExport dataset;
  dataset.remarks = std::move(charges.remarks);
  for (const FocusColumn& column : columns) {
    dataset.table.names.emplace_back(column.name);
  }
  for (const FocusCharge& charge : charges.charges) {
    std::vector<Cell>& row = dataset.table.rows.emplace_back();
    for (const FocusColumn& column : columns) {
      row.push_back(column.of({charge, terms, given}));
    }
  }
  return dataset;
}

}  // namespace fleetmeter::settle
