#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "base/ratio.hpp"
#include "fleetmeter/cost.hpp"
#include "fleetmeter/question.hpp"
#include "model/invoice.hpp"
#include "reconcile/inference.hpp"
#include "settle/terms.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// What some lines of an invoice are about: of what, and at which price of the contract. What is
/// absent is not told apart.
struct LineScope {
  std::optional<std::string> app_id;
  std::optional<std::string> deployment_id;
  std::optional<std::string> region;
  std::optional<Decimal> unit_price;
  friend bool operator==(const LineScope&, const LineScope&) = default;
  [[nodiscard]] bool is_all() const { return *this == LineScope{}; }
};

/// What was metered of a product in a scope.
struct MeteredScope {
  Bounded<base::Ratio> quantity;          ///< in the unit of the contract's rates
  std::optional<Bounded<Int128>> amount;  ///< in the smallest unit of the currency; absent: tiers
  std::vector<Decimal> prices;            ///< the flat prices that held for it
  std::int64_t processes = 0;
  std::int64_t open_processes = 0;  ///< nothing bounds these
};

/// A month's usage by app, deployment, region and price, so that single lines of an invoice can be
/// compared.
class ScopedUsage {
 public:
  /// The question says the month, and what is believed.
  ScopedUsage(const Question& month, const Terms& terms, store::Reader& reader);

  /// What a line is about: what its columns say, else what its description names of that which ran
  /// in the month.
  [[nodiscard]] LineScope scope_of(const model::InvoiceLine& line) const;

  /// Other quantities that a vendor may have billed of a product: all but one app, deployment or
  /// region, or one of them twice; and gigabytes of 1024 * 10^6 bytes.
  [[nodiscard]] std::vector<reconcile::Alteration> alterations(model::Product product) const;

  [[nodiscard]] MeteredScope of(model::Product product, const LineScope& scope) const;

 private:
  struct Part {
    model::Product product = model::Product::compute;
    LineScope scope;
    std::optional<Bounded<base::Ratio>> quantity;  ///< absent: unmetered
    Bounded<Int128> metered;                       ///< in the smallest unit; bytes of egress
    base::Ratio unit;                              ///< of `quantity`, in the same
    std::int64_t processes = 0;
    std::int64_t open_processes = 0;
  };

  /// What was sent in a scope whose price of egress changes, whatever it cost.
  struct Whole {
    LineScope scope;
    Bounded<Int128> bytes;
  };
  void load_wholes(const Question& month, store::Reader& reader);
  void narrow(const LineScope& scope, Bounded<base::Ratio> worth, std::size_t lines,
              MeteredScope& all) const;

  const Terms& terms_;
  std::vector<Part> parts_;
  std::vector<Whole> wholes_;
  std::vector<std::string> apps_;
  std::vector<std::string> regions_;
};

}  // namespace fleetmeter::settle
