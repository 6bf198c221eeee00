#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/int128.hpp"
#include "fleetmeter/table.hpp"
#include "report/packed_table.hpp"

namespace fleetmeter::report {

/// What the usage of one region, or of one deployment, costs: the sum of rows of `cost`. Amounts
/// are in the smallest unit of the currency.
struct CostOf {
  std::string app_id;      ///< "" when it is about a region
  std::string name;        ///< the region, or the deployment
  std::int64_t parts = 1;  ///< how many of these it is about; more than 1: all the others
  Bounded<Int128> compute;
  Bounded<Int128> egress;
  std::int64_t open_processes = 0;  ///< which may have sent more than the bounds hold

  CostOf& operator+=(const CostOf& other) {
    parts += other.parts;
    compute += other.compute;
    egress += other.egress;
    open_processes += other.open_processes;
    return *this;
  }
};

/// Processes whose usage has no price.
struct Unpriced {
  std::string status;  ///< as `cost` writes it: no_deployment, no_price, unmetered
  std::int64_t processes = 0;
};

/// Invoices of a month, beside what was metered.
struct InvoiceSaid {
  std::vector<std::string> invoice_ids;
  std::string sentence;  ///< the verdict, in words
  std::string verdict;
  std::string at_stake;
  Table lines;  ///< as `reconcile` gives them
};

/// What a period costs.
struct Money {
  std::string rates;    ///< the name of the card
  std::string policy;   ///< the name of the policy
  std::string summary;  ///< the policy in words
  std::string currency;
  int minor_digits = 2;  ///< decimal places of the smallest unit
  /// Of the card, the policy, the deployments and the invoices, as they were imported: SHA-256,
  /// hexadecimal. What it is, amounts depend on, beside the archive.
  std::string digest;
  CostOf total;
  /// What the period before cost at these prices; absent when it is not comparable.
  std::optional<Int128> before;
  std::vector<CostOf> regions;      ///< the dearest first; the last may stand for all others
  std::vector<CostOf> deployments;  ///< likewise
  /// What rounding the lines of an invoice once gives more than rounding the parts above; absent
  /// when it is nothing.
  std::optional<CostOf> rounding;
  std::vector<Unpriced> unpriced;  ///< by status
  PackedTable cost;                ///< `cost --by app,region,deployment`
  std::optional<InvoiceSaid> invoice;
  std::string command;  ///< the options that give these prices: ` --rates C --policy P`
};

}  // namespace fleetmeter::report
